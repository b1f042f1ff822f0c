#include "vessel_pieces.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "neurovasc/core/tube.h"

namespace neurovasc::anatomy {
namespace {

/// Stretches up to this long, mm, that fail a test between two that pass belong to them.
constexpr double kBridge_mm = 3.0;
/// Half the window of the running medians, mm.
constexpr double kWindow_mm = 1.0;
/// An artery is dark on T2 somewhere: marrow, fat and fresh blood are bright on TOF, but not dark.
constexpr double kDarkT2 = 0.55;
/// Thinner than this, radius in mm, what TOF shows is an artery only if T2 shows the tube too:
/// mostly it is the edge of something else.
constexpr double kThinnest_mm = 0.28;
constexpr double kShownOnT2 = 0.4;
/// Wider than this, T2 cannot but show an artery as a void: where it does not, TOF shows bright
/// brain or plexus.
constexpr double kWide_mm = 1.0;
/// Share of the circle around a free dark tube that must be CSF, and may be something dark.
constexpr double kOpen = 0.62;
constexpr double kBlocked = 0.2;
/// A void, darker than any nerve, may run along bone: that it parts from it is shown by the rest.
constexpr double kBlockedVoid = 0.32;
constexpr double kFlowVoid = 0.35;
/// On the brain a tube has CSF on one side only: at least this share. It is then told from the
/// brain's own ridges and from nerves, which are as grey as brain, by being darker than this part
/// of brain's level.
constexpr double kOpenOnBrain = 0.35;
constexpr double kVoid = 0.7;
/// Share of the darkness around that a tube must explain.
constexpr double kExplained = 0.55;
/// How far beyond the porus the canal begins, and how far from its axis it reaches, mm: the dark
/// strands in it are VIII's branches and the intermediate nerve.
constexpr double kCanalMouth_mm = 1.0;
constexpr double kCanalReach_mm = 4.5;
/// Nearer than this part of its radius to a nerve's axis no vessel can lie.
constexpr double kOnAxis = 0.7;
/// A tube whose axis lies inside a nerve's outline must explain at least this share of the
/// darkness.
constexpr double kUnexplained = 0.5;
/// Arterial pieces shorter than this are believed only near a nerve or another artery, mm; those
/// of twice the length always.
constexpr double kStray_mm = 8.0;
constexpr double kStrayGap_mm = 3.0;
/// Share of the darkness explained by what is a tube; folia, bright by chance, have 0.6 to 0.7.
constexpr double kTubular = 0.75;
/// TOF level, 1 brain, below which a dark tube holds no blood; and the thickest that may hold still
/// blood, radius in mm.
constexpr double kStillBlood = 0.65;
constexpr double kThickest_mm = 1.5;
/// So many times as long as wide no pad is, nor a spur: pieces of felt are 1 to 2.5 times. A large
/// artery may lose its TOF signal where it runs within the slab or its flow is slow.
constexpr double kTubeLengths = 4.0;
/// Vertebral and basilar arteries, wedged between brain and skull: least and largest radius and
/// length, mm, and how far from the brain's surface and from the midline their axis runs at most.
constexpr double kTrunk_mm = 1.3;
constexpr double kWidestTrunk_mm = 2.6;
constexpr double kTrunkOffMidline_mm = 12.0;
constexpr double kTrunkLength_mm = 10.0;
constexpr double kTrunkOffBrain_mm = 7.0;

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

bool isOnNerve(const FittedLine& line, std::size_t n, const std::vector<Tube>& nerves) {
  return std::any_of(nerves.begin(), nerves.end(), [&](const Tube& nerve) {
    const Projection at = project(nerve.points_mm, line.points_mm[n]);
    const double radius = valueAt(nerve.points_mm, nerve.radius_mm, at.arclength_mm);
    return at.distance_mm < kOnAxis * radius ||
           (at.distance_mm < radius && line.explained[n] < kUnexplained);
  });
}

bool inCanal(const Point3& p, const std::vector<std::vector<Point3>>& canals_mm) {
  return std::any_of(canals_mm.begin(), canals_mm.end(), [&p](const std::vector<Point3>& axis) {
    const Projection at = project(axis, p);
    return at.arclength_mm > kCanalMouth_mm && at.distance_mm < kCanalReach_mm;
  });
}

/// Dark on TOF too, darker than still blood and nerves: pads, bone spurs. Or thick and without
/// flow, and not long enough for an artery.
bool isLikePad(const FittedLine& line) {
  if (line.tof_level.empty()) {
    return false;
  }
  const double radius_mm = medianOf(line.radius_mm);
  const bool tubular = lengthOf(line.points_mm) > kTubeLengths * 2 * radius_mm &&
                       medianOf(line.explained) >= kTubular;
  return medianOf(line.tof_level) < kStillBlood || (radius_mm > kThickest_mm && !tubular);
}

/// Whether @p line may be an artery by what T2 shows of it.
bool isCredibleOnT2(const FittedLine& line, double t2_brain) {
  const double radius = medianOf(line.radius_mm);
  const double darkest = medianOf(line.t2_level);
  if (radius > kWide_mm) {
    return darkest <= kVoid * t2_brain;
  }
  return darkest <= kDarkT2 && (radius >= kThinnest_mm || medianOf(line.explained) >= kShownOnT2);
}

double gapToOthers(const std::vector<Piece>& pieces, std::size_t n) {
  double gap = std::numeric_limits<double>::infinity();
  for (std::size_t m = 0; m < pieces.size(); ++m) {
    if (m == n) {
      continue;
    }
    for (const Point3& end : {pieces[n].line.points_mm.front(), pieces[n].line.points_mm.back()}) {
      const Projection at = project(pieces[m].line.points_mm, end);
      gap = std::min(gap, at.distance_mm - valueAt(pieces[m].line.points_mm,
                                                   pieces[m].line.radius_mm, at.arclength_mm));
    }
  }
  return gap;
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

std::vector<Piece> arterialPieces(const FittedLine& line, const VesselImages& images,
                                  const VesselOptions& options) {
  std::vector<Piece> pieces;
  if (line.tof_level.empty()) {
    return pieces;
  }
  const std::vector<double> tof = runningMedian(line.tof_level, halfWindow(options));
  for (FittedLine& stretch : stretches(line, options, [&](std::size_t n) {
         return tof[n] >= options.artery_tof_level && !isOnNerve(line, n, images.nerves);
       })) {
    if (!isCredibleOnT2(stretch, images.t2_brain)) {
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

namespace {

/// What decides point by point whether a dark line is a tube that may hold blood.
class DarkTubeTest {
 public:
  DarkTubeTest(const FittedLine& line, const VesselImages& images, const VesselOptions& options)
      : line_(line),
        images_(images),
        blood_level_(options.blood_ce_t1_level),
        open_(runningMedian(line.open, halfWindow(options))),
        blocked_(runningMedian(line.blocked, halfWindow(options))),
        explained_(runningMedian(line.explained, halfWindow(options))),
        t2_(runningMedian(line.t2_level, halfWindow(options))),
        blood_(runningMedian(valuesOr(line.ce_t1_level, line.size(), 0), halfWindow(options))) {}

  bool operator()(std::size_t n) const {
    if (blocked_[n] > (isVoid(n) ? kBlockedVoid : kBlocked)) {
      return false;
    }
    const bool tube = explains(n) && (standsFree(n) || isVoidOnBrain(n));
    const bool in_canal = inCanal(line_.points_mm[n], images_.canals_mm);
    return blood_[n] >= blood_level_ || (tube && !in_canal);
  }

 private:
  bool isVoid(std::size_t n) const { return t2_[n] <= kFlowVoid * images_.t2_brain; }

  /// Bone beside a void adds darkness that is none of the tube's.
  bool explains(std::size_t n) const {
    return explained_[n] >= kExplained * (isVoid(n) ? 1 - blocked_[n] : 1);
  }

  bool standsFree(std::size_t n) const { return open_[n] >= kOpen; }

  bool isVoidOnBrain(std::size_t n) const {
    const double not_brain = open_[n] + blocked_[n];
    return open_[n] >= kOpenOnBrain && open_[n] >= kOpen * not_brain &&
           t2_[n] <= kVoid * images_.t2_brain;
  }

  const FittedLine& line_;
  const VesselImages& images_;
  double blood_level_;
  std::vector<double> open_;
  std::vector<double> blocked_;
  std::vector<double> explained_;
  std::vector<double> t2_;
  std::vector<double> blood_;
};

/// No dark tube at all: nearer to fluid than to brain, and brighter than the blur leaves the axis
/// of the thinnest artery. Beside a pad CE-T1 alone shows such lines.
bool isLikeFluid(const FittedLine& line, const VesselImages& images) {
  constexpr double kFaintest_mm = 0.3;
  constexpr double kBloodOverFluid = 0.1;
  const double blurred = kFaintest_mm / images.t2_sigma_mm;
  const double faintest =
      kBloodOverFluid + (1 - kBloodOverFluid) * std::exp(-blurred * blurred / 2);
  return medianOf(line.t2_level) > std::max(0.5 * (1 + images.t2_brain), faintest);
}

/// What enhances on CE-T1 is blood: a vein's, unless TOF shows that it flows.
Piece pieceOfBlood(FittedLine line, const VesselOptions& options) {
  Piece piece;
  const double level = medianOf(line.ce_t1_level);
  if (!line.ce_t1_level.empty() && level >= options.blood_ce_t1_level) {
    const bool flows =
        !line.tof_level.empty() && medianOf(line.tof_level) >= options.artery_tof_level;
    piece.kind = flows ? VesselKind::artery : VesselKind::vein;
    piece.kind_confidence = sureness(level, options.blood_ce_t1_level - 0.1);
    piece.enhances = true;
  }
  piece.line = std::move(line);
  return piece;
}

}  // namespace

std::vector<Piece> darkPieces(const FittedLine& line, const VesselImages& images,
                              const VesselOptions& options) {
  std::vector<Piece> pieces;
  for (FittedLine& stretch : stretches(line, options, DarkTubeTest(line, images, options))) {
    if (isLikePad(stretch) || isLikeFluid(stretch, images)) {
      continue;
    }
    pieces.push_back(pieceOfBlood(std::move(stretch), options));
  }
  return pieces;
}

std::vector<Piece> trunkPieces(const FittedLine& line, const VesselImages& images,
                               const HeadFrame& frame, const VesselOptions& options) {
  const std::vector<double> t2 = runningMedian(line.t2_level, halfWindow(options));
  const std::vector<double> explained = runningMedian(line.explained, halfWindow(options));
  const auto passes = [&](std::size_t n) {
    return line.radius_mm[n] >= kTrunk_mm && line.radius_mm[n] <= kWidestTrunk_mm &&
           t2[n] <= kFlowVoid * images.t2_brain && explained[n] >= kTubular &&
           line.brain_mm[n] < kTrunkOffBrain_mm &&
           std::abs(frame.head_from_lps(line.points_mm[n]).x) < kTrunkOffMidline_mm;
  };
  std::vector<Piece> pieces;
  for (FittedLine& stretch : stretches(line, options, passes)) {
    if (lengthOf(stretch.points_mm) >= kTrunkLength_mm) {
      Piece piece;
      piece.line = std::move(stretch);
      pieces.push_back(std::move(piece));
    }
  }
  return pieces;
}

void dropTwins(std::vector<Piece>& pieces) {
  std::stable_sort(pieces.begin(), pieces.end(), [](const Piece& a, const Piece& b) {
    return lengthOf(a.line.points_mm) > lengthOf(b.line.points_mm);
  });
  std::vector<Piece> kept;
  for (Piece& piece : pieces) {
    const auto& points = piece.line.points_mm;
    const auto inside = std::count_if(points.begin(), points.end(), [&kept](const Point3& p) {
      return std::any_of(kept.begin(), kept.end(), [&p](const Piece& longer) {
        const Projection at = project(longer.line.points_mm, p);
        return at.distance_mm <
               valueAt(longer.line.points_mm, longer.line.radius_mm, at.arclength_mm);
      });
    });
    if (2 * static_cast<std::size_t>(inside) <= points.size()) {
      kept.push_back(std::move(piece));
    }
  }
  pieces = std::move(kept);
}

double distanceToNerves(const std::vector<Point3>& line_mm, const std::vector<Tube>& nerves) {
  double nearest = nerves.empty() ? 0 : std::numeric_limits<double>::infinity();
  for (const Tube& nerve : nerves) {
    for (const Point3& p : line_mm) {
      nearest = std::min(nearest, project(nerve.points_mm, p).distance_mm);
    }
  }
  return nearest;
}

void dropStrays(const std::vector<Tube>& nerves, std::vector<Piece>& pieces) {
  std::vector<Piece> kept;
  for (std::size_t n = 0; n < pieces.size(); ++n) {
    const FittedLine& line = pieces[n].line;
    const bool near = distanceToNerves(line.points_mm, nerves) < kStray_mm;
    const bool sure =
        medianOf(line.explained) >= kTubular &&
        (lengthOf(line.points_mm) >= kStray_mm || gapToOthers(pieces, n) < kStrayGap_mm);
    const bool long_enough =
        lengthOf(line.points_mm) >= 2 * kStray_mm && medianOf(line.explained) >= kTubular / 2;
    if (near || sure || long_enough) {
      kept.push_back(pieces[n]);
    }
  }
  pieces = std::move(kept);
}

bool isTube(const FittedLine& line) {
  const double widest_mm = *std::max_element(line.radius_mm.begin(), line.radius_mm.end());
  return lengthOf(line.points_mm) >= kTubeLengths * 2 * widest_mm ||
         medianOf(line.explained) >= kTubular;
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
