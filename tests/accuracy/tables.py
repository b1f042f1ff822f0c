"""The sweep's tables, in Markdown."""
from design import coarsest, within_bars
from figures import beliefs, of_places, of_sides, places

# What is counted, its name in of_sides(), its bar on studies kept aside and how it has to compare.
BARS = (
    ("contacts found", "sensitivity", 0.95, "least"),
    ("false contacts per clear side", "false_per_clear", 0.05, "most"),
    ("vessels within 2 mm listed", "listed", 0.9, "least"),
    ("free nerve: mean distance, mm", "free_mean", 0.30, "most"),
    ("free nerve: share within 1 mm", "free_covered", 0.95, "least"),
    ("free nerve: stray, 95th percentile, mm", "stray_p95", 1.0, "most"),
    ("attached segment: mean distance, mm", "attached_mean", 0.8, "most"),
    ("landmarks: mean error, mm", "landmarks", 1.0, "most"),
    ("gaps over 0.15 mm: median error, mm", "gap_median", 0.15, "most"),
    ("gaps over 0.15 mm: 95th percentile, mm", "gap_p95", 0.40, "most"),
    ("error within two reported sd", "within_two_sd", 0.95, "least"),
    ("median sd, mm", "sd_median", 0.25, "most"),
    ("zone right", "zone", 0.90, "least"),
    ("artery or vein right", "kind", 0.95, "least"),
    ("vessel's name right", "name", 0.80, "least"),
    ("clear zones that hold a contact", "called_clear", 0, "most"),
    ("zones called not assessable", "not_assessable", 0.03, "most"),
    ("Brier score", "brier", 0.05, "most"),
    ("expected calibration error", "ece", 0.05, "most"),
)
COUNTS = (("sides", "sides"), ("of them clear", "clear_sides"), ("true contacts", "contacts"),
          ("sides without an answer", "unanswered"), ("gaps over 0.15 mm", "gaps"))

GAP_BINS = ((-9, -0.2), (-0.2, 0.05), (0.05, 0.15), (0.15, 0.25), (0.25, 0.4), (0.4, 0.65), (0.65, 1.0),
            (1.0, 1.6), (1.6, 2.0))
DIAMETER_BINS = ((0, 0.7), (0.7, 0.9), (0.9, 1.1), (1.1, 1.4), (1.4, 2.2), (2.2, 9))


def shown(value):
    if value is None:
        return "-"
    return str(value) if isinstance(value, int) else f"{value:.2f}" if abs(value) >= 0.1 or value == 0 else f"{value:.3f}"


def missed(value, bar, sense):
    return value is not None and (value < bar if sense == "least" else value > bar)


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "| " + " | ".join("---" for _ in head) + " |"]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def overall(sides):
    """The bars beside the figures, by split, inside and outside of what the bars are meant for."""
    inside = [s for s in sides if within_bars(s[0])]
    groups = [("held out", [s for s in inside if s[0]["split"] == "held_out"]),
              ("tune", [s for s in inside if s[0]["split"] == "tune"]),
              ("coarser or noisier, held out", [s for s in sides if not within_bars(s[0]) and s[0]["split"] == "held_out"]),
              ("coarser or noisier, tune", [s for s in sides if not within_bars(s[0]) and s[0]["split"] == "tune"])]
    figures = [of_sides(group) for _, group in groups]
    rows = [[label, ""] + [shown(f[key]) for f in figures] for label, key in COUNTS]
    for label, key, bar, sense in BARS:
        cells = [shown(f[key]) + (" **missed**" if i < 2 and missed(f[key], bar, sense) else "")
                 for i, f in enumerate(figures)]
        rows.append([label, f"{'>=' if sense == 'least' else '<='} {bar}"] + cells)
    return table(["what", "bar"] + [name for name, _ in groups], rows)


def side_row(name, group):
    f = of_sides(group)
    return [name, str(f["sides"]), str(f["unanswered"]), f"{f['found']} of {f['contacts']}",
            f"{f['false_on_clear']} on {f['clear_sides']}", str(f["called_clear"])] + [
            shown(f[k]) for k in ("gap_median", "gap_p95", "within_two_sd", "sd_median", "zone", "kind", "name",
                                  "not_assessable", "free_mean", "brier")]


SIDE_HEAD = ["", "sides", "no answer", "contacts found", "false on clear sides", "contact in a clear zone",
             "gap error median", "P95", "within 2 sd", "median sd", "zone", "kind", "name", "not assessable",
             "free nerve mm", "Brier"]


def by(sides, label, key):
    """A row per level of a factor of the study."""
    levels = {}
    for side in sides:
        levels.setdefault(key(side[0]), []).append(side)
    rows = [side_row(str(level), levels[level]) for level in sorted(levels)]
    return table([label] + SIDE_HEAD[1:], rows)


PLACE_HEAD = ["places", "contacts found", "believed to touch", "listed", "gap error median", "P95", "mean",
              "within 2 sd", "median sd", "zone", "kind", "name"]


def place_row(name, chosen):
    f = of_places(chosen)
    return [name, str(f["places"]), f"{f['found']} of {f['contacts']}"] + [
        shown(f[k]) for k in ("believed", "listed", "gap_median", "gap_p95", "bias", "within_two_sd", "sd_median",
                              "zone", "kind", "name")]


def by_place(sides, label, key):
    """A row per level of a property of the true place."""
    levels = {}
    for one in places(sides):
        levels.setdefault(key(one), []).append(one)
    levels.pop(None, None)
    return table([label] + PLACE_HEAD, [place_row(named(level), levels[level]) for level in sorted(levels)])


def in_bin(bins, value):
    for low, high in bins:
        if value is not None and low <= value < high:
            return low, high
    return None


def named(level):
    """A level of a factor as text; bins are open at the ends of their range."""
    if not isinstance(level, tuple):
        return str(level)
    low, high = level
    return f"below {high:g}" if low in (-9, 0) else f"over {low:g}" if high == 9 else f"{low:g} to {high:g}"


def calibration(sides, bins=10):
    rows = []
    pairs = beliefs(sides)
    for b in range(bins):
        here = [(p, y) for p, y in pairs if min(int(p * bins), bins - 1) == b]
        if here:
            rows.append([f"{b / bins:.1f} to {(b + 1) / bins:.1f}", str(len(here)),
                         shown(sum(p for p, _ in here) / len(here)), shown(sum(y for _, y in here) / len(here))])
    return table(["reported probability", "places", "mean reported", "share that touches"], rows)


def wide(row):
    return row["rotation_deg"] != "-"


FACTORS = (
    ("scenario", lambda r: r["scenario"]), ("largest voxel edge, mm", coarsest), ("SNR of CSF", lambda r: float(r["snr"])),
    ("series", lambda r: r["series"]), ("anatomy", lambda r: r["variety"]), ("decoy", lambda r: r["decoys"]),
    ("field", lambda r: r["field"]), ("sequence", lambda r: r["sequence"]), ("interpolation", lambda r: r["interpolation"]),
    ("head turned 15 to 22 degrees", wide), ("flow", lambda r: r["flow"]),
)
PLACE_FACTORS = (
    ("true gap, mm", lambda p: in_bin(GAP_BINS, p["gap"])), ("vessel's diameter, mm", lambda p: in_bin(DIAMETER_BINS, p["diameter"])),
    ("zone", lambda p: p["zone"]), ("vessel", lambda p: p["vessel"] if p["kind"] == "artery" else "vein"),
)


def everything(sides):
    """All tables with their headings."""
    parts = ["### Against the bars", overall(sides)]
    for label, key in FACTORS:
        parts += [f"### By {label.split(',')[0]}", by(sides, label, key)]
    for label, key in PLACE_FACTORS:
        parts += [f"### Places by {label.split(',')[0]}", by_place(sides, label, key)]
    return "\n\n".join(parts + ["### Calibration", calibration(sides)])
