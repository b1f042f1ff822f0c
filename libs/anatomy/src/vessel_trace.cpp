#include "vessel_trace.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

#include "neurovasc/core/tube.h"
#include "vessel_voxels.h"

namespace neurovasc::anatomy {
namespace {

using imaging::TubularnessMap;

/// In-plane search for the ridge: half the pitch of the grid out to one step, so that the line can
/// turn by 45 degrees per step.
constexpr int kSearchHalf = 2;
constexpr double kSearchPitch_mm = 0.125;
/// How much the direction of the next step follows the last one, the last move and the filter.
constexpr double kInertia = 0.5;
constexpr double kMove = 0.2;
constexpr double kAxis = 0.3;
/// Longest line, a guard against circling.
constexpr std::size_t kMostSteps = 2000;
/// A line may come back to itself only after this arc length.
constexpr double kSelfReach_mm = 3.0;
constexpr double kLeastRadius_mm = 0.4;

struct Walk {
  std::vector<Point3> points_mm;
  std::vector<double> response;
  int ended_on = kNoLine;
};

class RidgeTracer {
 public:
  RidgeTracer(const TubularnessMap& map, const std::vector<double>& radii_mm,
              const GridGeometry& grid, std::vector<TracedLine> known, const TraceOptions& options)
      : map_(map), radii_mm_(radii_mm), options_(options), owner_(grid), lines_(std::move(known)) {
    for (std::size_t n = 0; n < lines_.size(); ++n) {
      claim(n);
    }
  }

  void run(const Progress& progress) {
    for (const std::size_t seed : seeds()) {
      const Point3 p = lpsOf(map_.response.geometry(), seed);
      if (ownerAt(p) == kNoLine) {
        progress.stop().throwIfStopped();
        traceFrom(p, imaging::unpackDirection(map_.direction[seed]));
      }
    }
  }

  std::vector<TracedLine> take() { return std::move(lines_); }

 private:
  std::vector<std::size_t> seeds() const {
    std::vector<std::size_t> found;
    const ImageF& r = map_.response;
    const Size3 size = r.size();
    for (int k = 1; k + 1 < size[2]; ++k) {
      for (int j = 1; j + 1 < size[1]; ++j) {
        for (int i = 1; i + 1 < size[0]; ++i) {
          if (r(i, j, k) >= options_.seed_contrast && isLocalMaximum(r, i, j, k)) {
            found.push_back(r.geometry().offset(i, j, k));
          }
        }
      }
    }
    std::stable_sort(found.begin(), found.end(),
                     [&r](std::size_t a, std::size_t b) { return r[a] > r[b]; });
    return found;
  }

  double responseAt(const Point3& p) const {
    return map_.response.geometry().contains(p) ? interpolate(map_.response, p) : 0.0;
  }

  double radiusAt(const Point3& p) const {
    return radii_mm_[map_.scale[nearestVoxel(map_.response.geometry(), p)]];
  }

  int ownerAt(const Point3& p) const {
    return owner_.geometry().contains(p)
               ? static_cast<int>(owner_[nearestVoxel(owner_.geometry(), p)]) - 1
               : kNoLine;
  }

  void traceFrom(const Point3& seed, const Vec3& axis) {
    const Point3 start = onRidge(seed, axis);
    const Walk ahead = walk(start, axis);
    const Walk back = walk(start, -axis);
    TracedLine line;
    line.points_mm.assign(back.points_mm.rbegin(), back.points_mm.rend());
    line.response.assign(back.response.rbegin(), back.response.rend());
    line.points_mm.push_back(start);
    line.response.push_back(responseAt(start));
    line.points_mm.insert(line.points_mm.end(), ahead.points_mm.begin(), ahead.points_mm.end());
    line.response.insert(line.response.end(), ahead.response.begin(), ahead.response.end());
    line.first_on = back.ended_on;
    line.last_on = ahead.ended_on;
    for (const Point3& p : line.points_mm) {
      line.radius_mm.push_back(radiusAt(p));
    }
    if (lengthOf(line.points_mm) >= options_.min_length_mm) {
      lines_.push_back(std::move(line));
      claim(lines_.size() - 1);
    }
  }

  /// The strongest place in the plane through @p p, as the centre of what exceeds the plane's mean.
  Point3 onRidge(const Point3& p, const Vec3& axis) const {
    const Vec3 u = perpendicularTo(axis);
    const Vec3 v = cross(axis, u);
    std::array<double, (2 * kSearchHalf + 1) * (2 * kSearchHalf + 1)> values{};
    double sum = 0;
    std::size_t n = 0;
    for (int a = -kSearchHalf; a <= kSearchHalf; ++a) {
      for (int b = -kSearchHalf; b <= kSearchHalf; ++b) {
        values[n] = responseAt(p + kSearchPitch_mm * (a * u + b * v));
        sum += values[n++];
      }
    }
    const double mean = sum / static_cast<double>(values.size());
    Vec3 shift;
    double weight = 0;
    n = 0;
    for (int a = -kSearchHalf; a <= kSearchHalf; ++a) {
      for (int b = -kSearchHalf; b <= kSearchHalf; ++b) {
        const double w = std::max(0.0, values[n++] - mean);
        shift += w * (a * u + b * v);
        weight += w;
      }
    }
    return weight > 1e-6 ? p + (kSearchPitch_mm / weight) * shift : p;
  }

  /// Steps from @p start along @p direction until the ridge ends.
  Walk walk(const Point3& start, Vec3 direction) const {
    Walk out;
    Point3 p = start;
    double weak_mm = 0;
    int inside = kNoLine;  // the line being crossed
    double inside_mm = 0;
    while (out.points_mm.size() < kMostSteps) {
      Point3 q = p + options_.step_mm * direction;
      const int owner = ownerAt(q);
      if (owner == kNoLine) {
        q = onRidge(q, direction);
      }
      if (!map_.response.geometry().contains(q) || circles(out, q)) {
        break;
      }
      const double response = responseAt(q);
      const bool weak = response < options_.follow_contrast;
      if (owner != kNoLine) {
        inside = owner;
        inside_mm += options_.step_mm;
        if (inside_mm > crossingLimit(owner)) {
          out.ended_on = owner;
          break;
        }
      } else if (weak) {
        weak_mm += options_.step_mm;
        if (weak_mm > options_.gap_mm) {
          break;
        }
      } else {
        weak_mm = 0;
        inside_mm = 0;
        inside = kNoLine;
        direction = turned(direction, q - p, q);
      }
      out.points_mm.push_back(q);
      out.response.push_back(response);
      p = q;
    }
    if (inside != kNoLine) {
      out.ended_on = inside;
    }
    trim(out);
    return out;
  }

  Vec3 turned(const Vec3& direction, const Vec3& move, const Point3& p) const {
    Vec3 axis = imaging::unpackDirection(map_.direction[nearestVoxel(map_.response.geometry(), p)]);
    if (dot(axis, direction) < 0) {
      axis = -axis;
    }
    return normalized(kInertia * direction + kMove * normalized(move) + kAxis * axis);
  }

  double crossingLimit(int owner) const {
    const TracedLine& other = lines_[static_cast<std::size_t>(owner)];
    const double widest = *std::max_element(other.radius_mm.begin(), other.radius_mm.end());
    return 2 * (std::max(widest, kLeastRadius_mm) + options_.margin_mm) + options_.step_mm;
  }

  bool circles(const Walk& walked, const Point3& q) const {
    const auto far = static_cast<std::size_t>(kSelfReach_mm / options_.step_mm);
    for (std::size_t n = 0; n + far < walked.points_mm.size(); ++n) {
      if (distance(walked.points_mm[n], q) < 2 * options_.step_mm) {
        return true;
      }
    }
    return false;
  }

  /// Takes back the weak steps at the end and those inside another line.
  void trim(Walk& walked) const {
    while (!walked.points_mm.empty() && (walked.response.back() < options_.follow_contrast ||
                                         ownerAt(walked.points_mm.back()) != kNoLine)) {
      walked.points_mm.pop_back();
      walked.response.pop_back();
    }
  }

  void claim(std::size_t n) {
    const TracedLine& line = lines_[n];
    for (std::size_t m = 0; m < line.points_mm.size(); ++m) {
      const double reach = std::max(line.radius_mm[m], kLeastRadius_mm) + options_.margin_mm;
      visitBall(owner_.geometry(), line.points_mm[m], reach, [&](std::size_t voxel, double) {
        if (owner_[voxel] == 0) {
          owner_[voxel] = static_cast<std::uint16_t>(n + 1);
        }
      });
    }
  }

  const TubularnessMap& map_;
  const std::vector<double>& radii_mm_;
  const TraceOptions& options_;
  Volume<std::uint16_t> owner_;  // index of the line that claims a voxel, plus one
  std::vector<TracedLine> lines_;
};

}  // namespace

std::vector<TracedLine> traceRidges(const TubularnessMap& map, const std::vector<double>& radii_mm,
                                    const GridGeometry& grid, std::vector<TracedLine> known,
                                    const TraceOptions& options, const Progress& progress) {
  RidgeTracer tracer(map, radii_mm, grid, std::move(known), options);
  tracer.run(progress);
  return tracer.take();
}

}  // namespace neurovasc::anatomy
