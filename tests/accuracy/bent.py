#!/usr/bin/python3
"""Bends the shared studies into heads that nobody has seen, analyses them, and scores the results.

    tests/accuracy/bent.py [--seed N] [--cases a1,a5] [--series t2] [--program FILE] [--processes N] [OUT]

Each study of shared/cases is warped by a smooth random field (2.2 mm on average near the nerves, a few
per cent of stretch and shear), its T2 contrast is changed by a power of 0.75 to 1.3, and to two in four
noise is added. The truth is bent alike: what touches goes on touching, other gaps scale with the field.
OUT (out/bent-N) keeps truth and result of each; what the same program has done is not done again.
Needs Debian's python3-numpy, -scipy, -pydicom and -nibabel.
"""
import argparse
import concurrent.futures
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import nibabel
import numpy as np
import pydicom
from scipy import ndimage

import sweep

ROLES = {"s3": "t2", "s5": "tof", "s8": "t1c"}  # folders of the shared studies
MEAN_SHIFT_MM = 2.2
BUMPS = 26
BUMP_SIGMA_MM = (11, 20)
BUMPS_WITHIN_MM = (45, 30, 25)  # of the middle between the nerves
STRETCH = 0.04
GAMMA = (0.75, 1.3)
SNR = (None, None, 40, 25)
LATTICE = 4  # voxels between the places where the field is worked out
LPS_RAS = np.diag([-1.0, -1.0, 1.0, 1.0])


def load(folder):
    """A series as an array (column, row, slice) with its affine to LPS mm."""
    slices = [pydicom.dcmread(path) for path in folder.iterdir()]
    column, row = np.reshape(np.array(slices[0].ImageOrientationPatient, float), (2, 3))
    position = {id(s): np.array(s.ImagePositionPatient, float) for s in slices}
    slices.sort(key=lambda s: np.dot(np.cross(column, row), position[id(s)]))
    values = np.stack([s.pixel_array.astype(np.float32) * float(s.get("RescaleSlope", 1))
                       + float(s.get("RescaleIntercept", 0)) for s in slices], -1).transpose(1, 0, 2)
    spacing = np.array(slices[0].PixelSpacing, float)
    first, last = position[id(slices[0])], position[id(slices[-1])]
    affine = np.eye(4)
    affine[:3, :3] = np.stack([column * spacing[1], row * spacing[0], (last - first) / (len(slices) - 1)], 1)
    affine[:3, 3] = first
    return values, affine


def save(values, affine, path):
    image = nibabel.Nifti1Image(values.astype(np.float32), LPS_RAS @ affine)
    image.set_qform(LPS_RAS @ affine, 1)
    image.set_sform(LPS_RAS @ affine, 1)
    image.header.set_xyzt_units("mm")
    nibabel.save(image, path)


class Field:
    """Where the bent head's points come from: p + field(p)."""

    def __init__(self, rng, middle):
        self.middle = middle
        self.at = middle + rng.uniform(-1, 1, (BUMPS, 3)) * BUMPS_WITHIN_MM
        self.sigma = rng.uniform(*BUMP_SIGMA_MM, BUMPS)
        self.shift = rng.normal(0, 1, (BUMPS, 3))
        self.linear = rng.normal(0, STRETCH, (3, 3))
        near = middle + rng.uniform(-1, 1, (400, 3)) * (30, 15, 12)
        self.shift *= MEAN_SHIFT_MM / np.sqrt((self.bumps(near) ** 2).sum(1).mean())

    def bumps(self, points):
        total = np.zeros_like(points)
        for at, sigma, shift in zip(self.at, self.sigma, self.shift):
            total += np.exp(-((points - at) ** 2).sum(-1) / (2 * sigma**2))[:, None] * shift
        return total

    def __call__(self, points):
        return self.bumps(points) + (points - self.middle) @ self.linear.T

    def bent(self, point):
        """Where a point of the shared head lies in the bent one."""
        start = np.asarray(point, float)[None]
        found = start.copy()
        for _ in range(60):
            found = start - self(found)
        return found[0]


def bend(values, affine, field, rotation, shift):
    """The series of the bent head; rotation and shift take T2 points to the series' own."""
    steps = [np.arange(0, size + LATTICE, LATTICE) for size in values.shape]
    lattice = np.stack(np.meshgrid(*steps, indexing="ij"), -1).astype(float)
    points = (lattice.reshape(-1, 3) @ affine[:3, :3].T + affine[:3, 3] - shift) @ rotation
    source = (points + field(points)) @ rotation.T + shift
    source = np.linalg.solve(affine[:3, :3], (source - affine[:3, 3]).T).reshape(3, *lattice.shape[:3])
    spline, out = ndimage.spline_filter(values, 3), np.empty_like(values)
    for k in range(0, values.shape[2], 16):  # in slabs, for memory's sake
        slab = np.arange(k, min(values.shape[2], k + 16))
        here = np.stack(np.meshgrid(*(np.arange(n) for n in values.shape[:2]), slab, indexing="ij")) / LATTICE
        where = [ndimage.map_coordinates(axis, here, order=1) for axis in source]
        out[:, :, slab] = ndimage.map_coordinates(spline, where, order=3, prefilter=False, mode="nearest")
    return np.clip(out, 0, None)


def changed(values, role, gamma, snr, rng):
    """Another contrast of T2; Rician noise."""
    if role == "t2":
        top = np.percentile(values, 99.5)
        values = top * (values / top) ** gamma
    if snr:
        signal = np.percentile(values, 99) if role == "t2" else 1.5 * np.percentile(values, 90)
        noise = rng.normal(0, signal / snr, (2, *values.shape))
        values = np.hypot(values + noise[0], noise[1])
    return values


def bent_truth(truth, field):
    for side in truth["sides"].values():
        side["centerline"] = [field.bent(p).tolist() for p in side["centerline"]]
        for key in ("root", "rdp", "porus"):
            side[key] = field.bent(side[key]).tolist()
        for near in side["near"]:
            before = np.linalg.norm(np.subtract(near["nerve_point"], near["vessel_point"]))
            near["nerve_point"] = field.bent(near["nerve_point"]).tolist()
            near["vessel_point"] = field.bent(near["vessel_point"]).tolist()
            after = np.linalg.norm(np.subtract(near["nerve_point"], near["vessel_point"]))
            near["min_distance_mm"] *= after / before
    return truth


def make(case, seed, folder, roles):
    """Writes the bent study; returns its truth."""
    digest = hashlib.sha256(f"{case.name} {seed}".encode()).digest()
    rng = np.random.default_rng(int.from_bytes(digest[:8], "big"))
    truth = json.loads((case / "truth" / "truth.json").read_text())
    lines = np.concatenate([side["centerline"] for side in truth["sides"].values()])
    field = Field(rng, lines.mean(0))
    gamma, snr = rng.uniform(*GAMMA), SNR[rng.integers(len(SNR))]
    motion = truth["tof_motion"]
    for series, role in ROLES.items():
        if role in roles and (case / "dicom" / series).is_dir():
            values, affine = load(case / "dicom" / series)
            moved = role == "tof"
            rotation = np.array(motion["R"]) if moved else np.eye(3)
            shift = np.array(motion["t"]) if moved else np.zeros(3)
            values = bend(values, affine, field, rotation, shift)
            save(changed(values, role, gamma, snr, rng), affine, folder / f"{role}.nii.gz")
    return bent_truth(truth, field)


def work(case, arguments, out):
    """One study from shared case to kept result; returns what is to be printed."""
    sha256 = hashlib.sha256(arguments.program.read_bytes()).hexdigest()
    told = {"program": sha256, "seed": arguments.seed, "series": arguments.series}
    kept, mark = out / case.name, out / case.name / "run.txt"
    if mark.exists() and mark.read_text() == json.dumps(told):
        return f"{case.name}: done before"
    shutil.rmtree(kept, ignore_errors=True)
    (kept / "truth").mkdir(parents=True)
    with tempfile.TemporaryDirectory(prefix="neurovasc_bent_") as scratch:
        scratch = pathlib.Path(scratch)
        truth = make(case, arguments.seed, scratch, arguments.series.split(","))
        (kept / "truth" / "truth.json").write_text(json.dumps(truth))
        inputs = [word for role in ROLES.values() if (scratch / f"{role}.nii.gz").exists()
                  for word in (f"--{role}", str(scratch / f"{role}.nii.gz"))]
        code, cpu_s = sweep.run([str(arguments.program), "analyze", *inputs, "--output", str(scratch / "result"),
                                 "--threads", "1", "--quiet", "--without", "pictures,source"], kept / "log")
        if (scratch / "result" / "assessment.json").exists():
            shutil.copy(scratch / "result" / "assessment.json", kept)
    mark.write_text(json.dumps(told))
    return f"{case.name}: exit code {code}, {cpu_s:.0f} s CPU"


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", nargs="?", type=pathlib.Path, metavar="OUT")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cases", help="these shared studies only, with commas")
    parser.add_argument("--series", default="t2,tof,t1c", help="of which what a study has is used")
    parser.add_argument("--program", type=pathlib.Path, default=sweep.ROOT / "build/release/bin/neurovasc")
    parser.add_argument("--processes", type=int, default=2)
    return parser.parse_args()


def main():
    arguments = parse_arguments()
    shared = pathlib.Path(os.environ.get("NEUROVASC_SHARED_DIR", sweep.ROOT.parent / "shared"))
    if not (shared / "cases").is_dir():
        sys.exit(f"skipped: there are no studies at {shared / 'cases'}")
    out = arguments.out or sweep.ROOT / "out" / f"bent-{arguments.seed}"
    wanted = arguments.cases.split(",") if arguments.cases else None
    cases = [c for c in sorted((shared / "cases").iterdir())
             if (c / "truth" / "truth.json").exists() and (not wanted or c.name in wanted)]
    with concurrent.futures.ThreadPoolExecutor(arguments.processes) as pool:
        for line in pool.map(lambda case: work(case, arguments, out), cases):
            print(line, flush=True)
    subprocess.run([sys.executable, str(shared / "tools" / "score.py"), "analyze", str(out), str(out)], check=True)


if __name__ == "__main__":
    main()
