#!/usr/bin/python3
"""A slice of the sweep for every test run: slice.py PROGRAM OUT.

Three easy studies of one side: an artery that touches, one that passes 0.8 mm away, none. Checks that
the contact is found where it is, that the bystander's gap is right within its doubt, and that the
clear side is not called otherwise.
"""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from figures import load  # noqa: E402
from judge import BELIEVED  # noqa: E402
from sweep import HERE, Sweep, read_matrix  # noqa: E402

LARGEST_ERROR_MM = 0.4


def faults(row, judged):
    """What is wrong with one side, in words."""
    if not judged["answered"]:
        return ["the nerve was not found"]
    wrong = [f"{f['kind']} {f['vessel']} in {f['zone']} is no contact" for f in judged["false"]]
    for p in judged["places"]:
        asked = p["vessel"] == "AICA" and row["scenario"] == "contact"
        if asked and p["error"] is None:
            wrong.append("the artery is not listed")
        elif asked and p["touches"] != (p["probability"] >= BELIEVED):
            wrong.append(f"contact probability {p['probability']:.2f} at a gap of {p['gap']:.2f} mm")
        elif asked and abs(p["error"]) > LARGEST_ERROR_MM:
            wrong.append(f"the gap of {p['gap']:.2f} mm is off by {p['error']:.2f} mm")
        if p["touches"] and p["called_clear"]:
            wrong.append(f"{p['zone']} is called clear")
    return wrong


def main():
    program, out = map(pathlib.Path, sys.argv[1:3])
    sweep = Sweep(program, out)
    broken = [done["id"] for done in map(sweep.work, read_matrix(HERE / "slice.tsv")) if done["exit_code"]]
    for name in broken:
        print(f"{name}: no result")
    wrong = [f"{row['id']} {row['side']}: {text}" for row, judged in load(out) for text in faults(row, judged)]
    print("\n".join(wrong) or "as drawn")
    sys.exit(bool(broken or wrong))


if __name__ == "__main__":
    main()
