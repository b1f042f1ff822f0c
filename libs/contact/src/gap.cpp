#include "neurovasc/contact/gap.h"

#include <algorithm>
#include <cmath>

#include "calibre.h"
#include "check.h"
#include "cleft.h"
#include "gap_fit.h"
#include "unseen_end.h"

namespace neurovasc::contact {
namespace {

double square(double x) { return x * x; }

double registrationError(const FusedStudy& study, const GapErrorModel& errors) {
  for (const Registration& registration : study.registrations) {
    if (registration.moving == SeriesRole::tof && registration.error_mm) {
      return *registration.error_mm;
    }
  }
  return errors.registration_mm;
}

/// The error of a noisy line at @p place of @p nerve; GapErrorModel::noisy_line_mm.
double lineError(const FusedStudy& study, const Anatomy& anatomy, const Nerve& nerve,
                 const Place& place, const GapErrorModel& errors) {
  const auto& root = nerve.landmarks.root_exit_point;
  if (!root || root->manual || study.t2.noise_sd <= 0) return 0;
  const double snr = anatomy.levels.t2_csf / study.t2.noise_sd;
  const double noisy = std::clamp(4 * (errors.sure_snr / snr - 1), 0.0, 1.0);
  const double from_root_mm =
      std::abs(place.nerve_arclength_mm - project(nerve.tube.points_mm, root->lps_mm).arclength_mm);
  return errors.noisy_line_mm * noisy * std::max(0.0, 1 - from_root_mm / errors.noisy_reach_mm);
}

Gap withoutLineError(const FusedStudy& study, const Anatomy& anatomy, const Nerve& nerve,
                     std::size_t vessel, const Place& place, const GapOptions& options) {
  const Vessel& what = anatomy.vessels[vessel];
  if (!options.fit || !what.evidence.seen_on_t2) {
    return tubeGap(study, nerve, what, place, options);
  }
  const std::optional<FittedGap> fitted = fitGap(study, anatomy, nerve, vessel, place, options);
  if (!fitted) {
    return tubeGap(study, nerve, what, place, options);
  }
  const GapErrorModel& e = options.errors;
  if (!fitted->believed) {
    Gap gap = tubeGap(study, nerve, what, place, options);
    gap.sd_mm = std::hypot(
        gap.sd_mm, std::min(std::abs(fitted->gap.raw_mm - gap.raw_mm), e.most_disagreement_mm));
    return gap;
  }
  Gap gap = fitted->gap;
  gap.raw_mm -= e.cleft_bias_per_voxel * meanVoxelMm(study);
  gap.contradicted = place.gap_mm <= 0 && gap.raw_mm > options.most_parted_mm;
  gap.sd_mm = std::sqrt(square(gap.sd_mm) + square(e.pulsation_mm) +
                        2 * square(e.surface_per_voxel * meanVoxelMm(study)));
  if (gap.contradicted) {
    gap.sd_mm = std::hypot(gap.sd_mm, std::min(gap.raw_mm - place.gap_mm, e.most_disagreement_mm));
  }
  return gap;
}

bool onAttached(const Nerve& nerve, const Gap& gap) {
  const auto& detachment = nerve.landmarks.detachment_point;
  const auto& line = nerve.tube.points_mm;
  return detachment && project(line, gap.place.nerve_axis_mm).arclength_mm <
                           project(line, detachment->lps_mm).arclength_mm;
}

/// Where the vessel's line ends on its way to the nerve, the gap is that of its straight
/// continuation, known to half of what was not seen.
Gap withUnseenEnd(const FusedStudy& study, const Anatomy& anatomy, const Nerve& nerve,
                  std::size_t vessel, const Place& place, const GapOptions& options, Gap seen) {
  if (seen.raw_mm <= 0) return seen;
  const auto end = beyondEnd(study, anatomy, nerve, vessel, place, options);
  if (!end || end->place.gap_mm >= seen.raw_mm) return seen;
  Vessel gone_on = anatomy.vessels[vessel];
  gone_on.tube = end->vessel;
  Gap gap = tubeGap(study, nerve, gone_on, end->place, options);
  gap.unseen_mm = end->place.vessel_arclength_mm - lengthOf(anatomy.vessels[vessel].tube.points_mm);
  gap.sd_mm = std::hypot(std::max(gap.sd_mm, seen.sd_mm), (seen.raw_mm - gap.raw_mm) / 2);
  return gap;
}

/// A vessel that is lost on its way to the nerve is at most as far from it as where it was last
/// seen, and something dark in the cleft may be any part of it: the gap is known to half of itself.
void doubtWhatIsHidden(const Anatomy& anatomy, const Nerve& nerve, std::size_t vessel,
                       const Place& place, const GapOptions& options, Gap& gap) {
  if (gap.raw_mm <= 0) return;
  gap.lost = gap.unseen_mm == 0 && isLostOnItsWay(anatomy, nerve, vessel, place, options);
  if (gap.lost || gap.darker_between > options.max_darker_between) {
    gap.sd_mm = std::hypot(gap.sd_mm, gap.raw_mm / 2);
  }
}

/// Between a vessel and the attached nerve only CSF that is seen is sure to part the two.
void doubtUnseenCleft(const FusedStudy& study, const Anatomy& anatomy, const Nerve& nerve,
                      const GapOptions& options, Gap& gap) {
  if (gap.raw_mm <= 0 || gap.raw_mm > options.most_unseen_mm || !onAttached(nerve, gap)) return;
  const CleftFluid fluid = fluidUnder(study, anatomy.levels, gap);
  gap.without_fluid = fluid.share < options.least_fluid_share;
  const double unseen_mm =
      std::clamp(gap.raw_mm - fluid.width_mm, 0.0, options.errors.most_disagreement_mm);
  gap.sd_mm = std::hypot(gap.sd_mm, unseen_mm);
}

}  // namespace

double meanVoxelMm(const FusedStudy& study) {
  const Vec3& v = study.t2.acquired_voxel_mm;
  return std::cbrt(v.x * v.y * v.z);
}

void validate(const GapOptions& options) {
  require(options.half_length_mm > 0, "half_length_mm", "above 0");
  require(options.nerve_reach_mm > 0, "nerve_reach_mm", "above 0");
  require(options.vessel_reach_mm > 0, "vessel_reach_mm", "above 0");
  require(options.max_iterations > 0, "max_iterations", "above 0");
  require(options.max_rms > 0, "max_rms", "above 0");
  require(options.max_disbelieved > 0 && options.max_disbelieved <= 1, "max_disbelieved",
          "above 0, at most 1");
  require(options.max_darker_between > 0, "max_darker_between", "above 0");
  require(options.most_parted_mm > 0, "most_parted_mm", "above 0");
  require(options.least_fluid_share >= 0 && options.least_fluid_share < 1, "least_fluid_share",
          "at least 0, below 1");
  require(options.least_heading > 0 && options.least_heading <= 1, "least_heading",
          "above 0, at most 1");
  require(options.longest_unseen_mm >= 0, "longest_unseen_mm", "at least 0");
  require(options.fluid_share > 0, "fluid_share", "above 0");
  require(options.least_lost_heading >= 0 && options.least_lost_heading <= 1, "least_lost_heading",
          "0 to 1");
  require(options.most_lost_mm >= 0, "most_lost_mm", "at least 0");
  require(options.most_unseen_mm > 0, "most_unseen_mm", "above 0");
  const GapErrorModel& e = options.errors;
  require(e.surface_per_voxel > 0 && e.tube_surface_per_voxel > 0, "surface error", "above 0");
  require(e.cleft_bias_per_voxel >= 0 && e.wall_mm >= 0 && e.registration_mm >= 0 &&
              e.pulsation_mm >= 0 && e.most_disagreement_mm >= 0 && e.noisy_line_mm >= 0,
          "gap error terms", "at least 0");
  require(e.noisy_reach_mm > 0, "noisy_reach_mm", "above 0");
  require(e.sure_snr > 0, "sure_snr", "above 0");
}

Gap tubeGap(const FusedStudy& study, const Nerve& nerve, const Vessel& vessel, const Place& place,
            const GapOptions& options) {
  const GapErrorModel& e = options.errors;
  Gap gap;
  gap.raw_mm = place.gap_mm;
  gap.nerve = nerve.tube;
  gap.vessel = vessel.tube;
  gap.place = place;
  double variance =
      2 * square(e.tube_surface_per_voxel * meanVoxelMm(study)) + square(e.pulsation_mm);
  if (!vessel.evidence.seen_on_t2) {
    variance += square(registrationError(study, e)) + square(e.wall_mm);
  }
  gap.sd_mm = std::sqrt(variance);
  return gap;
}

Gap measureGap(const FusedStudy& study, const Anatomy& anatomy, const Nerve& nerve,
               std::size_t vessel, const Place& place, const GapOptions& options) {
  Gap gap = withUnseenEnd(study, anatomy, nerve, vessel, place, options,
                          withoutLineError(study, anatomy, nerve, vessel, place, options));
  gap.sd_mm = std::hypot(gap.sd_mm, lineError(study, anatomy, nerve, place, options.errors));
  doubtUnseenCleft(study, anatomy, nerve, options, gap);
  doubtWhatIsHidden(anatomy, nerve, vessel, place, options, gap);
  return gap;
}

}  // namespace neurovasc::contact
