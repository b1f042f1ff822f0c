"""Compares a structured report, as pydicom reads it, with the assessment.json it was made from.

usage: compare_sr.py SR ASSESSMENT_JSON
"""
import json
import sys

import pydicom

MEASURES = {
    "121206": "distance_mm",
    "contact-prob": "contact_probability",
    "arc-length": "arclength_mm",
    "contact-area": "area_mm2",
    "contact-length": "length_mm",
    "clock": "clock",
    "crossing-angle": "angle_deg",
    "unseen-vessel": "unseen_vessel_mm",
    "indentation": "indentation_mm",
    "displacement": "displacement_mm",
    "calibre-ratio": "calibre_ratio",
}
SPREADS = {
    "distance_mm": "distance_sd_mm",
    "indentation_mm": "indentation_sd_mm",
    "displacement_mm": "displacement_sd_mm",
}
GRADES = {"None": "none", "Mild": "mild", "Moderate": "moderate", "Severe": "severe"}


def concept(item):
    return item.ConceptNameCodeSequence[0].CodeValue


def children(item, name=None):
    items = item.get("ContentSequence", [])
    return [c for c in items if "ConceptNameCodeSequence" in c and (name is None or concept(c) == name)]


def value(item):
    measured = item.get("MeasuredValueSequence", [])
    if not measured:
        assert item.NumericValueQualifierCodeSequence[0].CodingSchemeDesignator == "DCM"
        return None
    return float(measured[0].NumericValue)


def spread(item):
    found = children(item, "371884006")
    return value(found[0]) if found else None


def answer(group, name):
    found = [c for c in children(group, name) if c.ValueType == "CODE"]
    return found[0].ConceptCodeSequence[0].CodeValue if found else None


def same(a, b, what):
    assert (a is None) == (b is None) and (a is None or abs(a - b) < 1e-6), f"{what}: {a} is not {b}"


def is_readers(group):
    return answer(group, "121005") == "121006"


def tracked(groups):
    """The program's groups by their identifiers."""
    groups = [g for g in groups if not is_readers(g)]
    return {children(g, "112039")[0].TextValue: g for g in groups if children(g, "112039")}


def compare_contact(group, contact):
    numbers = {concept(c): c for c in children(group) if c.ValueType == "NUM"}
    for code, key in MEASURES.items():
        same(value(numbers[code]), contact[key], f"{contact['id']} {key}")
        if key in SPREADS and contact[key] is not None:
            same(spread(numbers[code]), contact[SPREADS[key]], f"{contact['id']} {SPREADS[key]}")
    same(value(numbers["81827009"]), contact["vessel"]["diameter_mm"], "diameter")
    state = answer(group, "contact-state")
    assert state == (contact["state"] and contact["state"].replace("_", "-")), "state"
    assert answer(group, "zone") == contact["zone"], "zone"
    grade = children(group, "campos-benitez")
    grade = GRADES[grade[0].ConceptCodeSequence[0].CodeMeaning] if grade else None
    assert grade == contact["grades"]["campos_benitez"], "grade"


def compare_gap(item, contact):
    same(value(item), contact["distance_mm"], f"{contact['id']} derived gap")
    lines = [c for c in children(item, "121055") if c.ValueType == "SCOORD3D"]
    if contact["nerve_point_lps_mm"]:
        wanted = contact["nerve_point_lps_mm"] + contact["vessel_point_lps_mm"]
        for a, b in zip(lines[0].GraphicData, wanted):
            assert abs(a - b) < 1e-4, "nearest pair"


def compare_side(group, side):
    assert answer(group, "121071").replace("-", "_") == side["finding"], "finding"
    for zone in side["zones"]:
        assert answer(group, zone["zone"]).replace("-", "_") == zone["status"], zone["zone"]
    for code, key in (("RExP", "root_exit_point"), ("RDP", "detachment_point"), ("61671002", "porus")):
        points = [c for c in children(group, code) if c.ValueType == "SCOORD3D"]
        landmark = side["nerve"]["landmarks"][key]
        assert bool(points) == bool(landmark), key
        for a, b in zip(points[0].GraphicData if points else [], landmark or []):
            assert abs(a - b) < 1e-4, key


def references(item, found):
    for reference in item.get("ReferencedSOPSequence", []):
        found.add(reference.ReferencedSOPInstanceUID)
    for child in item.get("ContentSequence", []):
        references(child, found)
    return found


def evidence(sr):
    studies = sr.CurrentRequestedProcedureEvidenceSequence
    return {i.ReferencedSOPInstanceUID for st in studies for se in st.ReferencedSeriesSequence for i in se.ReferencedSOPSequence}


def main(sr_file, json_file):
    sr = pydicom.dcmread(sr_file)
    wanted = json.load(open(json_file))
    assert sr.VerificationFlag == "UNVERIFIED" and sr.ContentTemplateSequence[0].TemplateIdentifier == "1500"
    assert references(sr, set()) == evidence(sr), "evidence"
    groups = tracked(children(children(sr, "126010")[0], "125007"))
    derived = children(sr, "126011")
    gaps = {children(n, "112039")[0].TextValue: n for n in children(derived[0], "121206")} if derived else {}
    for side in wanted["sides"]:
        compare_side(groups[f"side {side['side']}"], side)
        for contact in side["contacts"]:
            compare_contact(groups[f"contact {contact['id']}"], contact)
            compare_gap(gaps[f"contact {contact['id']}"], contact)
    print(f"{sum(len(s['contacts']) for s in wanted['sides'])} contacts are equal")


if __name__ == "__main__":
    main(*sys.argv[1:])
