#include "render.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "neurovasc/core/parallel.h"

namespace neurovasc::phantom {
namespace {

constexpr double kFineStepMm = 0.27;
constexpr double kWidthVoxels = 1.2;  // full width at half maximum
constexpr double kSigmaVoxels = kWidthVoxels / 2.354820045;
constexpr int kMarginVoxels = 2;   // four standard deviations
constexpr int kRingingVoxels = 5;  // so far a sinc is followed
constexpr int kBlock = 8;          // fine samples along a block's side

double gaussian(double u) { return std::exp(-0.5 * u * u / (kSigmaVoxels * kSigmaVoxels)); }

/// What a rectangle in k-space makes of a point, faded out at the last voxel that is followed.
double sinc(double u) {
  constexpr double kPi = 3.141592653589793;
  const double fade = 0.5 + 0.5 * std::cos(kPi * u / (kRingingVoxels + 0.5));
  return std::abs(u) < 1e-9 ? 1.0 : fade * std::sin(kPi * u) / (kPi * u);
}

/// The fine samples along one axis and the weights that make a voxel of them.
struct FineAxis {
  FineAxis(int voxels, double spacing_mm, bool ringing)
      : margin(ringing ? kRingingVoxels : kMarginVoxels),
        per_voxel(std::max(2, static_cast<int>(std::ceil(spacing_mm / kFineStepMm)))),
        count((voxels + 2 * margin) * per_voxel),
        step_mm(spacing_mm / per_voxel) {
    const int taps = (2 * margin + 1) * per_voxel;
    double sum = 0;
    for (int t = 0; t < taps; ++t) {
      const double u = (t + 0.5) / per_voxel - margin - 0.5;
      weights.push_back(static_cast<float>(ringing ? sinc(u) : gaussian(u)));
      sum += weights.back();
    }
    for (float& weight : weights) {
      weight = static_cast<float>(weight / sum);
    }
  }

  /// mm from the centre of the first voxel.
  double position(double fine) const {
    return (fine + 0.5) * step_mm - (margin + 0.5) * step_mm * per_voxel;
  }
  double index(double position_mm) const {
    return position_mm / step_mm + (margin + 0.5) * per_voxel - 0.5;
  }

  int margin;  ///< voxels
  int per_voxel;
  int count;
  double step_mm;
  std::vector<float> weights;
};

/// A strand in the grid's own axes (mm from the first voxel's centre), ready to be drawn.
struct DrawnStrand {
  std::vector<Point3> points;
  std::vector<double> radii;
  std::vector<float> levels;
  double z_from = 0;
  double z_to = 0;
};

/// Depth in the slab that counts for inflow: vessels take no straight way up.
constexpr double kTortuosity = 1.25;
constexpr double kSlabEntryMm = 4;

DrawnStrand prepared(const Strand& strand, const Shot& shot, const RigidTransform& grid_from_head) {
  const Tube& tube = strand.tube;
  DrawnStrand drawn;
  drawn.radii = tube.radius_mm;
  drawn.z_from = 1e9;
  drawn.z_to = -1e9;
  for (std::size_t i = 0; i < tube.size(); ++i) {
    const Point3 p = grid_from_head(tube.points_mm[i]);
    const double depth = kTortuosity * std::max(0.0, p.z + kSlabEntryMm);
    drawn.points.push_back(p);
    drawn.levels.push_back(static_cast<float>(strand.tissue == Tissue::artery
                                                  ? shot.contrast.artery(strand.speed_cm_s, depth)
                                                  : shot.contrast.of(strand.tissue)));
    drawn.z_from = std::min(drawn.z_from, p.z - tube.radius_mm[i]);
    drawn.z_to = std::max(drawn.z_to, p.z + tube.radius_mm[i]);
  }
  return drawn;
}

/// One plane of fine samples.
class Plane {
 public:
  Plane(const FineAxis& x, const FineAxis& y, double edge_mm)
      : x_(x),
        y_(y),
        edge_mm_(edge_mm),
        values_(count(), 0.0F),
        gaps_(count(), kFar),
        levels_(count(), 0.0F) {}

  void fill(const HeadShape& head, const Contrast& contrast, const RigidTransform& head_from_grid,
            double z);
  void draw(const DrawnStrand& strand, double z);
  const std::vector<float>& values() const { return values_; }

 private:
  static constexpr float kFar = std::numeric_limits<float>::max();

  struct Rect {
    int x0 = 0, x1 = 0, y0 = 0, y1 = 0;  // upper ends excluded
    void include(const Rect& other) {
      x0 = std::min(x0, other.x0);
      x1 = std::max(x1, other.x1);
      y0 = std::min(y0, other.y0);
      y1 = std::max(y1, other.y1);
    }
  };

  std::size_t count() const {
    return static_cast<std::size_t>(x_.count) * static_cast<std::size_t>(y_.count);
  }
  std::size_t offset(int i, int j) const {
    return static_cast<std::size_t>(i) +
           static_cast<std::size_t>(x_.count) * static_cast<std::size_t>(j);
  }
  Rect around(const Point3& a, const Point3& b, double margin_mm) const;
  void measure(const DrawnStrand& strand, std::size_t segment, double z, const Rect& rect);
  void blend(const Rect& rect);

  const FineAxis& x_;
  const FineAxis& y_;
  double edge_mm_;
  std::vector<float> values_;
  std::vector<float> gaps_;
  std::vector<float> levels_;
};

/// The head's large shapes at one place, in the order in which they cover each other.
struct Layers {
  static constexpr std::size_t kCount = 6;
  std::array<double, kCount> d{};

  Layers(const HeadShape& head, const Point3& p) {
    for (std::size_t i = 0; i < kCount; ++i) {
      d[i] = distanceTo(i, head, p);
    }
  }

  /// The layers at @p p, those whose surface is farther than @p reach_mm taken as here.
  Layers near(const HeadShape& head, const Point3& p, double reach_mm) const {
    Layers moved = *this;
    for (std::size_t i = 0; i < kCount; ++i) {
      if (std::abs(d[i]) < reach_mm) {
        moved.d[i] = distanceTo(i, head, p);
      }
    }
    return moved;
  }

  /// Whether a surface that can be seen is nearer than @p reach_mm.
  bool cutWithin(double reach_mm) const {
    for (std::size_t i = 0; i < kCount; ++i) {
      const bool hidden = i >= kBrain && d[kCistern] > reach_mm;
      if (std::abs(d[i]) < reach_mm && !hidden) {
        return true;
      }
    }
    return false;
  }

  double level(const Contrast& c, double edge_mm) const {
    static constexpr std::array<Tissue, kCount> kMadeOf = {
        Tissue::marrow, Tissue::csf, Tissue::brain, Tissue::csf, Tissue::brain, Tissue::csf};
    double value = c.of(Tissue::bone);
    for (std::size_t i = 0; i < kCount; ++i) {
      // Brain ends where bone begins: it lies in CSF's space only.
      const double inside = i >= kBrain ? std::max(d[i], d[kCistern]) : d[i];
      const double share = std::clamp(0.5 - inside / edge_mm, 0.0, 1.0);
      value += share * (c.of(kMadeOf[i]) - value);
    }
    return value;
  }

 private:
  static constexpr std::size_t kCistern = 3;
  static constexpr std::size_t kBrain = 4;

  static double distanceTo(std::size_t layer, const HeadShape& head, const Point3& p) {
    constexpr double kSubarachnoidMm = 1.5;
    switch (layer) {
      case 0:
        return head.marrow(p);
      case 1:
        return head.temporalLobes(p) - kSubarachnoidMm;
      case 2:
        return head.temporalLobes(p);
      case kCistern:
        return head.cistern(p);
      case kBrain:
        return head.brain(p);
      default:
        return head.ventricle(p);
    }
  }
};

void Plane::fill(const HeadShape& head, const Contrast& contrast,
                 const RigidTransform& head_from_grid, double z) {
  // Half a block's diagonal; the shapes grow by up to 1.4 per mm.
  const double reach_mm = 1.4 * 0.71 * kBlock * std::max(x_.step_mm, y_.step_mm) + edge_mm_;
  const auto place = [&](double i, double j) {
    return head_from_grid({x_.position(i), y_.position(j), z});
  };
  for (int j0 = 0; j0 < y_.count; j0 += kBlock) {
    for (int i0 = 0; i0 < x_.count; i0 += kBlock) {
      const Layers middle(head, place(i0 + 0.5 * (kBlock - 1), j0 + 0.5 * (kBlock - 1)));
      const bool even = !middle.cutWithin(reach_mm);
      const auto flat = static_cast<float>(middle.level(contrast, edge_mm_));
      for (int j = j0; j < std::min(j0 + kBlock, y_.count); ++j) {
        for (int i = i0; i < std::min(i0 + kBlock, x_.count); ++i) {
          values_[offset(i, j)] =
              even ? flat
                   : static_cast<float>(
                         middle.near(head, place(i, j), reach_mm).level(contrast, edge_mm_));
        }
      }
    }
  }
}

Plane::Rect Plane::around(const Point3& a, const Point3& b, double margin_mm) const {
  const auto low = [margin_mm](const FineAxis& axis, double u, double v) {
    return std::max(0, static_cast<int>(std::floor(axis.index(std::min(u, v) - margin_mm))));
  };
  const auto high = [margin_mm](const FineAxis& axis, double u, double v) {
    return std::min(axis.count,
                    static_cast<int>(std::ceil(axis.index(std::max(u, v) + margin_mm))) + 1);
  };
  return {low(x_, a.x, b.x), high(x_, a.x, b.x), low(y_, a.y, b.y), high(y_, a.y, b.y)};
}

void Plane::measure(const DrawnStrand& strand, std::size_t segment, double z, const Rect& rect) {
  const std::size_t next = std::min(segment + 1, strand.points.size() - 1);
  const Point3 a = strand.points[segment];
  const Vec3 along = strand.points[next] - a;
  const double square = dot(along, along);
  for (int j = rect.y0; j < rect.y1; ++j) {
    for (int i = rect.x0; i < rect.x1; ++i) {
      const Vec3 q = Point3{x_.position(i), y_.position(j), z} - a;
      const double t = square > 0 ? std::clamp(dot(q, along) / square, 0.0, 1.0) : 0.0;
      const double radius = strand.radii[segment] * (1 - t) + strand.radii[next] * t;
      const auto gap = static_cast<float>(norm(q - t * along) - radius);
      const std::size_t o = offset(i, j);
      if (gap < gaps_[o]) {
        gaps_[o] = gap;
        levels_[o] = strand.levels[t < 0.5 ? segment : next];
      }
    }
  }
}

void Plane::blend(const Rect& rect) {
  for (int j = rect.y0; j < rect.y1; ++j) {
    for (int i = rect.x0; i < rect.x1; ++i) {
      const std::size_t o = offset(i, j);
      if (gaps_[o] < kFar) {
        const double share = std::clamp(0.5 - gaps_[o] / edge_mm_, 0.0, 1.0);
        values_[o] += static_cast<float>(share * (levels_[o] - values_[o]));
        gaps_[o] = kFar;
      }
    }
  }
}

void Plane::draw(const DrawnStrand& strand, double z) {
  if (z < strand.z_from - edge_mm_ || z > strand.z_to + edge_mm_) {
    return;
  }
  Rect touched{x_.count, 0, y_.count, 0};
  const std::size_t segments = std::max<std::size_t>(1, strand.points.size() - 1);
  for (std::size_t s = 0; s < segments; ++s) {
    const std::size_t next = std::min(s + 1, strand.points.size() - 1);
    const double margin = std::max(strand.radii[s], strand.radii[next]) + edge_mm_;
    const Point3& a = strand.points[s];
    const Point3& b = strand.points[next];
    if (z < std::min(a.z, b.z) - margin || z > std::max(a.z, b.z) + margin) {
      continue;
    }
    const Rect rect = around(a, b, margin);
    measure(strand, s, z, rect);
    touched.include(rect);
  }
  blend(touched);
}

/// Weighted sums along a row: out[n] = sum over t of weights[t] in[n * per_voxel + t].
void gatherColumns(const float* in, const FineAxis& axis, std::size_t voxels, float* out) {
  for (std::size_t n = 0; n < voxels; ++n) {
    const float* first = in + n * static_cast<std::size_t>(axis.per_voxel);
    float sum = 0;
    for (std::size_t t = 0; t < axis.weights.size(); ++t) {
      sum += axis.weights[t] * first[t];
    }
    out[n] = sum;
  }
}

/// Sums rows of @p in with weights, row by row, which keeps memory access in order.
void gatherRows(const float* in, std::size_t row, const FineAxis& axis, int voxels, float* out) {
  for (int n = 0; n < voxels; ++n) {
    float* to = out + static_cast<std::size_t>(n) * row;
    std::fill(to, to + row, 0.0F);
    for (std::size_t t = 0; t < axis.weights.size(); ++t) {
      const float* from = in + (static_cast<std::size_t>(n * axis.per_voxel) + t) * row;
      const float weight = axis.weights[t];
      for (std::size_t i = 0; i < row; ++i) {
        to[i] += weight * from[i];
      }
    }
  }
}

/// Draws planes of fine samples and narrows them to voxels.
class Renderer {
 public:
  Renderer(const Scene& scene, const Shot& shot);

  ImageF render(int threads, const Progress& progress) const;

 private:
  /// Fine planes from @p begin to @p end, narrowed to the voxels' columns and rows.
  void drawPlanes(std::size_t begin, std::size_t end, const Progress& progress,
                  std::vector<float>& planes) const;
  void narrow(const Plane& plane, std::vector<float>& rows, float* out) const;

  const Scene& scene_;
  const Shot& shot_;
  FineAxis x_;
  FineAxis y_;
  FineAxis z_;
  RigidTransform head_from_grid_;
  std::vector<DrawnStrand> strands_;
};

Renderer::Renderer(const Scene& scene, const Shot& shot)
    : scene_(scene),
      shot_(shot),
      x_(shot.grid.size[0], shot.grid.spacing_mm.x, shot.ringing),
      y_(shot.grid.size[1], shot.grid.spacing_mm.y, shot.ringing),
      z_(shot.grid.size[2], shot.grid.spacing_mm.z, shot.ringing),
      head_from_grid_(shot.head_from_lps *
                      RigidTransform{shot.grid.direction, shot.grid.origin_mm}) {
  const RigidTransform grid_from_head = head_from_grid_.inverse();
  for (const Strand& strand : scene.strands) {
    strands_.push_back(prepared(strand, shot, grid_from_head));
  }
}

void Renderer::narrow(const Plane& plane, std::vector<float>& rows, float* out) const {
  const auto width = static_cast<std::size_t>(shot_.grid.size[0]);
  for (std::size_t j = 0; j < static_cast<std::size_t>(y_.count); ++j) {
    gatherColumns(plane.values().data() + j * static_cast<std::size_t>(x_.count), x_, width,
                  rows.data() + j * width);
  }
  gatherRows(rows.data(), width, y_, shot_.grid.size[1], out);
}

void Renderer::drawPlanes(std::size_t begin, std::size_t end, const Progress& progress,
                          std::vector<float>& planes) const {
  Plane plane(x_, y_, std::cbrt(x_.step_mm * y_.step_mm * z_.step_mm));
  std::vector<float> rows(static_cast<std::size_t>(shot_.grid.size[0]) *
                          static_cast<std::size_t>(y_.count));
  for (std::size_t k = begin; k < end; ++k) {
    progress.stop().throwIfStopped();
    const double height = z_.position(static_cast<double>(k));
    plane.fill(scene_.head, shot_.contrast, head_from_grid_, height);
    for (const DrawnStrand& strand : strands_) {
      plane.draw(strand, height);
    }
    narrow(plane, rows, planes.data() + k * shot_.grid.offset(0, 0, 1));
  }
}

ImageF Renderer::render(int threads, const Progress& progress) const {
  const std::size_t plane_size = shot_.grid.offset(0, 0, 1);
  const auto fine_count = static_cast<std::size_t>(z_.count);
  std::vector<float> planes(plane_size * fine_count);
  parallelFor(fine_count, threads, [&](std::size_t begin, std::size_t end) {
    drawPlanes(begin, end, progress, planes);
  });
  ImageF image(shot_.grid);
  const auto slices = static_cast<std::size_t>(shot_.grid.size[2]);
  parallelFor(slices, threads, [&](std::size_t begin, std::size_t end) {
    for (std::size_t k = begin; k < end; ++k) {
      const std::size_t first = k * static_cast<std::size_t>(z_.per_voxel) * plane_size;
      gatherRows(planes.data() + first, plane_size, z_, 1, image.data() + k * plane_size);
    }
  });
  return image;
}

}  // namespace

ImageF renderSignal(const Scene& scene, const Shot& shot, int threads, const Progress& progress) {
  return Renderer(scene, shot).render(threads, progress);
}

}  // namespace neurovasc::phantom
