#pragma once

#include <string>
#include <vector>

#include "neurovasc/core/assessment.h"
#include "neurovasc/core/comparison.h"
#include "neurovasc/core/review.h"

namespace neurovasc::report {

/// A table: rows of cells, the first row its titles. Empty: there is none.
using TextTable = std::vector<std::vector<std::string>>;

/// What is said of one side.
struct SideText {
  Side side = Side::left;
  std::string title;                  ///< "LEFT FACIAL NERVE"
  std::string finding;                ///< its sentence of the impression
  std::string nerve;                  ///< how far it is followed, landmarks, calibre
  std::vector<std::string> contacts;  ///< a paragraph each; one that says why where there is none
  std::vector<std::string> pads;
  TextTable zones;           ///< zone, place, what was found, what would have been seen
  std::string zones_reason;  ///< in place of the table, where no zone could be assessed
  /// id, vessel, zone, gap, probability, deformity: the short form of contacts, in their order.
  TextTable contact_table;
};

/// What one reader says, beside what the program says.
struct ReviewText {
  std::string title;                  ///< "REVIEW BY A. READER, 2026-11-21 10:15 UTC"
  std::vector<std::string> findings;  ///< a sentence per side and per thing said of it
  TextTable contacts;                 ///< id, the program, the reader, comment
  TextTable zones;  ///< side and zone, the program, the reader, comment: where they differ
};

/// Everything that is said of a study, in parts: report.txt lays them out as text, the page as
/// HTML, so that both say the same. All wording comes from libs/report/templates/report.phrases.
struct ReportText {
  std::string title;
  std::string notice;  ///< kResearchUseOnly
  std::string author;
  std::string label;                ///< empty: none was given
  TextTable clinical;               ///< a row per side; empty without clinical information
  std::vector<std::string> course;  ///< what the clinical information says, a sentence each
  std::vector<std::string> technique;
  TextTable series;                     ///< all of the study, with what each was used as
  TextTable registration;               ///< how series were brought onto T2
  std::vector<SideText> sides;          ///< as in Assessment::sides
  std::string probability_note;         ///< what the probability in contact_table is of
  std::vector<std::string> comparison;  ///< of the sides, sentences that read on
  std::vector<std::string> impression;
  std::vector<ReviewText> reviews;
  std::vector<std::string> limits;   ///< what was not looked for or is not excluded
  std::vector<std::string> reading;  ///< how tables, pictures and figures are to be read; page only
};

/// @p reviews are of this assessment, one of each reader.
ReportText reportText(const Assessment& assessment,
                      const std::vector<ReviewedAssessment>& reviews = {});

/// What is said of one side between dates.
struct ComparedSideText {
  Side side = Side::left;
  std::string title;                  ///< "LEFT FACIAL NERVE"
  std::string outcome;                ///< what became of it, in one paragraph
  std::vector<std::string> findings;  ///< what stands out, a sentence each
  std::vector<std::string> contacts;  ///< a paragraph each, those in unexplored zones first
  std::vector<std::string> pads;
  TextTable zones;                  ///< zone, explored, first date, now, pad there
  std::vector<std::string> course;  ///< the clinical course, a sentence each; empty: none was given
  std::string joint;                ///< images and course together, or that the sides disagree
  /// id, vessel, zone, gap at each date, change, what became of it; rows as in
  /// SideComparison::contacts. Empty without contacts.
  TextTable contact_table;
};

/// Everything that is said of dates compared, in parts, as ReportText of one study. Every sentence
/// is printed in docs/follow-up.md.
struct ComparisonText {
  std::string title;
  std::string notice;  ///< kResearchUseOnly
  std::string author;
  std::string banner;                    ///< that the sides differ; empty: they do not
  std::string label;                     ///< empty: none was given
  std::vector<std::string> date_titles;  ///< "Date 2, 44 weeks after the first"; one each
  std::vector<std::string> dates;  ///< when, which series, how brought onto the first; one each
  std::vector<ComparedSideText> sides;
  std::string course_none;  ///< in place of the sides' courses, where no side has any
  std::vector<std::string> limits;
  std::vector<std::string> reading;  ///< page only
};

ComparisonText comparisonText(const Comparison& comparison);

}  // namespace neurovasc::report
