#!/usr/bin/python3
"""Scores the pairs that pair_sweep.py made: pair_score.py [--check] [--split tune|held_out] [OUT]

What is right follows from the truths: with T the vessels that touch a side's nerve (gap of at most 0.05
mm, outside the canal) before and now, a vessel in both is residual_contact (with surgery told of or a
pad drawn, else unchanged); else one in T now is new_contact; else one in T before is decompressed; else
no_contact. Sides with a gap between 0.05 and 0.5 mm are not judged. --check ends with 1 where an outcome
is wrong, a pad is taken for an artery or the other way round, or a refusal did not come.
"""
import argparse
import collections
import json
import pathlib
import sys

import numpy as np

from judge import APART_MM, BELIEVED, TOGETHER_MM, TOUCH_MM, apart
from pair_design import rows
from pair_sweep import study_folder
from sweep import ROOT

NEAR_PAD_MM = 4.0
CHANGED = ("resolved", "new", "moved")
REFUSED = (6, 11)


def load(path):
    return json.loads(path.read_text()) if path.exists() else None


def near(truth, side):
    return [v for v in truth["sides"][side]["near"] if v["segment"] != "IAC"]


def touching(truth, side):
    return {v["vessel"] for v in near(truth, side) if v["min_distance_mm"] <= TOUCH_MM}


def is_clear_cut(truth, side):
    return not any(TOUCH_MM < v["min_distance_mm"] < APART_MM for v in near(truth, side))


def expected(truths, side, told):
    before, now = touching(truths[0], side), touching(truths[-1], side)
    if before & now:
        operated = told or any(p["side"] == side for t in truths for p in t["pads"])
        return "residual_contact" if operated else "unchanged"
    if now:
        return "new_contact"
    return "decompressed" if before else "no_contact"


def is_at_pad(point, truth):
    return any(apart(point, pad["center"]) <= NEAR_PAD_MM for pad in truth["pads"])


def pads_called_arteries(compared, truth, assessed):
    """Believed arteries of the last date at the truth's pad where no vessel comes near the nerve, but for those
    that the comparison calls ambiguous."""
    side, wrong = compared["side"], 0
    ambiguous = {contact["dates"][-1]["contact_id"] for contact in compared["contacts"]
                 if contact["dates"][-1]["may_be_clot"]}
    for contact in assessed["contacts"]:
        if ((contact["contact_probability"] or 0) < BELIEVED or contact["vessel"]["kind"] != "artery"
                or contact["id"] in ambiguous):
            continue
        place = contact["nerve_point_lps_mm"]
        real = any(apart(place, v["nerve_point"]) < TOGETHER_MM and v["min_distance_mm"] < 1
                   for v in truth["sides"][side]["near"])
        wrong += not real and is_at_pad(place, truth)
    return wrong


def contacts_found(truth, assessed):
    """Whether every contact drawn on a side is among the believed ones; nothing where none was drawn."""
    drawn = [v for v in truth["near"] if v["segment"] != "IAC" and v["min_distance_mm"] <= TOUCH_MM]
    believed = [c["nerve_point_lps_mm"] for c in assessed["contacts"] if (c["contact_probability"] or 0) >= BELIEVED]
    return all(any(apart(v["nerve_point"], p) < TOGETHER_MM for p in believed) for v in drawn)


def analysed_well(truths, assessments, side):
    """Whether the first and the last date's analyses each found the side's contacts."""
    return all(contacts_found(truth["sides"][side], side_of(assessment, side))
               for truth, assessment in ((truths[0], assessments[0]), (truths[-1], assessments[-1])))


def side_of(assessment, side):
    return next(s for s in assessment["sides"] if s["side"] == side)


def as_compared(assessment, date):
    """The assessment with those of its sides that the comparison measured again."""
    anew = {m["assessment"]["side"]: m["assessment"] for m in date["measured_anew"]}
    return {**assessment, "sides": [anew.get(s["side"], s) for s in assessment["sides"]]}


def pad_figures(comparison, truths):
    called = [p for p in comparison["pads"] if p["kind"] == "pad"]
    wrong = [p for p in called if not is_at_pad(p["center_lps_mm"], truths[p["date"]])]
    last = len(truths) - 1
    found, volumes, within = 0, [], 0
    for pad in truths[-1]["pads"]:
        mine = [p for p in comparison["pads"]
                if p["date"] == last and apart(p["center_lps_mm"], pad["center"]) <= NEAR_PAD_MM]
        found += bool(mine)
        if mine:
            best = min(mine, key=lambda p: apart(p["center_lps_mm"], pad["center"]))
            volumes.append(best["volume_mm3"] / pad["volume_mm3"])
            within += best["least_volume_mm3"] <= pad["volume_mm3"] <= best["most_volume_mm3"]
    return dict(pads=len(truths[-1]["pads"]), found=found, arteries_called_pads=len(wrong), volumes=volumes,
                within=within)


def judged_sides(row, comparison, truths, assessments):
    for side in comparison["sides"]:
        if not all(is_clear_cut(t, side["side"]) for t in truths):
            continue
        want = expected(truths, side["side"], bool(row["surgery"]))
        same = touching(truths[0], side["side"]) == touching(truths[-1], side["side"])
        states = [c["state"] for c in side["contacts"]]
        yield dict(id=row["id"], kind=row["kind"], side=side["side"], operated=side["side"] == truths[-1]["side"],
                   want=want, got=side["outcome"], reason=side.get("reason"),
                   same_anatomy=row["kind"] in ("unchanged", "clear") and same,
                   change=any(s in CHANGED for s in states),
                   stayed=bool(touching(truths[-1], side["side"])),
                   found=analysed_well(truths, assessments, side["side"]),
                   pads_called_arteries=pads_called_arteries(side, truths[-1],
                                                             side_of(assessments[-1], side["side"])))


def collect(out, split=None):
    sides, pads, refusals, broken, missing = [], [], [], [], []
    for row in (r for r in rows() if split in (None, r["split"])):
        done = load(out / row["id"] / "row.json")
        if done is None:
            missing.append(row["id"])
        elif row["refused"]:
            refusals.append(dict(id=row["id"], kind=row["kind"], code=done["exit_code"], said=done.get("message", "")))
        elif done["exit_code"]:
            broken.append(dict(id=row["id"], kind=row["kind"], code=done["exit_code"], said=done.get("message", "")))
        else:
            truths = [load(p) for p in sorted((out / row["id"]).glob("truth*.json"))]
            comparison = load(out / row["id"] / "comparison.json")
            assessments = [as_compared(load(study_folder(out, told) / "result" / "assessment.json"), date)
                           for told, date in zip(row["dates"], comparison["dates"])]
            sides += judged_sides(row, comparison, truths, assessments)
            pads.append(dict(id=row["id"], **pad_figures(comparison, truths)))
    return sides, pads, refusals, broken, missing


def share(good, all_):
    return f"{good} of {all_}" + (f" ({good / all_:.2f})" if all_ else "")


def print_kinds(sides):
    print("\n| kind | operated sides right | not assessable | wrong |\n| --- | --- | --- | --- |")
    kinds = collections.defaultdict(list)
    for s in sides:
        if s["operated"]:
            kinds[s["kind"]].append(s)
    for kind, of in kinds.items():
        right = sum(s["got"] == s["want"] for s in of)
        unknown = sum(s["got"] == "not_assessable" for s in of)
        print(f"| {kind} | {right} of {len(of)} | {unknown} | {len(of) - right - unknown} |")


def print_totals(sides, pads, refusals, broken):
    operated = [s for s in sides if s["operated"]]
    answered = [s for s in operated if s["got"] != "not_assessable"]
    found = [s for s in operated if s["found"]]
    same = [s for s in sides if s["same_anatomy"]]
    volumes = [v for p in pads for v in p["volumes"]]
    print("\n| what | figure | bar |\n| --- | --- | --- |")
    print(f"| outcomes of operated sides right | {share(sum(s['got'] == s['want'] for s in operated), len(operated))} | 0.9 |")
    print(f"| the same where an outcome was given | {share(sum(s['got'] == s['want'] for s in answered), len(answered))} | |")
    print(f"| the same where both dates' analyses found the contacts | {share(sum(s['got'] == s['want'] for s in found), len(found))} | 0.9 |")
    print(f"| outcomes of all sides right | {share(sum(s['got'] == s['want'] for s in sides), len(sides))} | |")
    print(f"| `decompressed` though a vessel touches | {sum(s['got'] == 'decompressed' and s['stayed'] for s in sides)} | 0 |")
    print(f"| same anatomy scanned twice: no change reported | {share(sum(not s['change'] for s in same), len(same))} | 0.95 |")
    print(f"| pads seen | {share(sum(p['found'] for p in pads), sum(p['pads'] for p in pads))} | |")
    print(f"| arteries or nothing called `pad` | {sum(p['arteries_called_pads'] for p in pads)} | 0 |")
    print(f"| pads called a touching artery | {sum(s['pads_called_arteries'] for s in sides)} | 0 |")
    if volumes:
        print(f"| pads' volume over the true one, median | {np.median(volumes):.2f} | 1 |")
        print(f"| pads' true volume within the range given | {share(sum(p['within'] for p in pads), len(volumes))} | |")
    print(f"| no pair, refused | {share(sum(r['code'] in REFUSED for r in refusals), len(refusals))} | all |")
    print(f"| pairs that ended with an error | {len(broken)} | 0 |")


def faults(sides, pads, refusals, broken):
    """What is wrong, in words; that something could not be assessed is not."""
    out = [f"{s['id']} {s['kind']} {s['side']}: {s['got']} in place of {s['want']}" for s in sides
           if s["got"] not in (s["want"], "not_assessable")]
    out += [f"{s['id']} {s['side']}: change reported of the same anatomy" for s in sides if s["same_anatomy"] and s["change"]]
    out += [f"{p['id']}: something else is called a pad" for p in pads if p["arteries_called_pads"]]
    out += [f"{s['id']} {s['side']}: a pad is called a touching artery" for s in sides if s["pads_called_arteries"]]
    out += [f"{r['id']} {r['kind']}: not refused (exit code {r['code']})" for r in refusals if r["code"] not in REFUSED]
    return out + [f"{b['id']} {b['kind']}: exit code {b['code']}: {b['said']}" for b in broken]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", nargs="?", type=pathlib.Path, default=ROOT / "out" / "pairs", metavar="OUT")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--split", choices=("tune", "held_out"), help="figures of these pairs only")
    options = parser.parse_args()
    sides, pads, refusals, broken, missing = collect(options.out, options.split)
    total = sum(options.split in (None, r["split"]) for r in rows())
    print(f"{total - len(missing)} of {total} pairs done")
    print_kinds(sides)
    print_totals(sides, pads, refusals, broken)
    wrong = faults(sides, pads, refusals, broken)
    print("\n" + "\n".join(wrong or ["nothing wrong among what was assessed"]))
    for s in sides:
        if s["got"] == "not_assessable":
            print(f"{s['id']} {s['kind']} {s['side']}: not assessable, {s['reason']} ({s['want']} by the truth)")
    for s in sides:
        if not s["found"]:
            print(f"{s['id']} {s['kind']} {s['side']}: an analysis missed a contact")
    sys.exit(bool(options.check and (wrong or not (sides or refusals))))


if __name__ == "__main__":
    main()
