#!/usr/bin/env python3
"""The pairs of studies that comparisons are judged by: rows(), or as a table on stdout.

Each row is one head (seed) at two dates or three, made by `neurovasc phantom`. What is right to say of
it is not written here: pair_score.py works it out from the truths. Heads differ as in the sweep; the
first date, the last or both have another scanner, voxel, noise, sequence or CE-T1.

Heads of an even seed are `tune`, those of an odd one `held_out`: what goes wrong with the first may be
looked at and mended, of the second only figures are read. Chosen before any of them was run.
"""
import random

FIRST_SEED = 8000
SURGERY = "2025-03-03"  # between the phantom's dates before and after it

# kind: how many, scenarios of the dates, options of the dates after surgery, whether surgery is told of.
KINDS = {
    "resolved": (6, ("contact", "post_ok"), (), True),
    "residual": (6, ("contact", "post_residual"), (), True),
    "new": (4, ("contact", "post_new"), (), True),
    "second vessel": (4, ("two", "post_second"), (), True),
    "recoiled": (3, ("contact", "post_ok", "post_residual --session=1"), (), True),
    "pad slipped": (3, ("post_ok", "post_residual --session=1"), (), True),
    "two pads": (3, ("contact", "post_ok"), ("--pad-count=2",), True),
    "no CE-T1": (3, ("contact", "post_ok"), ("t2+tof",), True),
    "dark artery": (4, ("contact", "post_ok"), ("--flow-factor=0.2",), True),
    "blood": (4, ("contact", "post_ok"), ("--blood",), True),
    "other scanner": (4, ("contact", "post_residual"), ("--sequence=drive", "--voxel-mm=0.6,0.6,0.6"), True),
    "unchanged": (5, ("contact", "contact --session=1"), (), False),
    "clear": (5, ("clear", "clear --session=1"), (), False),
}

# Not a pair: how many, first and last date, and whether the last is of another head.
REFUSALS = {
    "twin": (3, "contact", "post_ok", True),
    "mirrored": (3, "contact", "contact --session=1 --mirrored", False),
    "reversed": (1, "post_ok", "contact", False),
    "same series": (1, "contact", "contact", False),
    "no overlap": (1, "contact --one-sided --side=left", "post_ok --one-sided --side=right", False),
}


def options(scenario, seed, side, extra, rng):
    """What `neurovasc phantom` is told of one date."""
    told = [f"--scenario={scenario.split()[0]}", f"--seed={seed}", *scenario.split()[1:]]
    if not any(o.startswith("--side") for o in told):
        told.append(f"--side={side}")
    after = scenario.startswith("post")
    extra = list(extra) if after else []
    with_ce_t1 = after and "t2+tof" not in extra and rng.random() < 0.6
    told += [o for o in extra if o.startswith("--")]
    told += ["--with-ce-t1"] if with_ce_t1 else []
    told.append(f"--snr={rng.choice((25, 35, 45, 60))}")
    return told


def row(name, kind, seed, dates, surgery):
    return {"id": name, "kind": kind, "dates": dates, "surgery": surgery, "refused": kind in REFUSALS,
            "split": "held_out" if seed % 2 else "tune"}


def rows():
    rng = random.Random(20261)
    out, seed = [], FIRST_SEED
    for kind, (count, scenarios, extra, surgery) in KINDS.items():
        for _ in range(count):
            side = rng.choice(("left", "right"))
            dates = [options(s, seed, side, extra, rng) for s in scenarios]
            out.append(row(f"q{len(out) + 1:02d}", kind, seed, dates, SURGERY if surgery else ""))
            seed += 1
    for kind, (count, first, last, other_head) in REFUSALS.items():
        for n in range(count):
            # Heads of the first pairs, so that their first dates need not be made again.
            head, other = FIRST_SEED + n, FIRST_SEED + n + 1 if other_head else FIRST_SEED + n
            dates = [options(first, head, "left", (), rng), options(last, other, "left", (), rng)]
            if kind == "same series":
                dates[1] = dates[0]
            out.append(row(f"q{len(out) + 1:02d}", kind, head, dates, ""))
    return out


def main():
    print("id\tkind\tsplit\tdates")
    for one in rows():
        print(one["id"], one["kind"], one["split"], " | ".join(" ".join(d) for d in one["dates"]), sep="\t")


if __name__ == "__main__":
    main()
