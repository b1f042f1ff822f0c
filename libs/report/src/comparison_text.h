#pragma once

#include <string>
#include <vector>

#include "neurovasc/core/comparison.h"
#include "text_layout.h"

namespace neurovasc::report {

/// A sentence per date: when, which series, how it was brought onto the first.
std::vector<std::string> dateSentences(const Comparison& comparison);

/// Which sides symptoms, surgery, pad and contact name, where they contradict each other; else
/// empty.
std::string sidesBanner(const Comparison& comparison);

/// What became of a side, in one paragraph.
std::string outcomeText(const SideComparison& side, const Comparison& comparison);

/// A paragraph per contact that is near at some date; those in zones that were not explored first.
std::vector<std::string> trackedParagraphs(const SideComparison& side,
                                           const Comparison& comparison);

/// A paragraph per pad of @p side, or that there is none where surgery is known.
std::vector<std::string> comparedPadParagraphs(const SideComparison& side,
                                               const Comparison& comparison);

/// Header and one row per zone.
std::vector<Row> comparedZoneRows(const SideComparison& side, bool one_date);

/// What stands out, a sentence each.
std::vector<std::string> findingSentences(const SideComparison& side);

/// Time since surgery, spasm, what groups can expect, look-alikes, and images and course together.
std::vector<std::string> comparedCourse(const SideComparison& side, const Comparison& comparison);

}  // namespace neurovasc::report
