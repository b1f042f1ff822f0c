"""Prints the volume in mm3 that the contours of one ROI of an RT structure set enclose.

usage: contour_volume.py RTSTRUCT ROI_NUMBER SLICE_SPACING_MM
"""
import sys

import numpy
import pydicom


def area(points):
    """Of a planar polygon in space (Newell)."""
    normal = numpy.cross(points, numpy.roll(points, -1, axis=0)).sum(axis=0)
    return numpy.linalg.norm(normal) / 2


def main(file, number, spacing):
    structures = pydicom.dcmread(file)
    roi = next(r for r in structures.ROIContourSequence if r.ReferencedROINumber == int(number))
    contours = [numpy.array(c.ContourData, float).reshape(-1, 3) for c in roi.ContourSequence]
    print(sum(area(c - c[0]) for c in contours) * float(spacing))


if __name__ == "__main__":
    main(*sys.argv[1:])
