#!/usr/bin/python3
"""An archive of small simulated studies, some of them broken, run through to the end and killed.

    tests/archive/archive_at_scale.py PROGRAM [--studies 300] [--killed 40] [--kills 20] [--workers 2]

1. Of --studies studies 5 % are broken in ten different ways; all others must be done, each broken one
   named with a reason, and the totals equal the sum. A second run does nothing and changes no file.
2. The first --killed studies are run with kill -9 at --kills random moments, and resumed: results are
   the same to the byte but for run.json, no study is there twice, no half file is left, and the
   catalogue is sound.

Takes half an hour for the numbers above; ctest runs the same with a scripted worker (kill_test.cpp).
"""
import argparse
import contextlib
import hashlib
import json
import pathlib
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

import pydicom

HEADS = 4  # different simulated heads; the others are copies with identities of their own
# As little as the program still finds the nerve in: some 4 s of work for a study.
HEAD = ["--size", "small", "--one-sided", "--side", "left", "--without-tof",
        "--voxel-mm", "0.7,0.7,0.7", "--field-of-view-mm", "80,40,14"]  # fmt: skip
ANALYSIS = ["--sides", "left", "--outputs", "minimal"]


def slices(study):
    return sorted(p for p in study.rglob("*") if p.is_file())


def each(study, change):
    for path in slices(study):
        data = pydicom.dcmread(path)
        change(data)
        data.save_as(path)


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
    def change(data):
        data.SeriesDescription = data.ProtocolName = "t1_mprage_sag"
        data.SequenceName = "*tfl3d1_ns"
        data.ScanningSequence, data.SequenceVariant = ["GR", "IR"], ["SK", "SP", "MP"]
        data.RepetitionTime, data.EchoTime, data.InversionTime, data.FlipAngle = 2300, 2.9, 900, 9

    each(study, change)


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


def make_head(program, seed, folder):
    subprocess.run([program, "phantom", *HEAD, "--seed", str(seed), "--output", folder, "-q"], check=True)


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

    def ask(self, question):
        """What the catalogue answers."""
        with contextlib.closing(sqlite3.connect(self.catalogue)) as database:
            return database.execute(question).fetchall()

    def is_sound(self):
        problems = [row[0] for row in self.ask("PRAGMA integrity_check")]
        return problems == ["ok"] and not self.ask("PRAGMA foreign_key_check")

    def numbers(self):
        """The number of each study whose files are known, by its key."""
        rows = self.ask("SELECT DISTINCT studies.key, path FROM files JOIN folders ON folder_id = folders.id "
                        "JOIN studies ON study_id = studies.id")
        return {key: self.number_of(path) for key, path in rows}

    def refused_files(self):
        """Why files were not read: pairs of a study's number and a reason."""
        rows = self.ask("SELECT DISTINCT path, files.reason FROM files JOIN folders ON folder_id = folders.id "
                        "WHERE state <> 'image'")
        return [(self.number_of(path), reason) for path, reason in rows]

    def number_of(self, path):
        return int(pathlib.Path(path).relative_to(self.root).parts[0])

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


def reasons_of(archive, plan):
    """Why studies have no result, by their numbers."""
    numbers = archive.numbers()
    found = [(numbers[s["study"]], s["reason"]) for s in plan["studies"] if s["state"] in ("failed", "excluded")]
    reasons = {}
    for number, reason in found + archive.refused_files():
        reasons.setdefault(number, []).append(reason)
    return reasons


def run_through(archive, count, broken):
    """Whether all is as it has to be, and the seconds of a study."""
    start, work = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    archive.index()
    archive.run()
    seconds = time.monotonic() - start
    work = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - work
    plan = archive.plan()
    totals = plan["totals"]
    print(f"{count} studies, {len(broken)} broken, {seconds:.0f} s, {work / totals['done']:.1f} s of work each: {totals}")
    reasons = reasons_of(archive, plan)
    for number, way in broken.items():
        print(f"        {number:04d} {way}: {'; '.join(reasons.get(number, ['FAILED  no reason']))}")
    good = check(totals["done"] == count - len(broken), "all good studies are done")
    good &= check(set(reasons) == set(broken) and all(map(all, reasons.values())), "each broken one has its reason")
    states = sum(v for k, v in totals.items() if k != "unreadable")
    good &= check(states == len(plan["studies"]), "the totals equal the sum")
    good &= check(archive.is_sound(), "the catalogue is sound")
    before = archive.times()
    archive.index()
    archive.run()
    good &= check(archive.times() == before, "run again: nothing done, no file changed")
    return good, seconds * int(archive.workers) / totals["done"]


def run_killed(archive, calm, kills, longest):
    """Lives of up to @p longest seconds, which end in the middle of the work."""
    archive.index()
    chance = random.Random(7)
    met = 0
    for _ in range(kills):
        process = subprocess.Popen(archive.run_command(), stdout=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.05, longest))
        met += process.poll() is None
        process.send_signal(signal.SIGKILL)
        process.wait()
    good = check(met == kills, f"{met} of {kills} kills met a run at work")
    left = len(archive.plan()["studies"]) - len(archive.ask("SELECT key FROM jobs"))
    print(f"        {left} studies were still to be done after the last kill")
    archive.run()
    keys = {path.split("/")[1] for path in archive.files()}
    expected = {k: v for k, v in calm.files().items() if k.split("/")[1] in keys}
    good &= check(archive.files() == expected, f"{kills} times killed: results are the same to the byte")
    hidden = [str(p.relative_to(archive.output)) for p in archive.output.rglob(".*")]
    good &= check(not hidden, "no half file is left" + "".join(f", but {name}" for name in hidden))
    done = [s["study"] for s in archive.plan()["studies"] if s["state"] == "done"]
    noted = archive.ask("SELECT job_key FROM results")
    good &= check(len(done) == len(set(done)) == len(keys) == len(noted), "no study is missing or there twice")
    return good & check(archive.is_sound(), "the catalogue is sound")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=lambda p: pathlib.Path(p).resolve())
    parser.add_argument("--studies", type=int, default=300)
    parser.add_argument("--killed", type=int, default=40)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="neurovasc-scale-") as name:
        scratch = pathlib.Path(name)
        for head in range(HEADS):
            make_head(options.program, head + 1, scratch / "heads" / str(head))
        broken = make_archive(scratch / "heads", scratch / "archive", options.studies)
        for part in ("calm", "killed"):
            (scratch / part).mkdir()
        calm = Archive(options.program, scratch / "archive", scratch / "calm", options.workers)
        good, seconds = run_through(calm, options.studies, broken)
        some = scratch / "some"
        some.mkdir()
        for study in sorted((scratch / "archive").iterdir())[: options.killed]:
            shutil.copytree(study, some / study.name)
        killed = Archive(options.program, some, scratch / "killed", options.workers)
        # Two studies long: some runs end within their first studies, some finish one or two.
        good &= run_killed(killed, calm, options.kills, 2 * seconds)
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
