#include "measure_anew.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "measure_side.h"
#include "neurovasc/core/error.h"
#include "neurovasc/followup/doubtful_sides.h"
#include "restored_study.h"

namespace neurovasc::pipeline {
namespace {

namespace fs = std::filesystem;
using followup::DoubtfulSide;

/// Landmarks of an earlier date were found, if elsewhere: nobody placed them.
SideAssessment withFoundLandmarks(SideAssessment side, const NerveLandmarks& given) {
  NerveLandmarks& marks = side.nerve.landmarks;
  for (const auto landmark : {&NerveLandmarks::root_exit_point, &NerveLandmarks::detachment_point,
                              &NerveLandmarks::porus}) {
    if (marks.*landmark && given.*landmark) {
      (marks.*landmark)->manual = (given.*landmark)->manual;
    }
  }
  return side;
}

/// Empty where no nerve was found with them either.
std::optional<MeasuredAnew> measured(const DoubtfulSide& doubtful, const fs::path& folder,
                                     int threads, const Progress& progress) {
  try {
    MovedLandmarks anew = measureSide(restoreStudy(folder, threads, progress), doubtful.side,
                                      {doubtful.landmarks, doubtful.axis_mm}, threads, progress);
    return MeasuredAnew{withFoundLandmarks(*std::move(anew.reassessed), doubtful.landmarks),
                        std::move(anew.vessels)};
  } catch (const Error& error) {
    if (error.code() != ErrorCode::nerve_not_found) {
      throw;
    }
    return std::nullopt;
  }
}

/// Puts @p anew in the place of the date's own side, if it shows more.
bool takeIfBetter(const MeasuredAnew& anew, Assessment& assessment) {
  const auto own = std::find_if(
      assessment.sides.begin(), assessment.sides.end(),
      [&anew](const SideAssessment& side) { return side.side == anew.assessment.side; });
  if (!followup::isBetterSeen(*own, anew.assessment)) {
    return false;
  }
  *own = anew.assessment;
  assessment.vessels.insert(assessment.vessels.end(), anew.vessels.begin(), anew.vessels.end());
  return true;
}

}  // namespace

bool measureDoubtfulSides(const Comparison& comparison, const std::vector<fs::path>& folders,
                          const followup::CompareOptions& options,
                          std::vector<followup::FollowupDate>& dates,
                          std::vector<ComparedDate>& placed, const Progress& progress) {
  bool any = false;
  for (const DoubtfulSide& doubtful : followup::doubtfulSides(dates, comparison, options)) {
    progress.report("match", 0,
                    fmt::format("date {}, {} side, again with the first date's landmarks",
                                doubtful.date + 1, name(doubtful.side)));
    auto anew = measured(doubtful, folders[doubtful.date], options.threads, progress);
    if (anew && takeIfBetter(*anew, dates[doubtful.date].assessment)) {
      placed[doubtful.date].measured_anew.push_back(*std::move(anew));
      any = true;
    }
  }
  return any;
}

}  // namespace neurovasc::pipeline
