"""From judged sides to figures: groups of sides and places, and what is counted in them."""
import csv
import json

import numpy as np

from judge import BELIEVED, LISTED_MM, judge

SCORED_GAP_MM = 0.15     # from here on the error of a gap counts against the bar


def read_json(path):
    return json.loads(path.read_text()) if path.exists() else None


def load(out):
    """Every side that was to be judged: (row, judged). Studies that could not be drawn are left out."""
    sides = []
    for path in sorted(out.glob("*/row.json")):
        row, truth = read_json(path), read_json(path.parent / "truth.json")
        if truth is None:
            continue
        result = read_json(path.parent / "assessment.json") or {}
        for name in row["sides"]:
            found = next((s for s in result.get("sides", []) if s["side"] == name), None)
            judged = judge(truth["sides"][name], found, result.get("vessels", []), "tof" in row["series"])
            sides.append((dict(row, side=name, without_result=not result), judged))
    return sides


def places(sides):
    return [dict(p, row=row) for row, judged in sides for p in judged["places"]]


def beliefs(sides):
    """(probability, 1 where it touches) of every place where that is known, false contacts included."""
    pairs = [(p["probability"], int(p["touches"])) for p in places(sides)
             if p["touches"] or (p["apart"] and p["listed"])]
    return pairs + [(f["probability"], 0) for _, judged in sides for f in judged["false"] if f["gap"] is None]


def expected_calibration_error(pairs, bins=10):
    if not pairs:
        return None
    p, y = np.array(pairs, float).T
    of = np.minimum((p * bins).astype(int), bins - 1)
    return float(sum((of == b).mean() * abs(p[of == b].mean() - y[of == b].mean()) for b in set(of)))


def mean(values):
    values = [float(v) for v in values if v is not None]
    return float(np.mean(values)) if values else None


def percentile(values, percent):
    return float(np.percentile(values, percent)) if len(values) else None


def of_places(chosen):
    """Figures of places alone, whatever side they are on."""
    touching = [p for p in chosen if p["touches"]]
    measured = [p for p in chosen if p["error"] is not None]
    gaps = [abs(p["error"]) for p in measured if p["gap"] > SCORED_GAP_MM]
    with_sd = [p for p in measured if p["sd"] is not None]
    return dict(
        places=len(chosen), contacts=len(touching), found=sum(p["probability"] >= BELIEVED for p in touching),
        sensitivity=mean(p["probability"] >= BELIEVED for p in touching),
        listed=mean(p["listed"] for p in chosen if p["gap"] <= LISTED_MM),
        believed=mean(p["probability"] >= BELIEVED for p in chosen),
        gaps=len(gaps), gap_median=percentile(gaps, 50), gap_p95=percentile(gaps, 95),
        bias=mean(p["error"] for p in measured if p["gap"] > SCORED_GAP_MM),
        within_two_sd=mean(abs(p["error"]) <= 2 * p["sd"] + 1e-9 for p in with_sd),
        sd_median=percentile([p["sd"] for p in with_sd], 50),
        zone=mean(p["zone_right"] for p in touching), kind=mean(p["kind_right"] for p in touching),
        name=mean(p["name_right"] for p in touching), called_clear=sum(p["called_clear"] for p in touching))


def of_sides(sides):
    """Everything that is counted in a group of sides."""
    judged = [j for _, j in sides]
    clear = [j for j in judged if j["clear"]]
    pairs = beliefs(sides)
    zones = sum(j["zones"] for j in judged)
    nerve = lambda key: [j["nerve"][key] for j in judged]
    marks = [v for key in ("root_exit_point_error", "detachment_point_error", "porus_error") for v in nerve(key)]
    return dict(
        of_places(places(sides)), sides=len(sides), unanswered=sum(not j["answered"] for j in judged),
        clear_sides=len(clear), false_on_clear=sum(len(j["false"]) for j in clear),
        false_per_clear=mean(len(j["false"]) for j in clear), false_contacts=sum(len(j["false"]) for j in judged),
        zones=zones, not_assessable=sum(j["zones_not_assessable"] for j in judged) / zones if zones else None,
        free_mean=mean(nerve("free_mean")), free_covered=mean(nerve("free_covered")), stray_p95=mean(nerve("stray_p95")),
        attached_mean=mean(nerve("attached_mean")), landmarks=mean(marks),
        brier=mean((p - y) ** 2 for p, y in pairs), ece=expected_calibration_error(pairs), beliefs=len(pairs))


def read_matrix(path):
    with open(path, newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))
