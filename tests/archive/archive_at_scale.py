#!/usr/bin/python3
"""An archive of small simulated studies, some of them broken, run through to the end and killed.

    tests/archive/archive_at_scale.py PROGRAM [--studies 300] [--killed 40] [--kills 20] [--workers 2]

1. Of --studies studies 5 % are broken in ten different ways; all others must be done, each broken one
   named with a reason, and the totals equal the sum. A second run does nothing and changes no file.
2. The first --killed studies are run with kill -9 at --kills random moments, and resumed: results are
   the same to the byte but for run.json, no study is there twice, no half file is left, and the
   catalogue is sound.

Takes hours for the numbers above; ctest runs the same with a scripted worker (kill_test.cpp).
"""
import argparse
import hashlib
import json
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import pydicom

HEADS = 4  # different simulated heads; the others are copies with identities of their own
ANALYSIS = ["--sides", "left", "--outputs", "minimal"]


def slices(study):
    return sorted(p for p in study.rglob("*") if p.is_file())


def each(study, change):
    for path in slices(study):
        data = pydicom.dcmread(path)
        change(data)
        data.save_as(path)


def is_t2(data):
    return "TOF" not in str(data.get("SeriesDescription", "")).upper()


def truncate(study):
    for path in slices(study):
        path.write_bytes(path.read_bytes()[:900])


def empty(study):
    for path in slices(study):
        path.write_bytes(b"")


def text(study):
    for path in slices(study):
        path.with_suffix(".dcm").write_text("no image")
        path.unlink()


def noise(study):
    for path in slices(study):
        path.write_bytes(b"\0" * 128 + b"DICM" + random.Random(1).randbytes(4000))


def without_t2(study):
    for path in slices(study):
        if is_t2(pydicom.dcmread(path, stop_before_pixels=True)):
            path.unlink()


def without_position(study):
    each(study, lambda data: data.__delattr__("ImagePositionPatient"))


def impossible_size(study):
    each(study, lambda data: setattr(data, "Rows", 20000))


def too_thick(study):
    def change(data):
        data.SliceThickness = 4

    each(study, change)


def sheared(study):
    def change(data):
        position = [float(v) for v in data.ImagePositionPatient]
        position[0] += 0.4 * int(data.InstanceNumber)
        data.ImagePositionPatient = [f"{v:.4f}" for v in position]

    each(study, change)


def black(study):
    each(study, lambda data: setattr(data, "PixelData", bytes(len(data.PixelData))))


WAYS = [truncate, empty, text, noise, without_t2, without_position, impossible_size, too_thick, sheared, black]


def make_heads(program, folder):
    for head in range(HEADS):
        command = [program, "phantom", "--size", "small", "--one-sided", "--side", "left", "--without-tof"]
        subprocess.run([*command, "--seed", str(head + 1), "--output", folder / str(head), "-q"], check=True)


def make_archive(heads, root, count):
    broken = {}
    for number in range(count):
        study = root / f"{number:04d}"
        shutil.copytree(heads / str(number % HEADS) / "dicom", study)

        def rename(data, number=number):
            data.PatientID = f"P{number}"
            for uid in ("StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID"):
                setattr(data, uid, f"{getattr(data, uid)[:50]}.{number}")

        each(study, rename)
        if number % 20 == 19:
            way = WAYS[number // 20 % len(WAYS)]
            way(study)
            broken[number] = way.__name__
    return broken


class Archive:
    """The program over one archive."""

    def __init__(self, program, root, scratch, workers):
        self.program, self.root, self.workers = program, root, str(workers)
        self.catalogue, self.output = scratch / "catalogue.db", scratch / "out"
        self.key = scratch.parent / "site.key"

    def index(self):
        command = [self.program, "archive", "index", self.root, "--catalog", self.catalogue, "--site-key", self.key]
        subprocess.run([*command, "-q"], stdout=subprocess.DEVNULL)

    def run_command(self):
        command = [self.program, "archive", "run", "--catalog", self.catalogue, "--output", self.output]
        return [*command, "--workers", self.workers, *ANALYSIS, "-q"]

    def run(self):
        return subprocess.run(self.run_command(), stdout=subprocess.PIPE, text=True)

    def plan(self):
        command = [self.program, "archive", "plan", "--catalog", self.catalogue, "--json", "-q", *ANALYSIS]
        return json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)

    def is_sound(self):
        command = [self.program, "archive", "status", "--catalog", self.catalogue, "-q", *ANALYSIS]
        return subprocess.run(command, stdout=subprocess.DEVNULL).returncode in (0, 9)

    def files(self):
        """The hash of every file of the results that holds no time."""
        return {
            str(p.relative_to(self.output)): hashlib.sha256(p.read_bytes()).hexdigest()
            for p in sorted((self.output / "results").rglob("*"))
            if p.is_file() and p.name != "run.json"
        }

    def times(self):
        return {p: p.stat().st_mtime_ns for p in sorted(self.output.rglob("*")) if p.is_file()}


def check(holds, what):
    print(("ok      " if holds else "FAILED  ") + what, flush=True)
    return holds


def run_through(archive, count, broken):
    start = time.monotonic()
    archive.index()
    archive.run()
    plan = archive.plan()
    totals = plan["totals"]
    print(f"{count} studies, {len(broken)} broken, {time.monotonic() - start:.0f} s: {totals}")
    unfit = [s for s in plan["studies"] if s["state"] in ("failed", "excluded")]
    reasons = [s["reason"] for s in unfit] + [u["reason"] for u in plan["unreadable"]]
    good = check(totals["done"] == count - len(broken), "all good studies are done")
    good &= check(len(unfit) + len(plan["unreadable"]) >= len(broken) and all(reasons), "each broken one has its reason")
    states = sum(v for k, v in totals.items() if k != "unreadable")
    good &= check(states == len(plan["studies"]), "the totals equal the sum")
    before = archive.times()
    archive.index()
    archive.run()
    return good & check(archive.times() == before, "run again: nothing done, no file changed")


def run_killed(archive, calm, kills, seconds):
    archive.index()
    chance = random.Random(7)
    for _ in range(kills):
        process = subprocess.Popen(archive.run_command(), stdout=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.05, seconds))
        process.send_signal(signal.SIGKILL)
        process.wait()
    archive.run()
    keys = {path.split("/")[1] for path in archive.files()}
    expected = {k: v for k, v in calm.files().items() if k.split("/")[1] in keys}
    good = check(archive.files() == expected, f"{kills} times killed: results are the same to the byte")
    good &= check(not (archive.output / ".work").exists(), "no half file is left")
    done = [s["study"] for s in archive.plan()["studies"] if s["state"] == "done"]
    good &= check(len(done) == len(set(done)) == len(keys), "no study is missing or there twice")
    return good & check(archive.is_sound(), "the catalogue is sound")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=lambda p: pathlib.Path(p).resolve())
    parser.add_argument("--studies", type=int, default=300)
    parser.add_argument("--killed", type=int, default=40)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--kill-within", type=float, default=20, help="seconds a run lives at most before it is killed")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="neurovasc-scale-") as name:
        scratch = pathlib.Path(name)
        make_heads(options.program, scratch / "heads")
        broken = make_archive(scratch / "heads", scratch / "archive", options.studies)
        for part in ("calm", "killed"):
            (scratch / part).mkdir()
        calm = Archive(options.program, scratch / "archive", scratch / "calm", options.workers)
        good = run_through(calm, options.studies, broken)
        some = scratch / "some"
        some.mkdir()
        for study in sorted((scratch / "archive").iterdir())[: options.killed]:
            shutil.copytree(study, some / study.name)
        killed = Archive(options.program, some, scratch / "killed", options.workers)
        good &= run_killed(killed, calm, options.kills, options.kill_within)
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
