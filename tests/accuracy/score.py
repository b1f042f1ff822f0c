#!/usr/bin/python3
"""Scores the results of sweep.py.

    tests/accuracy/score.py [OUT]                     the tables, to the terminal
    tests/accuracy/score.py [OUT] --docs              into docs/accuracy.md, with the plots
    tests/accuracy/score.py [OUT] --failures          what went wrong in the tune studies
    tests/accuracy/score.py --folder CASES RESULTS    CASES/*/truth/truth.json, RESULTS/*/assessment.json

Needs python3-numpy; --docs also python3-matplotlib (Debian's packages).
"""
import argparse
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from design import within_bars  # noqa: E402
from figures import load, of_sides, read_json, read_matrix  # noqa: E402
from judge import BELIEVED, judge  # noqa: E402
from tables import everything, shown  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
BEGIN, END = "<!-- sweep: begin -->", "<!-- sweep: end -->"


def summary(sides, out, matrix_file):
    """How much of the matrix is behind the figures, and which builds."""
    matrix = read_matrix(matrix_file)
    rows = [read_json(path) for path in sorted(out.glob("*/row.json"))]
    seconds = sorted(r["cpu_s"] for r in rows if r.get("cpu_s"))
    lines = []
    for split in ("tune", "held_out"):
        here = [r for r in rows if r["split"] == split]
        builds = sorted({r["sha256"][:12] for r in here})
        lines.append(f"- {split.replace('_', ' ')}: {len(here)} of {sum(m['split'] == split for m in matrix)} studies run, "
                     f"{sum(r['exit_code'] != 0 for r in here)} of them ended with another exit code than 0; "
                     f"program (sha256) {', '.join(builds) or '-'}")
    if seconds:
        lines.append(f"- CPU time of `analyze` per study, one thread: median {seconds[len(seconds) // 2]:.0f} s, "
                     f"longest {seconds[-1]:.0f} s, together {sum(seconds) / 60:.0f} min")
    inside = sum(within_bars(row) for row, _ in sides)
    lines.append(f"- {len(sides)} sides judged, {inside} of them with voxels up to 0.6 mm and SNR of 20 or more, "
                 "which is what the bars are for")
    return "\n".join(lines)


def write_docs(sides, out, matrix_file):
    from plots import draw  # matplotlib is needed here only
    draw(sides, ROOT / "docs" / "pictures" / "accuracy")
    page = ROOT / "docs" / "accuracy.md"
    text = page.read_text()
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    page.write_text(f"{before}{BEGIN}\n\n{summary(sides, out, matrix_file)}\n\n{everything(sides)}\n\n{END}{after}")


def complaints(judged):
    """What a reader would call wrong with one side."""
    lines = []
    if not judged["answered"]:
        lines.append("no answer: nerve not found")
    elif judged["nerve"]["free_covered"] < 0.95:
        lines.append(f"nerve followed for {judged['nerve']['free_covered']:.2f} of its free course, "
                     f"mean {shown(judged['nerve']['free_mean'])} mm off")
    for p in judged["places"]:
        what = f"{p['vessel']} {shown(p['diameter'])} mm wide, {p['zone']} at {p['arc']:.1f} mm, gap {p['gap']:.2f}"
        if p["touches"] and p["probability"] < BELIEVED:
            state = "listed as apart" if p["listed"] else "not listed"
            lines.append(f"missed contact ({state}, p {p['probability']:.2f}): {what}")
        if p["called_clear"] and p["touches"]:
            lines.append(f"clear zone with a contact: {what}")
        if p["error"] is not None and abs(p["error"]) > max(0.4, 2 * (p["sd"] or 0)):
            lines.append(f"gap off by {p['error']:+.2f} mm (sd {shown(p['sd'])}): {what}")
    for f in judged["false"]:
        nearest = "nothing there" if f["gap"] is None else f"true gap {f['gap']:.2f}"
        lines.append(f"false contact p {f['probability']:.2f}: called {f['kind']} {f['vessel']} in {f['zone']}, {nearest}")
    if judged["zones_not_assessable"]:
        lines.append(f"{judged['zones_not_assessable']} of {judged['zones']} zones not assessable: {'; '.join(judged['reasons'])}")
    return lines


def print_failures(sides):
    """Of the `tune` studies: who looks at the held-out ones one by one has used them up."""
    for row, judged in sides:
        lines = complaints(judged) if row["split"] == "tune" else []
        if lines:
            about = " ".join(f"{key}={row[key]}" for key in ("scenario", "seed", "variety", "zone", "gap_mm", "diameter_mm",
                                                             "voxel_mm", "snr", "sequence", "series", "field", "decoys",
                                                             "rotation_deg", "flow") if row[key] != "-")
            print(f"{row['id']} {row['side']} ({row['split']}, {about})")
            print("".join(f"    {line}\n" for line in lines), end="")


def score_folder(cases, results):
    """Studies from elsewhere: the totals only, of both sides."""
    sides = []
    for path in sorted(cases.glob("*/truth/truth.json")):
        case = path.parent.parent.name
        result = read_json(results / case / "assessment.json") or {}
        study = json.loads(path.read_text())
        for name, truth in study["sides"].items():
            found = next((s for s in result.get("sides", []) if s["side"] == name), None)
            judged = judge(truth, found, result.get("vessels", []), "TOF" in study["series"])
            sides.append((dict(id=case, side=name), judged))
    for key, value in of_sides(sides).items():
        print(f"{key}: {value if value is None or isinstance(value, int) else round(value, 3)}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", nargs="?", type=pathlib.Path, default=ROOT / "out" / "sweep", metavar="OUT")
    parser.add_argument("--matrix", type=pathlib.Path, default=HERE / "matrix.tsv", help="what sweep.py was given")
    parser.add_argument("--docs", action="store_true")
    parser.add_argument("--failures", action="store_true")
    parser.add_argument("--folder", nargs=2, type=pathlib.Path, metavar=("CASES", "RESULTS"))
    options = parser.parse_args()
    if options.folder:
        return score_folder(*options.folder)
    sides = load(options.out)
    if not sides:
        sys.exit(f"{options.out} holds no results; run tests/accuracy/sweep.py first")
    if options.failures:
        return print_failures(sides)
    if options.docs:
        return write_docs(sides, options.out, options.matrix)
    print(summary(sides, options.out, options.matrix), everything(sides), sep="\n\n")


if __name__ == "__main__":
    main()
