#pragma once

#include <string>
#include <vector>

#include "neurovasc/core/comparison.h"
#include "text_layout.h"

namespace neurovasc::report {

/// A title per date: which, and how long after the first.
std::vector<std::string> dateTitles(const Comparison& comparison);

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

/// Header and one row per contact: its gap at each date, the change, what became of it. Empty
/// without contacts.
std::vector<Row> comparedContactRows(const SideComparison& side, const Comparison& comparison);

/// The clinical course of a side, and images and course together; both empty without a course.
struct ComparedCourse {
  std::vector<std::string> sentences;  ///< time since surgery, spasm, groups, look-alikes
  std::string joint;
};
ComparedCourse comparedCourse(const SideComparison& side, const Comparison& comparison);

}  // namespace neurovasc::report
