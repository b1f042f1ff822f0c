#!/usr/bin/python3
"""Files per second of `neurovasc archive index` against other readers of the same files.

    tests/archive/index_bench.py PROGRAM FOLDER [--copies N] [--rounds N]

Reads the DICOM files of FOLDER (N copies of them, each with UIDs of its own as other patients' studies have,
which makes start-up times small) in one run, warm cache, medians: the first 2 KiB of each file (what no reader can beat), this program
(into a new catalogue, with writing it), `dcm2niix -b o`, and pydicom up to the pixels.
"""
import argparse
import os
import pathlib
import shutil
import statistics
import subprocess
import tempfile
import time


def first_bytes(folder):
    for path in folder.rglob("*"):
        if path.is_file():
            with open(path, "rb", buffering=0) as file:
                file.read(2048)


def with_pydicom(folder):
    import pydicom

    for path in folder.rglob("*"):
        if path.is_file():
            header = pydicom.dcmread(path, stop_before_pixels=True, force=True)
            (header.get("StudyInstanceUID"), header.get("SeriesInstanceUID"), header.get("PatientID"))


def index(program, folder, scratch):
    for old in scratch.glob("catalogue.db*"):
        old.unlink()
    command = [program, "archive", "index", folder, "--catalog", scratch / "catalogue.db", "-q"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def dcm2niix(folder, scratch):
    out = scratch / "bids"
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    subprocess.run(["dcm2niix", "-d", "9", "-b", "o", "-o", out, folder], stdout=subprocess.DEVNULL)


def with_own_uids(source, copy, target):
    """The image as one of another study: files of one study are read together."""
    import pydicom

    image = pydicom.dcmread(source, force=True)
    for name in ("StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID", "FrameOfReferenceUID"):
        if name in image:
            setattr(image, name, pydicom.uid.generate_uid(entropy_srcs=[str(image.get(name)), str(copy)]))
    if "SOPInstanceUID" in image and "MediaStorageSOPInstanceUID" in image.file_meta:
        image.file_meta.MediaStorageSOPInstanceUID = image.SOPInstanceUID
    image.save_as(target)


def copy_files(folder, copies, target):
    sources = [p for p in folder.rglob("*") if p.is_file() and p.suffix not in (".json", ".gz", ".md", ".tsv")]
    for copy in range(copies):
        for number, source in enumerate(sources):
            place = target / str(copy) / str(number // 200)
            place.mkdir(parents=True, exist_ok=True)
            if copy > 0:
                with_own_uids(source, copy, place / str(number))
            else:
                shutil.copyfile(source, place / str(number))
    return len(sources) * copies


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--copies", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="neurovasc-bench-") as name:
        scratch = pathlib.Path(name)
        files = copy_files(options.folder, options.copies, scratch / "files")
        readers = {
            "first 2 KiB of each": lambda: first_bytes(scratch / "files"),
            "neurovasc archive index": lambda: index(options.program, scratch / "files", scratch),
            "dcm2niix -b o": lambda: dcm2niix(scratch / "files", scratch),
            "pydicom": lambda: with_pydicom(scratch / "files"),
        }
        seconds = {reader: [] for reader in readers}
        # In turn, so that what else the machine does meets all alike.
        for _ in range(options.rounds):
            for reader, read in readers.items():
                start = time.monotonic()
                read()
                seconds[reader].append(time.monotonic() - start)
        print(f"{files} files, {os.cpu_count()} processors")
        ours = statistics.median(seconds["neurovasc archive index"])
        for reader, times in seconds.items():
            median = statistics.median(times)
            print(f"{reader:26} {files / median:10.0f} files/s   index is {median / ours:6.2f} times as fast")


if __name__ == "__main__":
    main()
