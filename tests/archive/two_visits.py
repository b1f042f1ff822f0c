#!/usr/bin/python3
"""Two visits of one simulated patient, analysed and compared over an archive.

    tests/archive/two_visits.py PROGRAM

The comparison is made once and exported; nothing is called pre or post, as no surgery is known.
"""
import csv
import pathlib
import subprocess
import sys
import tempfile

from archive_at_scale import ANALYSIS, HEAD, Archive, check, each

DAYS = ("20250203", "20250601")


def make_visit(program, number, folder):
    head = [*HEAD, "--seed", "2", "--session", str(number), "--output", folder, "-q"]
    subprocess.run([program, "phantom", *head], check=True)

    def identify(data):
        data.PatientID, data.PatientBirthDate, data.StudyDate = "P1", "19610412", DAYS[number]

    each(folder / "dicom", identify)


def compare(archive):
    command = [archive.program, "archive", "compare", "--catalog", archive.catalogue, "--output", archive.output]
    return subprocess.run([*command, *ANALYSIS, "-q"], stdout=subprocess.PIPE, text=True, check=True).stdout


def exported(archive, folder):
    command = [archive.program, "archive", "export", "--catalog", archive.catalogue, "--output", folder]
    subprocess.run([*command, *ANALYSIS, "-q"], check=True)
    with open(folder / "comparisons.tsv", newline="", encoding="utf-8") as table:
        return list(csv.DictReader(table, delimiter="\t"))


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory(prefix="neurovasc-visits-") as name:
        scratch = pathlib.Path(name)
        for number in range(len(DAYS)):
            make_visit(program, number, scratch / "archive" / str(number))
        (scratch / "run").mkdir()
        archive = Archive(program, scratch / "archive", scratch / "run", 2)
        archive.index()
        archive.run()
        good = check("1 done" in compare(archive), "the two visits are compared")
        before = archive.times()
        good &= check("0 done" in compare(archive), "and not a second time")
        good &= check(archive.times() == before, "no file changed")
        rows = exported(archive, scratch / "tables")
        good &= check([row["side"] for row in rows] == ["left"], "one row for the side")
        row = rows[0]
        good &= check(row["days_between"] == "118" and row["outcome"] == "unchanged", "118 days, unchanged")
        good &= check(row["earlier_order"] == row["later_order"] == "order_unknown", "neither is pre or post")
        good &= check(archive.is_sound(), "the catalogue is sound")
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
