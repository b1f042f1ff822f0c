#!/usr/bin/python3
"""The workflow of pipelines/cluster on a real Slurm of two nodes on this machine.

    cluster.py WORK                        a stand-in for the program, so that the workflow itself is tested
    cluster.py WORK --program neurovasc    studies of its phantom, their results folded into a catalogue
    cluster.py WORK --program neurovasc --measure    also one worker against two

The manifest is worked off on this machine undisturbed, then on Slurm, where a job is killed, a node
goes down and the workflow itself is killed. Resumed, it comes to the same results to the last byte,
and asked once more it does nothing. Ends with 77 where Slurm or Snakemake is not installed.
"""
import argparse
import contextlib
import hashlib
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import time

from slurm import Slurm, find, missing_programs

HERE = pathlib.Path(__file__).resolve().parent
RUN = HERE.parents[1] / "pipelines" / "cluster" / "run.sh"
SKIPPED = 77
BAR_OF_TWO_WORKERS = 1.8
BUSY = 3.0  # load above which times are worth nothing; the trial before leaves some
# Small heads, one side: some seconds each on a quiet machine.
SEEDS = (3, 4, 6, 7, 8, 9)
PHANTOM = ("--scenario", "contact", "--size", "small", "--field-of-view-mm", "104,54,28", "--without-tof")
MANIFEST_HEADER = "job\tinput_kind\tinput\tfiles\tbytes\toptions_hash\targuments\n"


class Failed(Exception):
    """What was expected did not happen."""


def expect(holds, text):
    if not holds:
        raise Failed(text)


def say(text):
    print(text, flush=True)


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def ended(out):
    """Keys of the jobs whose outcome is written."""
    return sorted(path.stem for path in (out / "jobs").glob("[!.]*.json"))


def results(out):
    """The fingerprint of each result."""
    return {path.parent.name: sha256(path) for path in (out / "results").glob("[!.]*/assessment.json")}


def times(out):
    """When each file of results and outcomes was written last."""
    return {path: path.stat().st_mtime_ns for name in ("results", "jobs") for path in (out / name).rglob("*")}


class StandIn:
    """A program that takes two seconds for a study."""

    program = HERE / "stand_in.py"

    def __init__(self, work, count=6):
        self.manifest = work / "manifest.tsv"
        rows = [f"{i:04x}\tfolder\t/nowhere/{i}\t1\t1\tabc\t--sides left\n" for i in range(count)]
        self.manifest.write_text(MANIFEST_HEADER + "".join(rows))

    def check(self, out):
        """It has no catalogue."""


class Program:
    """neurovasc and studies of its phantom."""

    def __init__(self, program, work):
        self.program = program.resolve()
        self.catalogue = work / "cat.db"
        self.manifest = work / "manifest.tsv"
        for seed in SEEDS:
            if not (work / "archive" / f"s{seed}").exists():
                self.call("phantom", *PHANTOM, "--seed", seed, "--output", work / "archive" / f"s{seed}")
        self.call("archive", "index", work / "archive", "--catalog", self.catalogue)
        self.call("archive", "plan", "--catalog", self.catalogue, "--sides", "left", "--outputs", "minimal",
                  "--manifest", self.manifest)

    def call(self, *words):
        done = subprocess.run([self.program, *map(str, words), "--quiet"], capture_output=True, text=True)
        expect(done.returncode == 0, f"{words[0]} {words[1]} ended with {done.returncode}: {done.stderr}")
        return done.stdout

    def check(self, out):
        """Results are folded in once, and folding in again changes nothing."""
        collect = ("archive", "collect", "--catalog", self.catalogue, "--output", out)
        say(self.call(*collect).strip())
        again = self.call(*collect)
        expect(" 0 of them new" in again, f"collected again: {again}")
        with contextlib.closing(sqlite3.connect(self.catalogue)) as catalogue:
            rows = catalogue.execute("SELECT count(*) FROM jobs WHERE state = 'done'").fetchone()[0]
            health = catalogue.execute("PRAGMA integrity_check").fetchone()[0]
        expect(rows == len(SEEDS), f"{rows} of {len(SEEDS)} studies are done in the catalogue")
        expect(health == "ok", f"the catalogue: {health}")


class Trial:
    """One manifest, worked off in several ways."""

    def __init__(self, subject, work, slurm, log):
        self.subject = subject
        self.work = work
        self.slurm = slurm
        self.log = log
        self.environment = dict(slurm.environment, NEUROVASC_PROGRAM=str(subject.program))
        self.jobs = [line.split("\t")[0] for line in subject.manifest.read_text().splitlines()[1:]]

    def start(self, out, profile):
        return subprocess.Popen([RUN, self.subject.manifest, out, profile], env=self.environment,
                                stdout=self.log, stderr=self.log)

    def run(self, out, profile):
        """Works off the manifest; the seconds it took."""
        begin = time.monotonic()
        code = self.start(out, profile).wait()
        expect(code == 0, f"the workflow ended with {code}; see {self.log.name}")
        return time.monotonic() - begin

    def wait(self, what, holds, flow):
        while not holds():
            expect(flow.poll() is None, f"the workflow had ended before {what}; see {self.log.name}")
            time.sleep(0.2)

    def busy_nodes(self):
        return [node for node in self.slurm.nodes if self.slurm.running_jobs(node)]

    def disturb(self, out):
        """Kills a job, a node and the workflow, each in the middle."""
        flow = self.start(out, "slurm")
        self.wait("both nodes were busy", lambda: len(self.busy_nodes()) == 2, flow)
        killed = self.slurm.running_jobs("n1")[0]
        self.slurm.kill_job(killed)
        say(f"killed job {killed}")
        self.wait("a node went down", lambda: ended(out) and self.slurm.running_jobs("n2"), flow)
        lost = self.slurm.running_jobs("n2")[0]
        self.slurm.set_down("n2")
        say(f"node n2 is down, with job {lost}")
        self.wait("Slurm had put that job back", lambda: self.slurm.restarts(lost) > 0, flow)
        flow.kill()
        flow.wait()
        say(f"killed the workflow, {len(ended(out))} of {len(self.jobs)} studies ended")
        expect(len(ended(out)) < len(self.jobs), "all studies had ended before the workflow was killed")
        self.slurm.set_up("n2")

    def check(self, out, reference):
        expect(ended(out) == sorted(self.jobs), f"{out}: outcomes of {ended(out)} in place of {self.jobs}")
        expect(results(out) == results(reference), f"{out}: other results than {reference}")
        states = {json.loads((out / "jobs" / f"{job}.json").read_text())["state"] for job in self.jobs}
        expect(states == {"done"}, f"{out}: states {states}")
        left = [*(out / "results").glob(".*"), *(out / ".work").glob("*")]
        expect(not left, f"left behind: {left}")

    def check_nothing_done_twice(self, out):
        before = times(out)
        seconds = self.run(out, "slurm")
        expect(times(out) == before, "a file changed although all had ended")
        say(f"asked again: nothing done, {seconds:.0f} s")


def measure(trial):
    """One worker against two, each on a node of its own."""
    load = os.getloadavg()[0]
    say(f"load before: {load:.1f}" + (", which is too much for times to be worth anything" if load > BUSY else ""))
    took = {}
    for workers, turn in ((1, trial.slurm.set_down), (2, trial.slurm.set_up)):
        turn("n2")
        took[workers] = trial.run(trial.work / f"workers_{workers}", "slurm")
        say(f"{workers} workers: {took[workers]:.1f} s for {len(trial.jobs)} studies")
    ratio = took[1] / took[2]
    say(f"ratio {ratio:.2f}, bar {BAR_OF_TWO_WORKERS}")
    expect(ratio >= BAR_OF_TWO_WORKERS, "two workers are not fast enough")


def try_all(options):
    work = options.work.resolve()
    for old in ("local", "slurm", "workers_1", "workers_2"):
        shutil.rmtree(work / old, ignore_errors=True)
    work.mkdir(parents=True, exist_ok=True)
    subject = Program(options.program, work) if options.program else StandIn(work)
    with Slurm(nodes=2) as slurm, open(work / "workflow.log", "w", encoding="utf-8") as log:
        trial = Trial(subject, work, slurm, log)
        say(f"on this machine: {trial.run(work / 'local', 'local'):.0f} s for {len(trial.jobs)} studies")
        trial.disturb(work / "slurm")
        say(f"resumed: {trial.run(work / 'slurm', 'slurm'):.0f} s")
        trial.check(work / "slurm", work / "local")
        say("the same results to the last byte")
        trial.check_nothing_done_twice(work / "slurm")
        subject.check(work / "slurm")
        if options.measure:
            measure(trial)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=pathlib.Path, help="folder for studies and results")
    parser.add_argument("--program", type=pathlib.Path, help="neurovasc; without it a stand-in")
    parser.add_argument("--measure", action="store_true", help="also one worker against two")
    options = parser.parse_args()
    missing = missing_programs() + [name for name in ("snakemake",) if not find(name)]
    if missing:
        say("skipped: not installed: " + ", ".join(missing))
        sys.exit(SKIPPED)
    try:
        try_all(options)
    except Failed as failed:
        sys.exit(f"FAILED: {failed}")


if __name__ == "__main__":
    main()
