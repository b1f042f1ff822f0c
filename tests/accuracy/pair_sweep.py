#!/usr/bin/env python3
"""Makes, analyses and compares the pairs of pair_design.py.

    tests/accuracy/pair_sweep.py [--only q01,q02] [--kind residual] [--processes N] [OUT]

OUT (out/pairs) gets a folder per pair with comparison.json, the truths of its dates and row.json (exit
code, last message, time). A pair that was done by the same program is not done again, so a run can be
ended at any time and taken up later. Studies are analysed with --threads 1 and no pictures.
"""
import argparse
import hashlib
import json
import pathlib
import shutil
import sys

from pair_design import rows
from sweep import FIELD_MM, ROOT, Sweep, last_line, run, work_through


class PairSweep(Sweep):
    def key(self, row):
        told = json.dumps([row["id"], row["dates"], row["surgery"], self.sha256])
        return hashlib.sha256(told.encode()).hexdigest()

    def study(self, told, number, scratch, done):
        """A date's result folder with its source, or None; its truth beside it."""
        study, result, log = (scratch / f"{word}{number}" for word in ("study", "result", "log"))
        for command in (["phantom", "--output", str(study), "--size", "small", "--field-of-view-mm", FIELD_MM, *told],
                        ["analyze", str(study / "dicom"), "--output", str(result), "--without", "pictures"]):
            code, seconds = run([self.program, *command, "--threads", "1", "--quiet"], log)
            done["cpu_s"] += seconds
            # 7: no facial nerve, a result all the same.
            if code not in (0, 7):
                done.update(exit_code=code, step=f"{command[0]} of date {number}", message=last_line(log))
                return None
        shutil.copy(study / "truth" / "truth.json", scratch / f"truth{number}.json")
        shutil.rmtree(study)
        return result

    def analyse(self, row, scratch, done):
        done["cpu_s"] = 0.0
        results = []
        for number, told in enumerate(row["dates"], 1):
            same = number > 1 and told == row["dates"][0]
            results.append(results[0] if same else self.study(told, number, scratch, done))
            if results[-1] is None:
                return []
        log, out = scratch / "log", scratch / "compared"
        surgery = ["--surgery-date", row["surgery"]] if row["surgery"] else []
        done["exit_code"], seconds = run(
            [self.program, "compare", *map(str, results), "--output", str(out), "--threads", "1", "--quiet",
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


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", nargs="?", type=pathlib.Path, default=ROOT / "out" / "pairs", metavar="OUT")
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "build/release/bin/neurovasc")
    parser.add_argument("--only", help="ids of pairs, with commas")
    parser.add_argument("--kind", help="pairs of this kind")
    parser.add_argument("--processes", type=int, default=2)
    return parser.parse_args()


def main():
    options = parse_arguments()
    if not options.program.exists():
        sys.exit(f"{options.program} does not exist: cmake --workflow --preset release")
    chosen = [r for r in rows() if (not options.only or r["id"] in options.only.split(","))
              and options.kind in (None, r["kind"])]
    work_through(PairSweep(options.program, options.out), chosen, options.processes, told, "pairs")


if __name__ == "__main__":
    main()
