"""Compares a structured report of dates, as pydicom reads it, with the comparison.json it was made from.

usage: compare_comparison_sr.py SR COMPARISON_JSON
"""
import json
import sys

import pydicom
from compare_sr import answer, children, concept, same, spread, value

YES = {"373066001": True, "373067005": False}
SIGHTING = {"distance_mm": "121206", "contact_probability": "contact-prob", "arclength_mm": "arc-length"}
CHANGE = {"gap_change_mm": "gap-change", "smallest_change_mm": "smallest-change", "arclength_mm": "arc-length"}
PAD = {
    "distance_mm": "121206",
    "vessel_distance_mm": "pad-vessel",
    "volume_mm3": "118565006",
    "from_mm": "pad-from",
    "to_mm": "pad-to",
}
REGISTRATION = {
    "error_mm": "reg-error",
    "inverse_mm": "reg-inverse",
    "landmark_mm": "reg-landmarks",
    "quality": "reg-quality",
}
SIDES = {"left": "7771000", "right": "24028007"}
PAD_ORDERS = {
    "brainstem_contact_pad": "contact-pad",
    "beside_pad": "beside-pad",
    "pad_contact_canal": "pad-contact",
}


def coded(word):
    return None if word is None else word.replace("_", "-")


def measured(group, name):
    found = [c for c in children(group, name) if c.ValueType == "NUM"]
    return found[0] if found else None


def check_numbers(group, record, names, what):
    for field, name in names.items():
        item = measured(group, name)
        same(value(item) if item else None, record[field], f"{what} {field}")


def check_spread(group, name, wanted, what):
    item = measured(group, name)
    same(spread(item) if item else None, wanted, what)


def texts(group, name):
    return [c.TextValue for c in children(group, name)]


def order(group):
    found = measured(group, "126073")
    return int(value(found)) if found else None


def check_sighting(group, seen, what):
    check_numbers(group, seen, SIGHTING, what)
    if seen["distance_mm"] is not None:
        check_spread(group, "121206", seen["distance_sd_mm"], f"{what} sd")
    assert answer(group, "contact-change") == coded(seen["since_previous"]), what
    assert answer(group, "contact-place") == coded(seen["place"]), what
    assert YES[answer(group, "may-be-clot")] == seen["may_be_clot"], what
    assert texts(group, "contact-id") == [t for t in [seen["contact_id"]] if t], what


def check_change(group, contact, what):
    check_numbers(group, contact, CHANGE, what)
    check_spread(group, "gap-change", contact["gap_change_sd_mm"], f"{what} sd")
    check_spread(group, "vessel-shift", contact["vessel_shift_sd_mm"], f"{what} shift sd")
    shift = [[float(n) for n in t.split()] for t in texts(group, "shift-lps")]
    assert shift == [s for s in [contact["vessel_shift_lps_mm"]] if s], what
    assert answer(group, "contact-change") == coded(contact["state"]), what
    assert YES.get(answer(group, "recovered")) == contact["deformity_recovered"], what
    assert answer(group, "pad-order") == PAD_ORDERS.get(contact["pad_order"]), what
    assert texts(group, "near-pad") == contact["near_pads"], what


def check_contact(groups, contact):
    what = f"contact {contact['id']}"
    assert len(groups) == len(contact["dates"]) + 1, what
    assert len({children(g, "112040")[0].UID for g in groups}) == 1, f"{what} has several identities"
    for n, seen in enumerate(contact["dates"]):
        check_sighting(next(g for g in groups if order(g) == n + 1), seen, f"{what} date {n + 1}")
    check_change(next(g for g in groups if order(g) is None), contact, what)


def check_side(group, side):
    assert answer(group, "121071") == coded(side["outcome"]), side["side"]
    assert YES[answer(group, "surgery-sign")] == side["sign_of_surgery"], side["side"]
    assert len(children(group, "followup-finding")) == len(side["findings"]), side["side"]
    for zone in side["zones"]:
        now = next(c for c in children(group, zone["zone"]) if c.ValueType == "CODE")
        assert now.ConceptCodeSequence[0].CodeValue == coded(zone["now"]), zone
        assert answer(now, "zone-at-first") == coded(zone["before"]), zone
        assert YES[answer(now, "pad-along")] == zone["pad"], zone
    assert texts(group, "course-spasm") == [t for t in [side["course"]["spasm"]] if t], side["side"]


def check_date(group, date, n):
    offset = measured(group, "128740")
    same(value(offset) if offset else None, date["days_since_first"], f"date {n} days")
    weeks = measured(group, "weeks-after-op")
    same(value(weeks) if weeks else None, date["weeks_since_surgery"], f"date {n} weeks")
    if date.get("registration"):
        registration = date["registration"]
        check_numbers(group, registration[0] if isinstance(registration, list) else registration, REGISTRATION, f"date {n}")
    anew = [c.ConceptCodeSequence[0].CodeValue for c in children(group, "measured-anew")]
    assert anew == [SIDES[m["assessment"]["side"]] for m in date["measured_anew"]], f"date {n} measured anew"


def check_pad(group, pad):
    check_numbers(group, pad, PAD, f"pad {pad['id']}")
    check_spread(group, "121206", pad["distance_sd_mm"], f"pad {pad['id']} sd")
    touches = answer(group, "touches-nerve")
    assert {True: "yes", False: "no"}.get(YES.get(touches), touches) == pad["touches_nerve"]


def main(sr_file, json_file):
    sr = pydicom.dcmread(sr_file)
    comparison = json.load(open(json_file))
    groups = {}
    for group in children(children(sr, "126010")[0], "125007"):
        groups.setdefault(children(group, "112039")[0].TextValue, []).append(group)
    for n, date in enumerate(comparison["dates"], 1):
        check_date(groups[f"date {n}"][0], date, n)
    for side in comparison["sides"]:
        check_side(groups[f"side {side['side']}"][0], side)
        for contact in side["contacts"]:
            check_contact(groups[f"contact {contact['id']}"], contact)
    for pad in comparison["pads"]:
        check_pad(groups[f"pad {pad['id']} of date {pad['date'] + 1}"][0], pad)
    earlier = len(sr.get("PertinentOtherEvidenceSequence", []))
    assert earlier == len(comparison["dates"]) - 1, f"{earlier} earlier studies as evidence"
    assert concept(sr) == "126000"


if __name__ == "__main__":
    main(*sys.argv[1:])
