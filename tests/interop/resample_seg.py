"""Compares DICOM SEGs of one grid with the .seg.nrrd of the same structures, resampled anew by the
rule that docs/dicom-conformance.md states.

usage: resample_seg.py SEG_NRRD SEG...

The .seg.nrrd is read as 3D Slicer reads it: all segments of its layer are cut to the extent that
the first one states. Occupancies may differ by the rounding of one step of 255.
"""
import gzip
import sys

import numpy
import pydicom
from compare_seg import decoded

MOST_SAMPLES = 8


def header_and_labels(path):
    head, data = open(path, "rb").read().split(b"\n\n", 1)
    header = {}
    for line in head.decode().splitlines():
        key, found, value = line.partition(":=" if ":=" in line else ": ")
        if found:
            header[key] = value
    size = [int(n) for n in header["sizes"].split()]
    return header, numpy.frombuffer(gzip.decompress(data), numpy.uint8).reshape(size[::-1])


def vector(text):
    return numpy.array([float(n) for n in text.strip("()").split(",")])


class Structures:
    def __init__(self, path):
        header, labels = header_and_labels(path)
        low_i, high_i, low_j, high_j, low_k, high_k = (int(n) for n in header["Segment0_Extent"].split())
        self.labels = numpy.zeros_like(labels)
        shown = numpy.s_[low_k : high_k + 1, low_j : high_j + 1, low_i : high_i + 1]
        self.labels[shown] = labels[shown]
        self.origin = vector(header["space origin"])
        steps = numpy.array([vector(step) for step in header["space directions"].split()])
        self.finest = numpy.linalg.norm(steps, axis=1).min()
        self.to_index = numpy.linalg.inv(steps)
        count = sum(key.endswith("_LabelValue") for key in header)
        self.ids = [header[f"Segment{n}_ID"] for n in range(count)]
        self.segment_of = numpy.full(256, count, numpy.uint8)
        for n in range(count):
            self.segment_of[int(header[f"Segment{n}_LabelValue"])] = n

    def at(self, points):
        """The segment in which each point lies; as many as there are segments: none."""
        k_j_i = numpy.floor((points - self.origin) @ self.to_index + 0.5).astype(int)[..., ::-1]
        inside = ((k_j_i >= 0) & (k_j_i < self.labels.shape)).all(-1)
        labels = numpy.zeros(inside.shape, numpy.uint8)
        labels[inside] = self.labels[tuple(k_j_i[inside].T)]
        return self.segment_of[labels]


class Planes:
    """The grid on which the SEG's frames lie."""

    def __init__(self, seg):
        shared = seg.SharedFunctionalGroupsSequence[0]
        orientation = shared.PlaneOrientationSequence[0].ImageOrientationPatient
        measures = shared.PixelMeasuresSequence[0]
        row, column = (numpy.array(orientation[n : n + 3], float) for n in (0, 3))
        self.steps = [
            row * float(measures.PixelSpacing[1]),
            column * float(measures.PixelSpacing[0]),
            numpy.cross(row, column) * float(measures.SpacingBetweenSlices),
        ]
        self.j, self.i = numpy.mgrid[0 : seg.Rows, 0 : seg.Columns]

    def points(self, position):
        return position + self.i[..., None] * self.steps[0] + self.j[..., None] * self.steps[1]

    def samples(self, finest):
        lengths = (numpy.linalg.norm(step) for step in self.steps)
        counts = [int(numpy.clip(2 * numpy.ceil(length / finest - 1e-6), 2, MOST_SAMPLES)) for length in lengths]
        return [
            sum(((n + 0.5) / count - 0.5) * step for n, count, step in zip(index, counts, self.steps))
            for index in numpy.ndindex(*counts)
        ]


def shares(structures, planes, position):
    """Of each segment, and last of none, the number of samples in each pixel."""
    found = numpy.stack([structures.at(planes.points(position + s)) for s in planes.samples(structures.finest)])
    return numpy.stack([(found == n).sum(0) for n in range(len(structures.ids) + 1)])


def different(mask, counts, segment, is_binary):
    if is_binary:
        # The first of equals wins, none last, as argmax has it.
        return (mask != (counts.argmax(0) == segment)).sum()
    return (abs(mask - 255 * counts[segment] / counts.sum(0)) > 0.5 + 1e-6).sum()


def main(nrrd_file, *seg_files):
    structures = Structures(nrrd_file)
    slices = {}
    for file in seg_files:
        seg = pydicom.dcmread(file)
        names = {s.SegmentNumber: s.TrackingID for s in seg.SegmentSequence}
        for mask, group in zip(decoded(seg), seg.PerFrameFunctionalGroupsSequence):
            position = tuple(float(p) for p in group.PlanePositionSequence[0].ImagePositionPatient)
            number = group.SegmentIdentificationSequence[0].ReferencedSegmentNumber
            part = (mask.astype(int), structures.ids.index(names[number]), seg.SegmentationType == "BINARY")
            slices.setdefault(position, []).append(part)
    planes = Planes(seg)
    wrong = filled = 0
    for position, parts in slices.items():
        counts = shares(structures, planes, numpy.array(position))
        for mask, segment, is_binary in parts:
            wrong += different(mask, counts, segment, is_binary)
            filled += numpy.count_nonzero(mask)
    assert filled > 0, "no structure has a voxel"
    assert wrong == 0, f"{wrong} voxels differ"
    print(f"{len(names)} segments, {filled} voxels, all alike")


if __name__ == "__main__":
    main(*sys.argv[1:])
