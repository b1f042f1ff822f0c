#include "vessel_pieces.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "neurovasc/core/tube.h"

namespace neurovasc::anatomy {
namespace {

/// Stretches up to this long, mm, that fail a test between two that pass belong to them.
constexpr double kBridge_mm = 3.0;
/// Half the window of the running medians, mm.
constexpr double kWindow_mm = 1.0;
/// An artery is dark on T2 somewhere: marrow, fat and fresh blood are bright on TOF, but not dark.
constexpr double kDarkT2 = 0.55;
/// Share of the circle around a free dark tube that must be CSF, and may be something dark.
constexpr double kOpen = 0.62;
constexpr double kBlocked = 0.2;
/// Share of the darkness around that a tube must explain.
constexpr double kExplained = 0.55;

std::vector<double> valuesOr(const std::vector<double>& values, std::size_t size,
                             double otherwise) {
  return values.empty() ? std::vector<double>(size, otherwise) : values;
}

/// The stretches of points that pass, short failures between them included, as pieces of at least
/// the shortest length.
std::vector<FittedLine> stretches(const FittedLine& line, const VesselOptions& options,
                                  const std::function<bool(std::size_t)>& passes) {
  const auto bridge = static_cast<std::size_t>(kBridge_mm / options.step_mm);
  std::vector<FittedLine> out;
  std::size_t n = 0;
  while (n < line.size()) {
    if (!passes(n)) {
      ++n;
      continue;
    }
    std::size_t last = n;
    for (std::size_t m = n; m < line.size() && m <= last + bridge; ++m) {
      last = passes(m) ? m : last;
    }
    FittedLine piece = sliced(line, n, last + 1);
    if (lengthOf(piece.points_mm) >= options.min_length_mm) {
      out.push_back(std::move(piece));
    }
    n = last + 1;
  }
  return out;
}

template <typename T>
void cut(std::vector<T>& values, std::size_t begin, std::size_t end) {
  if (!values.empty()) {
    values = std::vector<T>(values.begin() + static_cast<std::ptrdiff_t>(begin),
                            values.begin() + static_cast<std::ptrdiff_t>(end));
  }
}

int halfWindow(const VesselOptions& options) {
  return static_cast<int>(std::lround(kWindow_mm / options.step_mm));
}

/// How sure @p level lies beyond @p threshold, when levels scatter by a fifth of brain.
double sureness(double level, double threshold) {
  return 0.5 * std::erfc(-(level - threshold) / (0.2 * std::sqrt(2.0)));
}

}  // namespace

FittedLine sliced(const FittedLine& line, std::size_t begin, std::size_t end) {
  FittedLine out = line;
  cut(out.points_mm, begin, end);
  for (std::vector<double>* values :
       {&out.radius_mm, &out.t2_level, &out.tof_level, &out.ce_t1_level, &out.explained, &out.open,
        &out.blocked, &out.brain_mm}) {
    cut(*values, begin, end);
  }
  return out;
}

std::vector<double> runningMedian(const std::vector<double>& values, int half) {
  std::vector<double> out(values.size());
  const int count = static_cast<int>(values.size());
  for (int n = 0; n < count; ++n) {
    const int reach = std::min({half, n, count - 1 - n});
    out[static_cast<std::size_t>(n)] =
        medianOf({values.begin() + (n - reach), values.begin() + (n + reach + 1)});
  }
  return out;
}

std::vector<Piece> arterialPieces(const FittedLine& line, const VesselOptions& options) {
  std::vector<Piece> pieces;
  if (line.tof_level.empty()) {
    return pieces;
  }
  const std::vector<double> tof = runningMedian(line.tof_level, halfWindow(options));
  for (FittedLine& stretch : stretches(
           line, options, [&](std::size_t n) { return tof[n] >= options.artery_tof_level; })) {
    if (medianOf(stretch.t2_level) > kDarkT2) {
      continue;
    }
    Piece piece;
    piece.kind = VesselKind::artery;
    piece.kind_confidence = sureness(medianOf(stretch.tof_level), options.artery_tof_level - 0.1);
    piece.line = std::move(stretch);
    pieces.push_back(std::move(piece));
  }
  return pieces;
}

std::vector<Piece> darkPieces(const FittedLine& line, const VesselOptions& options) {
  const int half = halfWindow(options);
  const std::vector<double> open = runningMedian(line.open, half);
  const std::vector<double> blocked = runningMedian(line.blocked, half);
  const std::vector<double> explained = runningMedian(line.explained, half);
  const std::vector<double> blood = runningMedian(valuesOr(line.ce_t1_level, line.size(), 0), half);
  std::vector<Piece> pieces;
  for (FittedLine& stretch : stretches(line, options, [&](std::size_t n) {
         const bool free_tube =
             open[n] >= kOpen && blocked[n] <= kBlocked && explained[n] >= kExplained;
         return free_tube || (blood[n] >= options.blood_ce_t1_level && blocked[n] <= kBlocked);
       })) {
    Piece piece;
    const double level = medianOf(stretch.ce_t1_level);
    if (!stretch.ce_t1_level.empty() && level >= options.blood_ce_t1_level) {
      piece.kind = VesselKind::vein;
      piece.kind_confidence = sureness(level, options.blood_ce_t1_level - 0.1);
    }
    piece.line = std::move(stretch);
    pieces.push_back(std::move(piece));
  }
  return pieces;
}

bool worthFitting(const TracedLine& line, const VesselImages& images) {
  constexpr std::size_t kEvery = 4;
  constexpr int kDirections = 8;
  constexpr double kOut_mm = 0.7;
  constexpr double kDark = 0.22;
  std::size_t fair = 0;
  std::size_t looked = 0;
  for (std::size_t n = 1; n + 1 < line.points_mm.size(); n += kEvery) {
    const Vec3 along = normalized(line.points_mm[n + 1] - line.points_mm[n - 1]);
    const Vec3 u = perpendicularTo(along);
    const Vec3 v = cross(along, u);
    int dark = 0;
    for (int d = 0; d < kDirections; ++d) {
      const double angle = 2 * 3.14159265358979323846 * d / kDirections;
      const Point3 p = line.points_mm[n] +
                       (line.radius_mm[n] + kOut_mm) * (std::cos(angle) * u + std::sin(angle) * v);
      dark += interpolate(images.t2, p) < kDark ? 1 : 0;
    }
    ++looked;
    fair += dark <= kDirections / 4 ? 1 : 0;
  }
  return 4 * fair >= looked;
}

}  // namespace neurovasc::anatomy
