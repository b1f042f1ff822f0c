#!/usr/bin/env python3
"""Draws the studies of the accuracy sweep: tests/accuracy/matrix.tsv.

    tests/accuracy/design.py > tests/accuracy/matrix.tsv
    tests/accuracy/design.py second > tests/accuracy/second.tsv
    tests/accuracy/design.py third > tests/accuracy/third.tsv
    tests/accuracy/design.py fourth > tests/accuracy/fourth.tsv
    tests/accuracy/design.py fifth > tests/accuracy/fifth.tsv
    tests/accuracy/design.py sixth > tests/accuracy/sixth.tsv
    tests/accuracy/design.py seventh > tests/accuracy/seventh.tsv
    tests/accuracy/design.py eighth > tests/accuracy/eighth.tsv
    tests/accuracy/design.py ninth > tests/accuracy/ninth.tsv
    tests/accuracy/design.py tenth > tests/accuracy/tenth.tsv
    tests/accuracy/design.py eleventh > tests/accuracy/eleventh.tsv
    tests/accuracy/design.py twelfth > tests/accuracy/twelfth.tsv
    tests/accuracy/design.py thirteenth > tests/accuracy/thirteenth.tsv

A fixed, seeded, balanced design, not a full factorial: within each family every factor's levels are
dealt as from a deck of cards, so that each level comes up as often as its share says. The rows are
shuffled, so that any beginning of the file is a fair sample. `held_out` rows are never looked at while
an algorithm or a constant is chosen; their seeds are not those of the `tune` rows.

The second table holds other heads, all `tune` and within the bars' range, and in nearly all of them a
vessel touches: what was found wanting when the first table's `tune` rows no longer showed it. The third
was drawn alike when the second's failures were known: single arteries, both sides, tandems. The fourth
to the sixth have the first one's mixture of touching, near and far, in its families' shares: for
calibration, which tables of contacts alone cannot judge, and each to judge a program that was tuned on all
before it. The seventh has that mixture too, but holds what lies outside the range alone: coarser voxels and
more noise, where doubt must grow. The eighth, tenth and eleventh are drawn like the sixth, the
ninth, twelfth and thirteenth like the seventh.
"""
import random
import sys

COLUMNS = ("id", "split", "scenario", "seed", "variety", "zone", "gap_mm", "diameter_mm", "voxel_mm",
           "interpolation", "snr", "sequence", "series", "field", "decoys", "rotation_deg", "flow")

# The gap between the surfaces, mm: indented, touching, bystanders. Clinical matrix, with -0.15 and 1.2
# added and indentation doubled, so that enough true contacts are among them.
GAPS = (-0.3, -0.3, -0.15, -0.15, 0, 0.1, 0.2, 0.3, 0.5, 0.8, 1.2, 1.5)

# scenario: how many, zones with their shares, diameters, whether the gap is varied.
FAMILIES = {
    "contact": (84, ("RExP", "AS", "AS", "AS", "RDP", "RDP", "TZ", "CP"), (0.8, 1.0, 1.2, 1.5), True),
    "va": (30, ("AS", "AS", "RDP"), (2.0, 2.8, 3.5), True),
    "vein": (18, ("RDP", "TZ", "CP"), (0.8, 1.2), True),
    "clear": (30, ("-",), ("-",), False),
    "two": (8, ("-",), (0.8, 1.2), False),
    "tandem": (10, ("-",), (0.8, 1.2), False),
    "sandwich": (10, ("TZ", "CP"), (0.8, 1.2), False),
    "both": (8, ("-",), (2.8, 3.5), False),
    "post_ok": (8, ("-",), (0.8, 1.2), False),
    "post_residual": (6, ("AS", "RDP"), (0.8, 1.2), False),
    "post_new": (4, ("-",), (1.2,), False),
}

# Levels and shares of what is varied in every family.
COMMON = {
    "variety": ("usual", "varied"),
    "voxel_mm": ("0.4", "0.5", "0.5", "0.5", "0.5,0.5,0.7", "0.6", "0.6", "0.8"),
    "interpolation": (1, 1, 1, 2),
    "snr": (12, 15, 25, 25, 40, 40, 60),
    "sequence": ("ciss", "ciss", "ciss", "fiesta_c", "drive", "space"),
    "series": ("t2+tof",) * 12 + ("t2",) * 3 + ("t2+ce_t1",) * 2 + ("t2+tof+ce_t1",) * 3,
    # both ears and one side analysed; half of that field; both sides analysed
    "field": ("ears",) * 7 + ("one_side",) * 2 + ("both",),
    "decoys": ("-",) * 5 + ("flocculus", "choroid", "lower_nerves", "csf_void", "gibbs", "banding"),
    "rotation_deg": ("-",) * 9 + ("large",),
    "flow": (1,) * 9 + (0.2,),
}

HELD_OUT_EVERY = 3
FIRST_SEED = {"tune": 1000, "held_out": 5000}

# What the bars are meant for.
BAR_VOXEL_MM = 0.6
BAR_SNR = 20

MIXTURE = {scenario: count // 2 for scenario, (count, *_) in FAMILIES.items()}
# Further tables: the letter of their studies, how many are drawn of each family before those outside the
# range are left out, the seeds of the design and of the first study.
FURTHER = {
    "second": ("x", {"contact": 60, "two": 24, "both": 10, "tandem": 8}, 777, 3000),
    "third": ("y", {"contact": 120, "both": 16, "tandem": 12}, 888, 4000),
    "fourth": ("z", MIXTURE, 999, 6000),
    "fifth": ("w", MIXTURE, 1111, 7000),
    "sixth": ("v", MIXTURE, 1212, 8000),
    "seventh": ("u", MIXTURE, 1313, 9000),
    "eighth": ("t", MIXTURE, 1414, 10000),
    "ninth": ("r", MIXTURE, 1515, 11000),
    "tenth": ("q", MIXTURE, 1616, 12000),
    "eleventh": ("p", MIXTURE, 1717, 13000),
    "twelfth": ("o", MIXTURE, 1818, 14000),
    "thirteenth": ("n", MIXTURE, 1919, 15000),
}
OUTSIDE_THE_RANGE = ("seventh", "ninth", "twelfth", "thirteenth")


def deck(levels, count, rng):
    """`count` cards in random order, every level as often as the others or once more."""
    cards = []
    while len(cards) < count:
        cards += rng.sample(levels, len(levels))
    return cards[:count]


def rotation(word, rng):
    """A nod, a tilt and a shake of up to 22 degrees in one of them."""
    if word == "-":
        return "-"
    angles = [rng.uniform(-4, 4) for _ in range(3)]
    angles[rng.randrange(3)] = rng.choice((-1, 1)) * rng.uniform(15, 22)
    return ",".join(f"{a:.1f}" for a in angles)


def family(scenario, rng, count=None):
    usual, zones, diameters, gaps = FAMILIES[scenario]
    count = count or usual
    cards = {name: deck(levels, count, rng) for name, levels in COMMON.items()}
    cards["zone"] = deck(zones, count, rng)
    cards["diameter_mm"] = deck(diameters, count, rng)
    cards["gap_mm"] = deck(GAPS, count, rng) if gaps else ["-"] * count
    rows = [dict({name: values[i] for name, values in cards.items()}, scenario=scenario) for i in range(count)]
    for i, row in enumerate(rows):
        row["split"] = "held_out" if i % HELD_OUT_EVERY == 1 else "tune"
        row["rotation_deg"] = rotation(row["rotation_deg"], rng)
        if scenario == "both":
            row["field"] = "both"
        if row["decoys"] == "banding" and row["sequence"] in ("drive", "space"):
            row["sequence"] = "ciss"  # spin echoes have no bands
    return rows


def coarsest(row):
    return max(float(edge) for edge in row["voxel_mm"].split(","))


def within_bars(row):
    """Whether the study is one that the bars are meant for."""
    return coarsest(row) <= BAR_VOXEL_MM and float(row["snr"]) >= BAR_SNR


def first_table():
    rng = random.Random(20260)
    rows = [row for scenario in FAMILIES for row in family(scenario, rng)]
    rng.shuffle(rows)
    seeds = dict(FIRST_SEED)
    for i, row in enumerate(rows):
        row["id"] = f"s{i + 1:03d}"
        row["seed"] = seeds[row["split"]]
        seeds[row["split"]] += 1
    return rows


def further_table(name):
    letter, shares, design_seed, first_seed = FURTHER[name]
    rng = random.Random(design_seed)
    every_gap = shares is MIXTURE
    inside = name not in OUTSIDE_THE_RANGE
    rows = [row for scenario, count in shares.items() for row in family(scenario, rng, count)
            if within_bars(row) == inside and (every_gap or scenario != "contact" or row["gap_mm"] <= 0)]
    rng.shuffle(rows)
    for i, row in enumerate(rows):
        row.update(id=f"{letter}{i + 1:03d}", seed=first_seed + i, split="tune")
    return rows


def main():
    rows = further_table(sys.argv[1]) if sys.argv[1:] else first_table()
    print("\t".join(COLUMNS))
    for row in rows:
        print("\t".join(str(row[name]) for name in COLUMNS))


if __name__ == "__main__":
    main()
