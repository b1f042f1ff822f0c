#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "neurovasc/archive/catalogue.h"
#include "neurovasc/archive/manifest.h"
#include "neurovasc/archive/work.h"

namespace neurovasc::archive {

/// What is to be done with a study.
enum class PlanState {
  waiting,   ///< not run yet, or run on fewer files than there are now
  done,      ///< by this version with these options
  stale,     ///< done by another version or with other options
  failed,    ///< waits for `archive retry`
  rejected,  ///< by a reader (qc.h); waits for another version or other options, then runs again
  excluded,  ///< cannot be analysed
};

std::string_view name(PlanState state);

/// Why a study cannot be analysed, in the order in which they are looked for.
enum class Exclusion {
  none,
  no_t2,         ///< no heavily T2-weighted series
  t2_too_thick,  ///< T2 there, but too thick to measure on
  t2_geometry,   ///< the chosen T2's slices lie irregularly or sheared
  no_tof,        ///< asked for, and not there
  no_ce_t1,
  gone,  ///< its files are gone, or it left the PACS
};

std::string_view name(Exclusion exclusion);

struct PlannedStudy {
  StudyRow study;
  PlanState state = PlanState::waiting;
  Exclusion exclusion = Exclusion::none;
  std::string reason;  ///< of an exclusion or failure, a sentence
};

struct Plan {
  std::vector<PlannedStudy> studies;      ///< ordered by patient, day and key
  std::vector<UnreadableRow> unreadable;  ///< folders in which something could not be read
  std::string options_hash;

  /// How many studies are in each state, all states included.
  std::map<PlanState, std::size_t> totals() const;
};

/// Judges every study of @p catalogue by its headers alone; one at a PACS by what queries told, and
/// what they left open excludes it from nothing.
Plan makePlan(const Catalogue& catalogue, const WorkOptions& options);

/// Which of a plan's studies are to be run.
struct Selection {
  bool stale = false;   ///< also what an older version or other options made
  bool failed = false;  ///< also what failed before
};

/// The jobs of @p plan in its order. Where a study shares its folder with another one, its files
/// are listed in a file of @p lists_folder, which is made for its owner alone.
/// Throws Error(output_unwritable).
std::vector<ManifestRow> jobsOf(const Plan& plan, const Catalogue& catalogue,
                                const WorkOptions& options, const Selection& selection,
                                const std::filesystem::path& lists_folder);

/// The comparisons that the results of @p plan allow: of each patient every analysed study with the
/// one before it, by day, and the pairs of the table made by hand. Studies without a day, of one
/// day, or of a patient with two birth dates are in no pair but such a one. The options_hash covers
/// both results, so that a comparison is made again when one of them was.
std::vector<ManifestRow> comparisonsOf(const Plan& plan, const Catalogue& catalogue,
                                       const WorkOptions& options);

/// Tab-separated, one row per study: study, patient, state, exclusion, reason, series, t2_voxel_mm,
/// tof, ce_t1, order, days_after_surgery, files, bytes, source; then the unreadable folders as rows
/// of the state "unreadable", counted but not named. What only the images of a study at a PACS will
/// tell is empty.
std::string planTsv(const Plan& plan);

/// The same as JSON, schema "neurovasc.archive-plan/1".
std::string planJson(const Plan& plan);

}  // namespace neurovasc::archive
