#include "neurovasc/contact/deformity.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "check.h"
#include "linear.h"

namespace neurovasc::contact {
namespace {

/// The value at 0 of the cubic through (x, y) in the sense of least squares. A cubic: root and
/// cistern bend apart without a vessel.
double cubicAtZero(const std::vector<double>& x, const std::vector<double>& y) {
  constexpr std::size_t kTerms = 4;
  return fitPolynomial(x, y, std::vector<double>(x.size(), 1.0), kTerms)[0];
}

/// The undisturbed course has to be seen over this much on each side, else the cubic swings freely.
constexpr double kMinSpanMm = 2.0;

/// Where the nerve would run at s, drawn from its course farther off; empty if that is too short.
std::optional<Point3> undisturbed(const Tube& tube, double s_mm, const DeformityOptions& options) {
  constexpr double kStepMm = 0.25;
  const double length = lengthOf(tube.points_mm);
  if (s_mm - options.excluded_mm < kMinSpanMm || length - s_mm - options.excluded_mm < kMinSpanMm) {
    return std::nullopt;
  }
  std::vector<double> x;
  std::array<std::vector<double>, 3> y;
  const int steps =
      static_cast<int>((options.chord_reach_mm - options.excluded_mm) / kStepMm + 1e-9);
  for (int i = 0; i <= steps; ++i) {
    const double d = options.excluded_mm + i * kStepMm;
    for (const double s : {s_mm - d, s_mm + d}) {
      if (s >= 0 && s <= length) {
        const Point3 p = pointAt(tube.points_mm, s);
        x.push_back(s - s_mm);
        for (int axis = 0; axis < 3; ++axis) {
          y[static_cast<std::size_t>(axis)].push_back(p[axis]);
        }
      }
    }
  }
  return Point3{cubicAtZero(x, y[0]), cubicAtZero(x, y[1]), cubicAtZero(x, y[2])};
}

std::optional<Vec3> offCourse(const Nerve& nerve, double s_mm, const DeformityOptions& options) {
  const auto course = undisturbed(nerve.tube, s_mm, options);
  if (!course) {
    return std::nullopt;
  }
  const Vec3 t = tangentAt(nerve.tube.points_mm, s_mm);
  const Vec3 off = pointAt(nerve.tube.points_mm, s_mm) - *course;
  return off - dot(off, t) * t;
}

/// The axis' displacement along @p away, less what the other nerve shows there by nature.
std::optional<double> displacement(const Nerve& nerve, double s_mm, const Vec3& away,
                                   const Nerve* other, const DeformityOptions& options) {
  const auto off = offCourse(nerve, s_mm, options);
  if (!off) {
    return std::nullopt;
  }
  const double own = std::max(0.0, dot(*off, away));
  const auto usual =
      other == nullptr || other->tube.size() < 2 ? std::nullopt : offCourse(*other, s_mm, options);
  return std::max(0.0, own - (usual ? norm(*usual) : 0.0));
}

/// The mean radius between two places of the nerve's free part; empty if it does not reach there.
std::optional<double> meanRadius(const Tube& tube, double free_from_mm, double from_mm,
                                 double to_mm) {
  constexpr double kStepMm = 0.25;
  if (from_mm < free_from_mm || to_mm > lengthOf(tube.points_mm)) {
    return std::nullopt;
  }
  const int steps = static_cast<int>((to_mm - from_mm) / kStepMm + 1e-9);
  double sum = 0;
  for (int i = 0; i <= steps; ++i) {
    sum += valueAt(tube.points_mm, tube.radius_mm, from_mm + i * kStepMm);
  }
  return sum / (steps + 1);
}

/// Where the nerve has left the pons: before, its calibre cannot be told from its bed.
double freeFrom(const Nerve& nerve) {
  const auto& mark = nerve.landmarks.detachment_point;
  return mark ? project(nerve.tube.points_mm, mark->lps_mm).arclength_mm : 0.0;
}

std::optional<double> calibreRatio(const Nerve& nerve, double s_mm, double apart_mm) {
  constexpr double kHalfMm = 0.5;  // averages over the noise of single radii
  const double free_from = freeFrom(nerve);
  const auto mean = [&](double s) {
    return meanRadius(nerve.tube, free_from, s - kHalfMm, s + kHalfMm);
  };
  const auto here = mean(s_mm);
  const auto before = mean(s_mm - apart_mm);
  const auto after = mean(s_mm + apart_mm);
  if (!here || (!before && !after)) {
    return std::nullopt;
  }
  const double beside =
      before && after ? (*before + *after) / 2 : before.value_or(after.value_or(0));
  return beside > 0 ? std::optional<double>(*here / beside) : std::nullopt;
}

bool beyond(const std::optional<double>& value, const std::optional<double>& sd, double least,
            double sds) {
  return value && sd && *value >= least && *value > sds * *sd;
}

}  // namespace

void validate(const DeformityOptions& options) {
  require(options.excluded_mm > 0, "excluded_mm", "above 0");
  require(options.chord_reach_mm >= options.excluded_mm + kMinSpanMm, "chord_reach_mm",
          "at least 2 mm above excluded_mm");
  require(options.axis_sd_mm > 0, "axis_sd_mm", "above 0");
  require(options.min_displacement_mm > 0, "min_displacement_mm", "above 0");
  require(options.min_indentation_mm > 0, "min_indentation_mm", "above 0");
  require(options.groove_mm >= options.min_indentation_mm, "groove_mm",
          "at least min_indentation_mm");
  require(options.flattened_ratio > 0 && options.flattened_ratio < 1, "flattened_ratio",
          "between 0 and 1");
  require(options.calibre_ratio_sd > 0, "calibre_ratio_sd", "above 0");
  require(options.sds > 0, "sds", "above 0");
}

Deformity deformityAt(const Nerve& nerve, double s_mm, const Gap& gap, const Nerve* other,
                      const DeformityOptions& options) {
  Deformity out;
  if (gap.unseen_mm == 0) {  // what is not seen tells nothing of a dent
    out.indentation_mm = std::max(0.0, -gap.raw_mm);
    out.indentation_sd_mm = gap.sd_mm;
  }
  const Vec3 away = normalized(gap.place.nerve_axis_mm - gap.place.vessel_axis_mm);
  out.displacement_mm = displacement(nerve, s_mm, away, other, options);
  if (out.displacement_mm) {
    out.displacement_sd_mm = options.axis_sd_mm;
  }
  out.calibre_ratio = calibreRatio(nerve, s_mm, options.excluded_mm);
  return out;
}

bool indented(const Deformity& deformity, const DeformityOptions& options) {
  return beyond(deformity.indentation_mm, deformity.indentation_sd_mm, options.min_indentation_mm,
                options.sds);
}

bool displaced(const Deformity& deformity, const DeformityOptions& options) {
  return beyond(deformity.displacement_mm, deformity.displacement_sd_mm,
                options.min_displacement_mm, options.sds);
}

bool flattened(const Deformity& deformity, const DeformityOptions& options) {
  return deformity.calibre_ratio && *deformity.calibre_ratio <= options.flattened_ratio &&
         1 - *deformity.calibre_ratio > options.sds * options.calibre_ratio_sd;
}

bool deformed(const Deformity& deformity, const DeformityOptions& options) {
  return indented(deformity, options) || displaced(deformity, options) ||
         flattened(deformity, options);
}

CamposBenitezGrade camposBenitez(bool contact, const Deformity& deformity,
                                 const DeformityOptions& options) {
  if (!contact) {
    return CamposBenitezGrade::none;
  }
  if (displaced(deformity, options)) {
    return CamposBenitezGrade::severe;
  }
  return indented(deformity, options) || flattened(deformity, options)
             ? CamposBenitezGrade::moderate
             : CamposBenitezGrade::mild;
}

SindouGrade sindou(bool contact, const Deformity& deformity, const DeformityOptions& options) {
  if (!contact) {
    return SindouGrade::none;
  }
  const bool groove =
      indented(deformity, options) && *deformity.indentation_mm >= options.groove_mm;
  if (groove || flattened(deformity, options)) {
    return SindouGrade::iii;
  }
  return deformed(deformity, options) ? SindouGrade::ii : SindouGrade::i;
}

}  // namespace neurovasc::contact
