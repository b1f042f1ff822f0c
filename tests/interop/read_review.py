"""Prints what a structured report says of a study by the program and by its reader, side by side.

usage: read_review.py SR
"""
import sys

import pydicom
from compare_sr import answer, children, is_readers


def tracked(groups):
    return {children(g, "112039")[0].TextValue: g for g in groups}


def tracking_uid(group):
    return children(group, "112040")[0].UID


def words(group, questions):
    said = [children(group, q) for q in questions]
    return " ".join(s[0].ConceptCodeSequence[0].CodeMeaning for s in said if s)


def points(group, name):
    return [[round(v, 4) for v in c.GraphicData] for c in children(group, name) if c.ValueType == "SCOORD3D"]


def print_moved(program, group, reader):
    """Landmarks that the reader placed, with the program's."""
    for sd in children(group, "landmark-sd"):
        name = answer(sd, "landmark")
        if answer(sd, "by-hand") == "373066001":
            print(f"landmark {name}: program at {points(program, name)}, {reader} at {points(group, name)}")


def main(sr_file):
    sr = pydicom.dcmread(sr_file)
    groups = children(children(sr, "126010")[0], "125007")
    readers = tracked([g for g in groups if is_readers(g)])
    program = tracked([g for g in groups if not is_readers(g)])
    for name, group in readers.items():
        if name not in program or tracking_uid(program[name]) != tracking_uid(group):
            continue
        reader = str(children(group, "121008")[0].PersonName)
        if name.startswith("side"):
            findings = [answer(g, "121071") for g in (program[name], group)]
            print(f"{name}: program {findings[0]}, {reader} {findings[1]}")
            print_moved(program[name], group, reader)
        else:
            said = words(program[name], ["campos-benitez"]), words(group, ["verdict", "campos-benitez"])
            print(f"{name}: program {said[0]}, {reader} {said[1]}")


if __name__ == "__main__":
    main(*sys.argv[1:])
