#!/usr/bin/python3
"""Stands in for 'neurovasc archive run --manifest FILE --job KEY --output OUT' in the workflow's test:
the same manifest, the same files in the same order, two seconds for each study."""
import argparse
import csv
import json
import os
import pathlib
import sys
import time

SECONDS = 2


def replace(path, text):
    part = path.with_name(f".{path.name}.part-{os.getpid()}")
    part.write_text(text)
    os.replace(part, path)


def analyse(key, row, out):
    """The result folder appears whole, then the outcome."""
    for name in ("results", "jobs", "logs"):
        (out / name).mkdir(parents=True, exist_ok=True)
    time.sleep(SECONDS)
    (out / "results" / key).mkdir(exist_ok=True)
    replace(out / "results" / key / "assessment.json", json.dumps({"study": row["input"]}))
    replace(out / "jobs" / f"{key}.json", json.dumps({"job": key, "state": "done"}))


def main():
    if sys.argv[1:] == ["--version"]:
        print("stand-in 1")
        return
    parser = argparse.ArgumentParser()
    parser.add_argument("command", nargs=2)
    parser.add_argument("--manifest", type=pathlib.Path)
    parser.add_argument("--job")
    parser.add_argument("--output", type=pathlib.Path)
    options, _ = parser.parse_known_args()
    with open(options.manifest, newline="", encoding="utf-8") as file:
        rows = {row["job"]: row for row in csv.DictReader(file, delimiter="\t")}
    if not (options.output / "jobs" / f"{options.job}.json").exists():
        analyse(options.job, rows[options.job], options.output)


if __name__ == "__main__":
    main()
