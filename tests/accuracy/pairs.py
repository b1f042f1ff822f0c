#!/usr/bin/python3
"""pairs.py CASES RESULTS: how well comparisons brought the dates together and found the pads.

Prints a row per pair: the largest error of the registration at the truth's six nerve landmarks, the
error that the program reports, the pad's volume by the truth's labels and as found."""
import gzip
import json
import struct
import sys

import numpy as np

PAD = 5  # of truth/labels.nii.gz


def read(path):
    with open(path) as file:
        return json.load(file)


def landmarks(truth):
    return np.array([truth["sides"][side][key] for side in ("left", "right")
                     for key in ("root", "rdp", "porus")])


def pad_volume(path):
    data = gzip.open(path).read()
    voxel = np.prod(struct.unpack("<3f", data[80:92]))
    offset = int(struct.unpack("<f", data[108:112])[0])
    return float((np.frombuffer(data[offset:], np.uint8) == PAD).sum() * voxel)


def main():
    cases, results = sys.argv[1:3]
    print("| pair | error at the landmarks, mm | reported, mm | pad, mm³ | found, mm³ | touches nerve |")
    print("| --- | --- | --- | --- | --- | --- |")
    for pair in read(f"{cases}/pairs.json")["pairs"]:
        got = read(f"{results}/{pair['id']}/comparison.json")
        registration = got["dates"][1]["registration"][0]
        motion = registration["date_from_first"]
        rotation = np.reshape(motion["rotation"], (3, 3))
        first = landmarks(read(f"{cases}/{pair['pre']}/truth/truth.json"))
        later = landmarks(read(f"{cases}/{pair['post']}/truth/truth.json"))
        error = np.linalg.norm(first @ rotation.T + motion["translation_mm"] - later, axis=1).max()
        volume = pad_volume(f"{cases}/{pair['post']}/truth/labels.nii.gz")
        pads = [p for p in got["pads"] if p["date"] == 1]
        found = ", ".join(f"{p['volume_mm3']:.0f}" for p in pads) or "none"
        touches = ", ".join(p["touches_nerve"] for p in pads)
        print(f"| {pair['id']} | {error:.3f} | {registration['error_mm']:.2f} | {volume:.0f} "
              f"| {found} | {touches} |")


if __name__ == "__main__":
    main()
