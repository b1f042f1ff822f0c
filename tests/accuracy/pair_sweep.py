#!/usr/bin/env python3
"""Makes, analyses and compares the pairs of pair_design.py.

    tests/accuracy/pair_sweep.py [--split tune|held_out] [--only q01,q02] [--kind residual]
                                 [--comparisons-only] [--processes N] [OUT]

OUT (out/pairs) gets a folder per pair with comparison.json, the truths of its dates and row.json (exit
code, last message, time). A pair that was done by the same program is not done again, so a run can be
ended at any time and taken up later. Studies are analysed with --threads 1 and no pictures; results stay in
OUT/studies (25 MB each). --comparisons-only compares these again, whatever program made them: for changes
to libs/followup alone.
"""
import argparse
import collections
import hashlib
import json
import pathlib
import shutil
import sys

from pair_design import rows
from sweep import FIELD_MM, ROOT, Sweep, last_line, run, work_through


def study_folder(out, told):
    """Where a date made with these options is kept."""
    return out / "studies" / hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16]


class PairSweep(Sweep):
    def __init__(self, program, out, comparisons_only=False):
        super().__init__(program, out)
        self.comparisons_only = comparisons_only

    def key(self, row):
        told = json.dumps([row["id"], row["dates"], row["surgery"], self.sha256])
        return hashlib.sha256(told.encode()).hexdigest()

    def study(self, told, scratch, done):
        """A date's folder in OUT/studies, with result and truth.json; None where a step failed."""
        folder = study_folder(self.out, told)
        made = folder / "made.json"
        if made.exists() and (self.comparisons_only or json.loads(made.read_text())["sha256"] == self.sha256):
            return folder
        shutil.rmtree(folder, ignore_errors=True)
        study, result, log = (scratch / word for word in ("study", "result", "log"))
        for command in (["phantom", "--output", str(study), "--size", "small", "--field-of-view-mm", FIELD_MM, *told],
                        ["analyze", str(study / "dicom"), "--output", str(result), "--without", "pictures,page"]):
            code, seconds = run([self.program, *command, "--threads", "1", "--quiet"], log)
            done["cpu_s"] += seconds
            # 7: no facial nerve, a result all the same.
            if code not in (0, 7):
                done.update(exit_code=code, step=f"{command[0]} {' '.join(told)}", message=last_line(log))
                return None
        folder.mkdir(parents=True)
        shutil.copy(study / "truth" / "truth.json", folder)
        shutil.rmtree(study)
        shutil.move(result, folder / "result")
        made.write_text(json.dumps({"told": told, "sha256": self.sha256}))
        return folder

    def analyse(self, row, scratch, done):
        done["cpu_s"] = 0.0
        studies = []
        for number, told in enumerate(row["dates"], 1):
            study = self.study(told, scratch, done)
            if study is None:
                return []
            studies.append(study / "result")
            shutil.copy(study / "truth.json", scratch / f"truth{number}.json")
        log, out = scratch / "log", scratch / "compared"
        surgery = ["--surgery-date", row["surgery"]] if row["surgery"] else []
        done["exit_code"], seconds = run(
            [self.program, "compare", *map(str, studies), "--output", str(out), "--threads", "1", "--quiet",
             "--without", "pictures", *surgery], log)
        done["cpu_s"] += seconds
        if done["exit_code"]:
            lines = [line for line in log.read_text().splitlines() if line.strip()]
            done.update(step="compare", message=" / ".join(lines[-2:]))
        return [out / "comparison.json", out / "report.txt", *scratch.glob("truth*.json")]


def told(done, left, seconds_each):
    state = "" if done["exit_code"] == 0 else f"  exit code {done['exit_code']}: {done['message']}"
    return (f"{done['id']} {done['kind']:13s} {done['cpu_s']:5.0f} s CPU, {left} left, "
            f"about {left * seconds_each / 60:.0f} min{state}")


def of_every_kind(chosen):
    """The first of each kind, then the second of each: a run that is ended early has some of all."""
    seen = collections.Counter()
    turn = {}
    for row in chosen:
        turn[row["id"]] = seen[row["kind"]]
        seen[row["kind"]] += 1
    return sorted(chosen, key=lambda row: turn[row["id"]])


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", nargs="?", type=pathlib.Path, default=ROOT / "out" / "pairs", metavar="OUT")
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "build/release/bin/neurovasc")
    parser.add_argument("--only", help="ids of pairs, with commas")
    parser.add_argument("--kind", help="pairs of this kind")
    parser.add_argument("--split", choices=("tune", "held_out"), help="these pairs only")
    parser.add_argument("--comparisons-only", action="store_true", help="take the results that are there")
    parser.add_argument("--processes", type=int, default=2)
    return parser.parse_args()


def main():
    options = parse_arguments()
    if not options.program.exists():
        sys.exit(f"{options.program} does not exist: cmake --workflow --preset release")
    chosen = [r for r in rows() if (not options.only or r["id"] in options.only.split(","))
              and options.kind in (None, r["kind"]) and options.split in (None, r["split"])]
    work_through(PairSweep(options.program, options.out, options.comparisons_only), of_every_kind(chosen),
                 options.processes, told, "pairs")


if __name__ == "__main__":
    main()
