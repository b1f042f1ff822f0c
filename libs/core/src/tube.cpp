#include "neurovasc/core/tube.h"

#include <algorithm>
#include <cmath>

#include "neurovasc/core/error.h"

namespace neurovasc {
namespace {

/// The segment that holds arc length s and the fraction along it; at the ends it is held.
struct Place {
  std::size_t segment = 0;
  double fraction = 0;
};

Place placeAt(const std::vector<double>& s, double s_mm) {
  if (s.size() < 2 || s_mm <= 0) {
    return {};
  }
  const auto next = std::lower_bound(s.begin() + 1, s.end() - 1, s_mm);
  const auto i = static_cast<std::size_t>(next - s.begin()) - 1;
  return {i, std::clamp((s_mm - s[i]) / (s[i + 1] - s[i]), 0.0, 1.0)};
}

template <typename T>
T blend(const std::vector<T>& values, const Place& place) {
  if (values.size() < 2) {
    return values.front();
  }
  return values[place.segment] * (1 - place.fraction) + values[place.segment + 1] * place.fraction;
}

}  // namespace

std::vector<double> arcLengths(const std::vector<Point3>& line_mm) {
  std::vector<double> s(line_mm.size(), 0.0);
  for (std::size_t i = 1; i < line_mm.size(); ++i) {
    s[i] = s[i - 1] + distance(line_mm[i - 1], line_mm[i]);
  }
  return s;
}

double lengthOf(const std::vector<Point3>& line_mm) {
  return line_mm.empty() ? 0.0 : arcLengths(line_mm).back();
}

Projection project(const std::vector<Point3>& line_mm, const Point3& p) {
  Projection best{line_mm.front(), 0, distance(line_mm.front(), p), 0, 0};
  double start = 0;
  for (std::size_t i = 0; i + 1 < line_mm.size(); ++i) {
    const Vec3 along = line_mm[i + 1] - line_mm[i];
    const double length = norm(along);
    const double f =
        length > 0 ? std::clamp(dot(p - line_mm[i], along) / (length * length), 0.0, 1.0) : 0.0;
    const Point3 q = line_mm[i] + f * along;
    const double d = distance(p, q);
    if (d < best.distance_mm) {
      best = {q, start + f * length, d, i, f};
    }
    start += length;
  }
  return best;
}

Point3 pointAt(const std::vector<Point3>& line_mm, double s_mm) {
  return blend(line_mm, placeAt(arcLengths(line_mm), s_mm));
}

double valueAt(const std::vector<Point3>& line_mm, const std::vector<double>& values, double s_mm) {
  return blend(values, placeAt(arcLengths(line_mm), s_mm));
}

Vec3 tangentAt(const std::vector<Point3>& line_mm, double s_mm) {
  const std::size_t i = placeAt(arcLengths(line_mm), s_mm).segment;
  return line_mm.size() < 2 ? Vec3{} : normalized(line_mm[i + 1] - line_mm[i]);
}

Tube resampled(const Tube& tube, double step_mm) {
  if (tube.size() < 2) {
    return tube;
  }
  const std::vector<double> s = arcLengths(tube.points_mm);
  if (!std::isfinite(s.back())) {
    throw Error(ErrorCode::internal, "a line has points that are no numbers");
  }
  const auto steps = static_cast<std::size_t>(std::ceil(s.back() / step_mm - 1e-9));
  Tube out;
  for (std::size_t i = 0; i <= steps; ++i) {
    const Place place = placeAt(s, std::min(static_cast<double>(i) * step_mm, s.back()));
    out.points_mm.push_back(blend(tube.points_mm, place));
    if (!tube.radius_mm.empty()) {
      out.radius_mm.push_back(blend(tube.radius_mm, place));
    }
    if (!tube.confidence.empty()) {
      out.confidence.push_back(blend(tube.confidence, place));
    }
  }
  return out;
}

Tube reversed(Tube tube) {
  std::reverse(tube.points_mm.begin(), tube.points_mm.end());
  std::reverse(tube.radius_mm.begin(), tube.radius_mm.end());
  std::reverse(tube.confidence.begin(), tube.confidence.end());
  return tube;
}

}  // namespace neurovasc
