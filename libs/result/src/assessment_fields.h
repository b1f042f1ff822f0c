#pragma once

#include "clinical_fields.h"
#include "neurovasc/result/assessment_json.h"
#include "neurovasc/result/clinical_table.h"
#include "series_fields.h"
#include "side_fields.h"

namespace neurovasc::result {

template <typename Fields>
void describe(Fields& f, ResultFile& file) {
  f.text("path", file.path);
  f.text("what", file.what);
}

template <typename Fields>
void describe(Fields& f, ClinicalSide& row) {
  f.word("side", row.side);
  f.plain("symptoms", row.symptoms);
  f.plain("lateral_spread", row.lateral_spread);
  f.plain("synkinesis", row.synkinesis);
  f.plain("contact", row.contact);
  f.plain("deformity", row.deformity);
}

/// The course, with the table that follows from it and the findings when it is written.
template <typename Fields>
void describeClinic(Fields& f, Assessment& assessment) {
  f.word("day_zero", assessment.clinical.day_zero);
  describe(f, assessment.clinical);
  if constexpr (Fields::kWrites) {
    auto table = clinicalTable(assessment);
    f.list("sides", table);
  }
}

template <typename Fields>
void describe(Fields& f, SeriesUsed& used) {
  f.textOrNull("t2", used.t2);
  f.textOrNull("tof", used.tof);
  f.textOrNull("ce_t1", used.ce_t1);
}

template <typename Fields>
void describe(Fields& f, Assessment& assessment) {
  f.textOrNull("label", assessment.label);
  f.list("sides", assessment.sides);
  f.list("vessels", assessment.vessels);
  f.listOrNull("pads", assessment.pads);
  f.list("series", assessment.series);
  f.group("series_used", [&](auto& inner) { describe(inner, assessment.series_used); });
  f.list("registration", assessment.registrations);
  f.group("quality", [&](auto& inner) { describe(inner, assessment.quality); });
  f.group("clinical", [&](auto& inner) { describeClinic(inner, assessment); });
  f.plain("warnings", assessment.warnings);
}

}  // namespace neurovasc::result
