#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "neurovasc/archive/catalogue.h"
#include "neurovasc/archive/plan.h"
#include "neurovasc/core/assessment.h"
#include "neurovasc/core/progress.h"
#include "neurovasc/page/cohort_page.h"

/// A cohort for people: which results to look at first, and what became of all studies.
namespace neurovasc::archive {

/// What makes a result doubtful, and by how many points. Half a point is something to know, one to
/// look at, two and more may change the finding.
struct DoubtOptions {
  /// Of TOF or CE-T1 to T2; counts error / registration_mm points from one on. Half a voxel of a
  /// good T2 is an artery's wall.
  double registration_mm = 0.5;
  /// Probabilities of contact in between tell neither way: a point for each.
  double lowest_probability = 0.3;
  double highest_probability = 0.7;
};

/// Throws Error(usage) naming the option.
void validate(const DoubtOptions& options);

/// Why @p assessment should be looked at, of these kinds: registration (error, or refused),
/// told_side (the side that the clinic names has no contact, or could not be assessed),
/// probability, unknown_vessel, not_assessable (zones RExP to TZ), nerve (partial or not found). A
/// kind gives at most four points.
std::vector<page::Doubt> doubtsOf(const Assessment& assessment, const DoubtOptions& options = {});

/// Studies that leave the flow, and why.
struct FlowExit {
  std::string reason;  ///< "t2_too_thick", "failed_timed_out"
  std::string words;   ///< "T2 too thick"
  std::size_t studies = 0;
};

/// A station of the flow. Studies of a step are those of the next one and of its exits.
struct FlowStep {
  std::string name;   ///< "found"
  std::string words;  ///< "Studies found"
  std::size_t studies = 0;
  std::size_t patients = 0;
  std::size_t with_tof = 0;     ///< of the studies
  std::vector<FlowExit> exits;  ///< on the way to the next step, the largest first
};

/// What became of all studies: found, thin_enough (a T2 series that can be measured on), analysed,
/// paired (of a patient with two or more analysed studies; whom two birth dates make unsure is left
/// out).
struct Flow {
  std::vector<FlowStep> steps;
  std::size_t unreadable_folders = 0;  ///< that hold files of which nothing is known
};

Flow flowOf(const Catalogue& catalogue, const Plan& plan);

/// Tab-separated: step, exit (empty in a step's own line), studies, patients, with_tof.
std::string flowTsv(const Flow& flow);

/// The flow as a diagram: an SVG 1.1 element that names nothing outside itself.
std::string flowSvg(const Flow& flow);

struct ReportOptions {
  DoubtOptions doubt;
  /// Those with the most doubt: a browser stays quick, and nobody looks at more by hand.
  std::size_t most_studies = 2000;
  page::CohortPageOptions page;
};

/// Throws Error(usage) naming the option.
void validate(const ReportOptions& options);

struct ReportSummary {
  std::size_t studies = 0;    ///< with a result
  std::size_t shown = 0;      ///< of them
  std::size_t not_there = 0;  ///< results that are not, or not as collected, in the folder
};

/// Makes the folder @p output with index.html (page::cohortPage()), flow.svg, flow.tsv and run.json
/// from the results in @p results, the folder that `archive run` filled. Nothing in it tells who
/// anybody is: studies and patients stand under their keys. Results that are not there as the
/// catalogue knows them are warned of and left out.
///
/// Stages: report, cohort-page. Throws Error(output_unwritable), Error(internal) unless
/// page::isPageBuilt(), Error(cancelled).
ReportSummary writeReport(const Catalogue& catalogue, const Plan& plan,
                          const std::filesystem::path& results, const std::filesystem::path& output,
                          const ReportOptions& options, bool overwrite,
                          const Progress& progress = {});

}  // namespace neurovasc::archive
