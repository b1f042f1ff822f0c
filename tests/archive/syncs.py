#!/usr/bin/python3
"""What `archive run` writes is on the disk before its name says so.

    tests/archive/syncs.py PROGRAM

Runs one small study under strace. Of the result folder and of the outcome: every file and folder is
synced before the rename, the folder around it after; and the outcome comes after the whole result.
"""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from archive_at_scale import Archive, check, make_head

SKIPPED = 77
CALLS = "fsync,fdatasync,rename,renameat,renameat2"
SYNC = re.compile(r"f(?:data)?sync\(\d+<(.*)>\)")
RENAME = re.compile(r'rename[a-z0-9]*\((?:AT_FDCWD[^,]*, )?"(.*?)", (?:AT_FDCWD[^,]*, )?"(.*?)"')


def traced(archive, trace):
    """The successful calls, in order: ("sync", path) and ("rename", old, new)."""
    command = ["strace", "-f", "-y", "-z", "-s", "4096", "-e", f"trace={CALLS}", "-o", trace, *archive.run_command()]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    calls = []
    for line in trace.read_text().splitlines():
        if found := SYNC.search(line):
            calls.append(("sync", found.group(1)))
        elif found := RENAME.search(line):
            calls.append(("rename", *found.groups()))
    return calls


def parts_of(path):
    """A file, or a folder and all that it holds, relative to it."""
    return [pathlib.Path("."), *(p.relative_to(path) for p in path.rglob("*"))]


def check_appearance(calls, new):
    """Where @p new appears and where that is on the disk; None where something is amiss."""
    renames = [i for i, call in enumerate(calls) if call[0] == "rename" and call[2] == str(new)]
    if not check(len(renames) == 1, f"{new.name} appears by one rename"):
        return None
    at = renames[0]
    old = pathlib.Path(calls[at][1])
    parts = parts_of(new)
    missed = [str(part) for part in parts if ("sync", str(old / part)) not in calls[:at]]
    if not check(not missed, " but ".join([f"its {len(parts)} parts are synced before", *missed])):
        return None
    folder = ("sync", str(new.parent))
    if not check(folder in calls[at:], "the folder around it is synced after"):
        return None
    return at, calls.index(folder, at)


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    if not shutil.which("strace") or subprocess.run(["strace", "-o", "/dev/null", "true"]).returncode != 0:
        print("skipped: strace is not there, or may not trace")
        sys.exit(SKIPPED)
    with tempfile.TemporaryDirectory(prefix="neurovasc-syncs-") as name:
        scratch = pathlib.Path(name).resolve()
        make_head(program, 1, scratch / "head")
        (scratch / "run").mkdir()
        archive = Archive(program, scratch / "head" / "dicom", scratch / "run", 1)
        archive.index()
        calls = traced(archive, scratch / "trace.txt")
        (result,) = (archive.output / "results").iterdir()
        appeared = check_appearance(calls, result)
        outcome = check_appearance(calls, archive.output / "jobs" / f"{result.name}.json")
        good = appeared and outcome and check(appeared[1] < outcome[0], "the outcome comes after the whole result")
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
