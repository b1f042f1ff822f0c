"""Compares one side of an assessment with what was drawn. Lengths are mm in LPS.

Definitions:
  true contact       gap of at most 0.05 mm, outside the internal auditory canal
  no contact         gap of at least 0.5 mm; between the two, detection is not judged, the gap is
  belongs together   reported and true nerve point within 3 mm, each used once; nearest first, by the nerve's point and
                     by the vessel's axis together, since in a tandem two vessels share one point of the nerve
  found              the reported one's probability is 0.5 or more
  false contact      a reported one of 0.5 or more that belongs to none or to a place without contact; not a
                     second place within 6 mm of a vessel that touches, nor one in the canal
  listed             every vessel within 2 mm of the nerve has a reported one
  kind and name      not judged where neither can be told and "unknown" is said: of a vein, and without TOF
"""
import numpy as np

TOUCH_MM = 0.05
APART_MM = 0.5
TOGETHER_MM = 3.0
LISTED_MM = 2.0
BELIEVED = 0.5
JUDGED_ZONES = ("RExP", "AS", "RDP", "TZ", "CP")


def dense(line, step=0.1):
    """A poly-line's points, `step` apart."""
    line = np.asarray(line, float)
    arc = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))])
    at = np.arange(0, arc[-1], step)
    return np.column_stack([np.interp(at, arc, line[:, axis]) for axis in range(3)])


def distances(points, line):
    """Of each point to the nearest point of a dense line."""
    return np.linalg.norm(points[:, None, :] - line[None, :, :], axis=2).min(axis=1)


def nearest(line, point):
    return int(np.linalg.norm(line - np.asarray(point, float), axis=1).argmin())


def apart(a, b):
    return float(np.linalg.norm(np.subtract(a, b)))


def nerve_errors(truth, nerve):
    """How well the nerve was followed: free part, attached part, stray, landmarks."""
    marks = nerve.get("landmarks") or {}
    errors = {f"{name}_error": None if marks.get(name) is None else apart(marks[name], truth[key])
              for name, key in (("root_exit_point", "root"), ("detachment_point", "rdp"), ("porus", "porus"))}
    errors.update(free_mean=None, free_covered=0.0, attached_mean=None, stray_p95=None)
    if len(nerve.get("centerline_lps_mm") or []) < 2:
        return errors
    drawn, found = dense(truth["centerline"]), dense(nerve["centerline_lps_mm"])
    detachment, porus = nearest(drawn, truth["rdp"]), nearest(drawn, truth["porus"])
    free = distances(drawn[detachment:porus + 1], found)
    errors.update(free_mean=float(free.mean()), free_covered=float((free < 1).mean()),
                  attached_mean=float(distances(drawn[:detachment + 1], found).mean()))
    ends = sorted((nearest(found, marks.get("detachment_point") or truth["rdp"]),
                   nearest(found, marks.get("porus") or truth["porus"])))
    if ends[1] - ends[0] > 5:
        errors["stray_p95"] = float(np.percentile(distances(found[ends[0]:ends[1] + 1], drawn), 95))
    return errors


def axes_of(vessels):
    """Dense centre lines of the reported vessels, by id."""
    lines = {v["id"]: v.get("centerline_lps_mm") or [] for v in vessels}
    return {name: dense(line) for name, line in lines.items() if len(line) > 1}


def both_apart(drawn, reported, axes):
    """Nerve points, and the true vessel's axis from the reported one's (its surface where that is not told), added up."""
    axis = axes.get(reported.get("vessel_id"), np.array([reported["vessel_point_lps_mm"]], float))
    to_axis = np.linalg.norm(axis - np.asarray(drawn["vessel_point"], float), axis=1).min()
    return apart(reported["nerve_point_lps_mm"], drawn["nerve_point"]) + float(to_axis)


def matched(drawn, reported, vessels=()):
    """Index of the reported contact of each true place, or None."""
    axes = axes_of(vessels)
    pairs = sorted((both_apart(d, r, axes), i, j) for i, d in enumerate(drawn) for j, r in enumerate(reported)
                   if apart(r["nerve_point_lps_mm"], d["nerve_point"]) <= TOGETHER_MM)
    of_drawn, used = {}, set()
    for _, i, j in pairs:
        if i not in of_drawn and j not in used:
            of_drawn[i] = j
            used.add(j)
    return [of_drawn.get(i) for i in range(len(drawn))]


def same_name(drawn, reported):
    return drawn == reported or ("vein" in drawn and "vein" in str(reported))


def place(drawn, reported, zones, with_tof):
    """One true place and what was said of it."""
    gap = drawn["min_distance_mm"]
    one = dict(vessel=drawn["vessel"], kind=drawn["kind"], zone=drawn["segment"], gap=gap, arc=drawn["arclength_from_root_mm"],
               diameter=drawn.get("diameter_mm"), touches=gap <= TOUCH_MM, apart=gap >= APART_MM, listed=reported is not None,
               probability=0.0, error=None, sd=None, zone_right=None, kind_right=None, name_right=None,
               called_clear=any(z["zone"] == drawn["segment"] and z["status"] == "clear" for z in zones))
    if reported is None:
        return one
    vessel = reported.get("vessel") or {}
    one["probability"] = float(reported["contact_probability"])
    one["zone_right"] = reported.get("zone") == drawn["segment"]
    if with_tof or vessel.get("name") != "unknown":
        one["name_right"] = same_name(drawn["vessel"], vessel.get("name"))
    if (with_tof and drawn["kind"] != "vein") or vessel.get("kind") != "unknown":
        one["kind_right"] = vessel.get("kind") == drawn["kind"]
    if reported.get("distance_mm") is not None:
        one["error"] = float(reported["distance_mm"]) - max(0.0, gap)
        one["sd"] = reported.get("distance_sd_mm")
    return one


def is_second_place(reported, drawn):
    return any(d["min_distance_mm"] <= TOUCH_MM and
               apart(reported["nerve_point_lps_mm"], d["nerve_point"]) < 2 * TOGETHER_MM for d in drawn)


def false_contacts(drawn, reported, partner):
    """Believed contacts where there is none: (probability, its zone, the true gap there or None)."""
    owner = {j: i for i, j in enumerate(partner) if j is not None}
    wrong = []
    for j, contact in enumerate(reported):
        probability = float(contact["contact_probability"])
        i = owner.get(j)
        if probability < BELIEVED or (i is None and contact.get("zone") == "IAC"):
            continue
        if i is not None and drawn[i]["min_distance_mm"] < APART_MM:
            continue
        if i is None and is_second_place(contact, drawn):
            continue
        wrong.append(dict(probability=probability, zone=contact.get("zone"), vessel=(contact.get("vessel") or {}).get("name"),
                          kind=(contact.get("vessel") or {}).get("kind"), gap=None if i is None else drawn[i]["min_distance_mm"]))
    return wrong


def judge(truth, side, vessels=(), with_tof=True):
    """Everything of one side of the truth; `side` is None where there is no result, `vessels` are the result's."""
    side = side or {}
    nerve, zones = side.get("nerve") or {}, side.get("zones") or []
    reported = [c for c in side.get("contacts") or []
                if c.get("nerve_point_lps_mm") and c.get("contact_probability") is not None]
    drawn = truth["near"]
    partner = matched(drawn, reported, vessels)
    places = [place(d, None if j is None else reported[j], zones, with_tof)
              for d, j in zip(drawn, partner) if d["segment"] != "IAC"]
    wrong = false_contacts(drawn, reported, partner)
    judged = [z for z in zones if z["zone"] in JUDGED_ZONES]
    return dict(places=places, false=wrong, nerve=nerve_errors(truth, nerve), answered=bool(nerve) and nerve.get("status") != "not_found",
                clear=not any(p["gap"] < APART_MM for p in places), finding=side.get("finding"), zones=len(judged),
                zones_not_assessable=sum(z["status"] == "not_assessable" for z in judged),
                reasons=sorted({str(z.get("reason")) for z in judged if z["status"] == "not_assessable"}))
