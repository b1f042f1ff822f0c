#!/usr/bin/python3
"""A slice of the pairs for every test run: pair_slice.py PROGRAM OUT.

One head before surgery and after it with contact left, where the pad leads the nerve's line astray, and one
that comes back mirrored: the first must be measured again with the first date's landmarks and be called
residual contact, the second be refused.
"""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from pair_design import rows  # noqa: E402
from pair_score import collect, faults, load  # noqa: E402
from pair_sweep import PairSweep  # noqa: E402

CHOSEN = ("q09", "q58")


def main():
    program, out = map(pathlib.Path, sys.argv[1:3])
    sweep = PairSweep(program, out)
    for row in rows():
        if row["id"] in CHOSEN:
            sweep.work(row)
    sides, pads, refusals, broken, _ = collect(out)
    wrong = faults(sides, pads, refusals, broken)
    wrong += [f"{s['id']} {s['side']}: {s['got']}" for s in sides if s["operated"] and s["got"] != s["want"]]
    if not load(out / CHOSEN[0] / "comparison.json")["dates"][1]["measured_anew"]:
        wrong.append(f"{CHOSEN[0]}: not measured again")
    print("\n".join(wrong) or "as drawn")
    sys.exit(bool(wrong or not sides or not refusals))


if __name__ == "__main__":
    main()
