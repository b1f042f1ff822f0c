#pragma once

#include "json_fields.h"
#include "json_words.h"
#include "neurovasc/core/calendar.h"
#include "neurovasc/core/review.h"
#include "side_fields.h"

namespace neurovasc::result {

template <typename Fields>
void describeTime(Fields& f, std::chrono::system_clock::time_point& time) {
  std::string text = utcText(time);
  f.text("time", text);
  const auto parsed = parseUtc(text);
  f.require(parsed.has_value(), "time: expected the form 2026-11-21T09:35:00Z");
  time = parsed.value_or(time);
}

template <typename Fields>
void describe(Fields& f, FirstReading& first) {
  f.word("side", first.side);
  f.word("finding", first.finding);
  f.textOrNull("comment", first.comment);
  describeTime(f, first.time);
}

template <typename Fields>
void describe(Fields& f, ContactVerdict& verdict) {
  f.text("contact", verdict.contact_id);
  f.word("decision", verdict.decision);
  f.word("state", verdict.state);
  f.word("kind", verdict.kind);
  f.word("name", verdict.vessel_name);
  f.word("zone", verdict.zone);
  f.word("campos_benitez", verdict.campos_benitez);
  f.word("sindou", verdict.sindou);
  f.textOrNull("comment", verdict.comment);
}

template <typename Fields>
void describe(Fields& f, AddedContact& added) {
  f.word("side", added.side);
  f.point("nerve_point_lps_mm", added.nerve_point_mm);
  f.point("vessel_point_lps_mm", added.vessel_point_mm);
  f.word("kind", added.kind);
  f.word("name", added.vessel_name);
  f.word("state", added.state);
  f.number("distance_mm", added.distance_mm, kLengthDecimals);
  f.word("campos_benitez", added.campos_benitez);
  f.word("sindou", added.sindou);
  f.textOrNull("comment", added.comment);
}

template <typename Fields>
void describe(Fields& f, ZoneVerdict& verdict) {
  f.word("side", verdict.side);
  f.word("zone", verdict.zone);
  f.word("status", verdict.status);
  f.textOrNull("comment", verdict.comment);
}

template <typename Fields>
void describe(Fields& f, MovedLandmarks& moved) {
  f.word("side", moved.side);
  describe(f, moved.landmarks);
  f.groupOrNull("reassessed", moved.reassessed);
  f.list("vessels", moved.vessels);
  f.list("lapsed", moved.lapsed);
}

template <typename Fields>
void describe(Fields& f, Review& review) {
  f.text("reader", review.reader);
  describeTime(f, review.time);
  f.text("assessment_sha256", review.assessment_sha256);
  f.list("read_first", review.read_first);
  f.list("verdicts", review.verdicts);
  f.list("added", review.added);
  f.list("zones", review.zones);
  f.list("landmarks", review.landmarks);
}

}  // namespace neurovasc::result
