#include "vessel_kinds.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

#include "neurovasc/core/tube.h"
#include "pontomedullary_level.h"
#include "vessel_fit.h"

namespace neurovasc::anatomy {
namespace {

/// Below this part of brain's level on T2 there is neither nerve (0.8 to 1.2) nor, in balanced
/// sequences, venous blood (0.5 to 0.9), but flowing blood (0 to 0.3).
constexpr double kFlowVoid = 0.35;
/// The same for a tube wider than any vein: blood that flows as in some arteries is told there from
/// grey tissue alone.
constexpr double kWideFlowVoid = 0.6;
/// The petrosal vein, the widest of the cistern, has a radius of 0.75 to 1.25 mm.
constexpr double kWide_mm = 1.3;
/// Wider than any vein of the cistern and than V's portio, radius in mm.
constexpr double kThickest_mm = 1.5;
/// V and the petrosal vein lie this far above the roots of VII and more, mm.
constexpr double kTrigeminalLevel_mm = 9.0;
/// A tube is free of the brain where its wall is this far off, mm: more than half the brain's
/// surface is known to.
constexpr double kOffBrain_mm = 0.5;
constexpr double kFreeShare = 0.5;
/// An artery on its way from the basilar to the angle is seen from this near to the midline to this
/// far from it, mm.
constexpr double kMedial_mm = 8.0;
constexpr double kLateral_mm = 13.0;
/// Branches begin on the axis or the wall of their trunk: so near to the wall is on it, mm.
constexpr double kOnTrunk_mm = 0.5;
/// What these signs are worth. A dark vessel of the angle that is no vein by TOF or CE-T1 is an
/// artery in nine of ten anyway; a void in a turbo spin echo may be a vein.
constexpr double kWideVoidConfidence = 0.9;
constexpr double kVoidConfidence = 0.8;
constexpr double kSlowConfidence = 0.7;  // of a wide void that TOF does not show as flow
constexpr double kCourseConfidence = 0.7;
constexpr double kBranchConfidence = 0.8;  // that course, and from a trunk
/// Levels on CE-T1, 1 brain: blood has 1.5 to 3 where the sequence shows blood at all (a spin echo
/// shows flow as a void), pads 0.1 to 0.3, a dark band of balanced sequences in brain 0.9.
constexpr double kEnhanced = 1.5;
constexpr double kUnenhanced = 1.2;

bool isDarker(const FittedLine& line, double part_of_brain, const VesselImages& images) {
  return medianOf(line.t2_level) < part_of_brain * images.t2_brain;
}

bool isVoid(const FittedLine& line, const VesselImages& images) {
  return isDarker(line, kFlowVoid, images);
}

/// Whether contrast agent shows blood in a tube that is darker than grey tissue on T2.
bool enhances(const FittedLine& line, const VesselImages& images) {
  return !line.ce_t1_level.empty() && medianOf(line.ce_t1_level) >= kEnhanced &&
         isDarker(line, 1, images);
}

/// Whether a tube wider than any vein holds blood: an artery's, however slow.
bool isTrunksBlood(const FittedLine& line, const VesselImages& images) {
  return isDarker(line, kWideFlowVoid, images) || enhances(line, images);
}

class KindByCourse {
 public:
  KindByCourse(const VesselImages& images, const Anatomy& anatomy, double course_mm)
      : images_(images),
        anatomy_(anatomy),
        course_mm_(course_mm),
        root_z_mm_(pontomedullaryLevelMm(anatomy)) {}

  void judge(Piece& piece) const {
    if (const double sure = arteryConfidence(piece.line); sure > 0) {
      piece.kind = VesselKind::artery;
      piece.kind_confidence = sure;
    } else if (piece.kind == VesselKind::artery || freeShare(piece.line) >= kFreeShare) {
      piece.kind = VesselKind::unknown;
      piece.kind_confidence = 0;
    }
  }

  bool onTof(const FittedLine& line) const {
    return !images_.tof.empty() &&
           std::any_of(line.points_mm.begin(), line.points_mm.end(),
                       [this](const Point3& p) { return images_.tof_coverage.contains(p); });
  }

  bool crossesTheAngle(const FittedLine& line) const {
    double medial = std::numeric_limits<double>::infinity();
    double lateral = 0;
    for (const Point3& p : line.points_mm) {
      const double x = std::abs(anatomy_.frame.head_from_lps(p).x);
      medial = std::min(medial, x);
      lateral = std::max(lateral, x);
    }
    return medial <= kMedial_mm && lateral >= kLateral_mm &&
           lengthOf(line.points_mm) >= course_mm_ && freeShare(line) >= kFreeShare &&
           !besideTrigeminal(line);
  }

  /// What is no longer than it is wide is no tube, however dark: a band's grain in the brain.
  bool isTooThick(const FittedLine& line) const {
    const double radius_mm = medianOf(line.radius_mm);
    return (radius_mm > kThickest_mm && !isTrunksBlood(line, images_)) ||
           lengthOf(line.points_mm) < 2 * radius_mm;
  }

 private:
  double arteryConfidence(const FittedLine& line) const {
    if (isWideVoid(line, images_)) {
      return kWideVoidConfidence;
    }
    if (isVoid(line, images_) && !besideTrigeminal(line)) {
      return kVoidConfidence;
    }
    return crossesTheAngle(line) ? kCourseConfidence : 0;
  }

  double freeShare(const FittedLine& line) const {
    std::size_t free = 0;
    for (std::size_t n = 0; n < line.size(); ++n) {
      free += line.brain_mm[n] - line.radius_mm[n] > kOffBrain_mm ? 1 : 0;
    }
    return static_cast<double>(free) / static_cast<double>(line.size());
  }

  bool besideTrigeminal(const FittedLine& line) const {
    double sum = 0;
    for (const Point3& p : line.points_mm) {
      sum += anatomy_.frame.head_from_lps(p).z;
    }
    return sum / static_cast<double>(line.size()) > root_z_mm_ + kTrigeminalLevel_mm;
  }

  const VesselImages& images_;
  const Anatomy& anatomy_;
  double course_mm_;
  double root_z_mm_;
};

/// What TOF alone would get wrong.
void judgeAgainstTof(const VesselImages& images, Piece& piece) {
  const bool wide_void = isWideVoid(piece.line, images);
  if (piece.kind == VesselKind::unknown && wide_void) {
    piece.kind = VesselKind::artery;
    piece.kind_confidence = kSlowConfidence;
  } else if (piece.kind == VesselKind::artery && !wide_void && !isTube(piece.line)) {
    piece.kind = VesselKind::unknown;
    piece.kind_confidence = 0;
  }
}

/// Whether @p piece begins or ends on the wall of a vertebral or basilar artery.
bool beginsOnTrunk(const Piece& piece, const std::vector<Piece>& pieces) {
  return std::any_of(pieces.begin(), pieces.end(), [&](const Piece& trunk) {
    if (trunk.kind != VesselKind::artery || medianOf(trunk.line.radius_mm) < kWide_mm) return false;
    const auto isOnIt = [&](const Point3& end) {
      const Projection at = project(trunk.line.points_mm, end);
      const double r = valueAt(trunk.line.points_mm, trunk.line.radius_mm, at.arclength_mm);
      return at.distance_mm < r + kOnTrunk_mm;
    };
    return isOnIt(piece.line.points_mm.front()) || isOnIt(piece.line.points_mm.back());
  });
}

/// Slow blood leaves no signal on TOF: what comes from a trunk through open CSF is its branch all
/// the same, while the veins that cross there lie on the pons.
void judgeBranches(const KindByCourse& kinds, std::vector<Piece>& pieces) {
  for (Piece& piece : pieces) {
    if (piece.kind == VesselKind::artery || !kinds.crossesTheAngle(piece.line)) continue;
    if (!beginsOnTrunk(piece, pieces)) continue;
    piece.kind = VesselKind::artery;
    piece.kind_confidence = kBranchConfidence;
  }
}

/// Pads are as void on T2 as flowing blood, dark bands in brain nearly so. Where contrast agent
/// shows the wide arteries it shows the others as well: a void that it leaves dark carries no
/// blood.
void refuteByContrast(const VesselImages& images, std::vector<Piece>& pieces) {
  const bool shows_arteries = std::any_of(pieces.begin(), pieces.end(), [&](const Piece& piece) {
    return isWideVoid(piece.line, images) && medianOf(piece.line.ce_t1_level) >= kEnhanced;
  });
  for (Piece& piece : pieces) {
    const FittedLine& line = piece.line;
    if (shows_arteries && piece.kind == VesselKind::artery && !line.ce_t1_level.empty() &&
        medianOf(line.ce_t1_level) < kUnenhanced && medianOf(line.tof_level) < kStillTof) {
      piece.kind = VesselKind::unknown;
      piece.kind_confidence = 0;
    }
  }
}

}  // namespace

bool isWideVoid(const FittedLine& line, const VesselImages& images) {
  return medianOf(line.radius_mm) >= kWide_mm && isTrunksBlood(line, images);
}

void judgeKindsBeyondTof(const VesselImages& images, const Anatomy& anatomy, double course_mm,
                         std::vector<Piece>& pieces) {
  const KindByCourse kinds(images, anatomy, course_mm);
  std::vector<Piece> kept;
  for (Piece& piece : pieces) {
    if (kinds.onTof(piece.line)) {
      judgeAgainstTof(images, piece);
      kept.push_back(std::move(piece));
    } else if (!kinds.isTooThick(piece.line)) {
      kinds.judge(piece);
      kept.push_back(std::move(piece));
    }
  }
  pieces = std::move(kept);
  judgeBranches(kinds, pieces);
  refuteByContrast(images, pieces);
}

}  // namespace neurovasc::anatomy
