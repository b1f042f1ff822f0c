#!/usr/bin/env python3
"""Runs the accuracy sweep: makes each study of the matrix, analyses it, keeps result and truth.

    tests/accuracy/sweep.py [--split tune|held_out] [--only s001,s002] [--processes N]
                            [--matrix FILE] [OUT]

OUT (out/sweep) gets a folder per row with assessment.json, truth.json and row.json (exit code, time,
which program). A row that was done by the same program is not done again, so a run can be ended at any
time and taken up later. A study that fails is a row with its exit code, not the end of the sweep.
Standard library only.
"""
import argparse
import concurrent.futures
import csv
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
# The smallest field that holds both angles with their ears for every pose of the matrix; a turned head
# needs more slices. The phantom halves the first figure for one side.
FIELD_MM = "104,54,28"
TURNED_FIELD_MM = "104,60,36"
TIMEOUT_S = 900
# A study that goes astray must not take the machine with it: the bar is 3 GiB.
WITHIN_6_GIB = ["/bin/sh", "-c", 'ulimit -v 6291456 && exec "$@"', "sh"]


def read_matrix(path=HERE / "matrix.tsv"):
    with open(path, newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def phantom_arguments(row):
    """What `neurovasc phantom` is told of a row; '-' leaves the choice to scenario and seed."""
    voxel = row["voxel_mm"] if "," in row["voxel_mm"] else ",".join([row["voxel_mm"]] * 3)
    turned = row["rotation_deg"] != "-"
    arguments = ["--size", "small", "--voxel-mm", voxel,
                 "--field-of-view-mm", TURNED_FIELD_MM if turned else FIELD_MM]
    for column, option in (("scenario", "scenario"), ("seed", "seed"), ("variety", "variety"), ("zone", "zone"),
                           ("gap_mm", "gap-mm"), ("diameter_mm", "diameter-mm"), ("snr", "snr"),
                           ("interpolation", "interpolation"), ("sequence", "sequence"), ("decoys", "decoys"),
                           ("rotation_deg", "head-rotation-deg"), ("flow", "flow-factor")):
        if row[column] != "-":
            arguments.append(f"--{option}={row[column]}")
    series = row["series"].split("+")
    arguments += [] if "tof" in series else ["--without-tof"]
    arguments += ["--with-ce-t1"] if "ce_t1" in series else []
    arguments += ["--one-sided"] if row["field"] == "one_side" else []
    return arguments


def run(command, log):
    """Exit code and CPU seconds."""
    with open(log, "w") as file:
        process = subprocess.Popen(WITHIN_6_GIB + command, stdout=subprocess.DEVNULL, stderr=file)
        deadline = time.monotonic() + TIMEOUT_S
        while True:
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            if pid:
                process.returncode = os.waitstatus_to_exitcode(status)
                return process.returncode, usage.ru_utime + usage.ru_stime
            if time.monotonic() > deadline:
                process.kill()
            time.sleep(0.05)


def last_line(log):
    lines = log.read_text().strip().splitlines()
    return lines[-1] if lines else ""


class Sweep:
    def __init__(self, program, out):
        self.program = str(program)
        self.out = out
        self.sha256 = hashlib.sha256(pathlib.Path(program).read_bytes()).hexdigest()
        asked = subprocess.run([self.program, "--version"], capture_output=True, text=True, check=True)
        self.version = asked.stdout.strip().splitlines()[0]

    def key(self, row):
        told = json.dumps([row["id"], phantom_arguments(row), self.sha256])
        return hashlib.sha256(told.encode()).hexdigest()

    def done(self, row):
        path = self.out / row["id"] / "row.json"
        return path.exists() and json.loads(path.read_text())["key"] == self.key(row)

    def analyse(self, row, scratch, done):
        """Both steps; fills `done` and returns what is to be kept."""
        study, result, log = scratch / "study", scratch / "result", scratch / "log"
        done["exit_code"], done["phantom_cpu_s"] = run(
            [self.program, "phantom", "--output", str(study), "--threads", "1", "--quiet",
             *phantom_arguments(row)], log)
        if done["exit_code"]:
            done.update(step="phantom", message=last_line(log))
            return []
        truth = json.loads((study / "truth" / "truth.json").read_text())
        sides = ["left", "right"] if row["field"] == "both" else [truth["side"]]
        begin = time.monotonic()
        done["exit_code"], done["cpu_s"] = run(
            [self.program, "analyze", str(study / "dicom"), "--output", str(result), "--threads", "1", "--quiet",
             "--without", "pictures,source", "--sides", ",".join(sides)], log)
        done.update(sides=sides, wall_s=time.monotonic() - begin)
        if done["exit_code"]:
            done.update(step="analyze", message=last_line(log))
        return [study / "truth" / "truth.json", result / "assessment.json"]

    def work(self, row):
        done = dict(row, key=self.key(row), sha256=self.sha256, version=self.version)
        folder = self.out / row["id"]
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        with tempfile.TemporaryDirectory(prefix="neurovasc_sweep_") as scratch:
            for path in self.analyse(row, pathlib.Path(scratch), done):
                if path.exists():
                    shutil.copy(path, folder)
        (folder / "row.json").write_text(json.dumps(done, indent=1))
        return done


def told(done, left, seconds_each):
    state = "" if done["exit_code"] == 0 else f"  exit code {done['exit_code']}: {done['message']}"
    return (f"{done['id']} {done['scenario']:13s} {done.get('cpu_s', 0):5.1f} s CPU, {left} left, "
            f"about {left * seconds_each / 60:.0f} min{state}")


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", nargs="?", type=pathlib.Path, default=ROOT / "out" / "sweep", metavar="OUT")
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "build/release/bin/neurovasc")
    parser.add_argument("--matrix", type=pathlib.Path, default=HERE / "matrix.tsv",
                        help="another table of studies (design.py)")
    parser.add_argument("--split", choices=("tune", "held_out"), help="these rows only")
    parser.add_argument("--only", help="ids of rows, with commas")
    parser.add_argument("--first", type=int, help="the first N of the rows chosen")
    parser.add_argument("--processes", type=int, default=2)
    return parser.parse_args()


def chosen(options):
    rows = [r for r in read_matrix(options.matrix) if options.split in (None, r["split"])]
    if options.only:
        rows = [r for r in rows if r["id"] in options.only.split(",")]
    return rows[:options.first]


def work_through(sweep, chosen, processes, tell, what):
    """Does the rows that are not done yet and prints a line for each."""
    todo = [r for r in chosen if not sweep.done(r)]
    print(f"{sweep.version}: {len(chosen)} {what}, {len(chosen) - len(todo)} of them done", flush=True)
    begin = time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(processes) as pool:
        waiting = {pool.submit(sweep.work, row) for row in todo}
        for count, future in enumerate(concurrent.futures.as_completed(waiting), 1):
            each = (time.monotonic() - begin) / count
            print(tell(future.result(), len(todo) - count, each), flush=True)


def main():
    options = parse_arguments()
    if not options.program.exists():
        sys.exit(f"{options.program} does not exist: cmake --workflow --preset release")
    work_through(Sweep(options.program, options.out), chosen(options), options.processes, told, "studies")


if __name__ == "__main__":
    main()
