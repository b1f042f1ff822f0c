"""Compares a DICOM SEG, as pydicom reads it, with masks on the grid of its source series.

usage: compare_seg.py SEG SOURCE_FOLDER EXPECTED_PREFIX

EXPECTED_PREFIX<n>.raw holds segment n, one byte a voxel, columns fastest, slices in the order of
their positions along the normal. Frames are placed by their own geometry alone, not by their order.
"""
import pathlib
import sys

import numpy
import pydicom


def source_grid(folder):
    images = [pydicom.dcmread(path, stop_before_pixels=True) for path in pathlib.Path(folder).iterdir()]
    row, column = (numpy.array(images[0].ImageOrientationPatient[n : n + 3], float) for n in (0, 3))
    normal = numpy.cross(row, column)
    images.sort(key=lambda image: normal @ numpy.array(image.ImagePositionPatient, float))
    return images, row, column, normal


def decoded(seg):
    if seg.SegmentationType == "BINARY":
        bits = numpy.unpackbits(numpy.frombuffer(seg.PixelData, numpy.uint8), bitorder="little")
        values = bits[: int(seg.NumberOfFrames) * seg.Rows * seg.Columns]
    else:
        values = numpy.frombuffer(seg.PixelData, numpy.uint8)
        values = values[: int(seg.NumberOfFrames) * seg.Rows * seg.Columns]
    return values.reshape(int(seg.NumberOfFrames), seg.Rows, seg.Columns)


def main(seg_file, folder, expected):
    seg = pydicom.dcmread(seg_file)
    images, row, column, normal = source_grid(folder)
    orientation = seg.SharedFunctionalGroupsSequence[0].PlaneOrientationSequence[0].ImageOrientationPatient
    assert numpy.allclose(orientation, [*row, *column], atol=1e-6), "orientation"
    assert seg.FrameOfReferenceUID == images[0].FrameOfReferenceUID, "frame of reference"
    masks = {s.SegmentNumber: numpy.zeros((len(images), seg.Rows, seg.Columns), numpy.uint8) for s in seg.SegmentSequence}
    positions = [numpy.array(image.ImagePositionPatient, float) for image in images]
    for pixels, groups in zip(decoded(seg), seg.PerFrameFunctionalGroupsSequence):
        place = numpy.array(groups.PlanePositionSequence[0].ImagePositionPatient, float)
        k = int(numpy.argmin([numpy.linalg.norm(place - p) for p in positions]))
        assert numpy.linalg.norm(place - positions[k]) < 1e-3, "position"
        source = groups.DerivationImageSequence[0].SourceImageSequence[0]
        assert source.ReferencedSOPInstanceUID == images[k].SOPInstanceUID, "source image"
        assert pixels.any(), "a frame without content"
        masks[groups.SegmentIdentificationSequence[0].ReferencedSegmentNumber][k] = pixels
    for number, mask in masks.items():
        wanted = numpy.fromfile(f"{expected}{number}.raw", numpy.uint8).reshape(mask.shape)
        assert (mask == wanted).all(), f"segment {number} differs in {(mask != wanted).sum()} voxels"
    left = seg.SegmentSequence[0]
    modifier = left.SegmentedPropertyTypeCodeSequence[0].SegmentedPropertyTypeModifierCodeSequence[0]
    assert modifier.CodeMeaning == "Left", "laterality"
    k, j, i = numpy.nonzero(masks[1])
    spacing = [float(v) for v in images[0].PixelSpacing]
    x = [positions[a][0] + row[0] * c * spacing[1] + column[0] * b * spacing[0] for a, b, c in zip(k, j, i)]
    assert min(x) > 5, "the left structure reaches the patient's middle"
    print(f"{len(masks)} segments are equal, segment 1 lies on the left")


if __name__ == "__main__":
    main(*sys.argv[1:])
