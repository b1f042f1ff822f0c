#include "stable_mask.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "neurovasc/imaging/morphology.h"
#include "neurovasc/imaging/resample.h"

namespace neurovasc::followup {
namespace {

/// Where the root exit points are; enough to tell brainstem from cerebellum.
struct Roots {
  Point3 middle_mm;
  Vec3 lateral;  ///< unit vector to the left
  double half_width_mm = 0;
};

std::optional<Point3> rootOf(const Assessment& assessment, Side side) {
  const SideAssessment* found = findSide(assessment, side);
  return found != nullptr && found->nerve.landmarks.root_exit_point
             ? std::optional<Point3>(found->nerve.landmarks.root_exit_point->lps_mm)
             : std::nullopt;
}

std::optional<Roots> rootsOf(const Assessment& assessment) {
  const auto left = rootOf(assessment, Side::left);
  const auto right = rootOf(assessment, Side::right);
  if (!left || !right || distance(*left, *right) < 1) {
    return std::nullopt;
  }
  return Roots{0.5 * (*left + *right), normalized(*left - *right), 0.5 * distance(*left, *right)};
}

bool inBrainstem(const Point3& p, const Roots& roots, const DateRegistrationOptions& options) {
  // LPS y grows backward; heads are tilted little enough for that.
  const Vec3 from_middle = p - roots.middle_mm;
  return std::abs(dot(from_middle, roots.lateral)) <
             roots.half_width_mm + options.brainstem_lateral_mm &&
         from_middle.y < options.brainstem_behind_mm;
}

bool isBony(Label label) {
  return label == Label::bone || label == Label::labyrinth_left ||
         label == Label::labyrinth_right || label == Label::canal_left ||
         label == Label::canal_right;
}

}  // namespace

std::optional<Point3> labyrinthOf(const LabelMap& labels, Side side) {
  const auto wanted = static_cast<std::uint8_t>(side == Side::left ? Label::labyrinth_left
                                                                   : Label::labyrinth_right);
  const Size3& n = labels.size();
  Vec3 sum;
  std::size_t count = 0;
  for (int k = 0; k < n[2]; ++k) {
    for (int j = 0; j < n[1]; ++j) {
      for (int i = 0; i < n[0]; ++i) {
        if (labels(i, j, k) == wanted) {
          sum += Vec3{static_cast<double>(i), static_cast<double>(j), static_cast<double>(k)};
          ++count;
        }
      }
    }
  }
  if (count == 0) {
    return std::nullopt;
  }
  return labels.geometry().toLps(sum / static_cast<double>(count));
}

Mask stableMask(const FollowupDate& date, const DateRegistrationOptions& options) {
  const LabelMap labels =
      imaging::resampleLabels(date.labels, date.t2.geometry(), {}, options.threads);
  const auto roots = rootsOf(date.assessment);
  Mask stable(labels.geometry());
  const Size3& n = labels.size();
  for (int k = 0; k < n[2]; ++k) {
    for (int j = 0; j < n[1]; ++j) {
      for (int i = 0; i < n[0]; ++i) {
        const auto label = static_cast<Label>(labels(i, j, k));
        const bool brainstem = label == Label::brain && roots &&
                               inBrainstem(labels.geometry().toLps(i, j, k), *roots, options);
        stable(i, j, k) = isBony(label) || brainstem ? 1 : 0;
      }
    }
  }
  return imaging::dilated(stable, options.border_mm, options.threads);
}

}  // namespace neurovasc::followup
