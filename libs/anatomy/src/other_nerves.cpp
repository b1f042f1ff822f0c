#include "other_nerves.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "neurovasc/core/tube.h"

namespace neurovasc::anatomy {
namespace {

/// Nerves run straight: chord over arc length.
constexpr double kStraight = 0.85;
constexpr double kShortest_mm = 5.0;
/// A nerve's inner end lies at most this far from the brain, its outer one farther, mm.
constexpr double kInner_mm = 2.5;
/// Thickness of V (5 mm wide in life) and of the rootlets, radius in mm.
constexpr double kTrigeminalRadius_mm = 0.9;
constexpr double kRootletRadius_mm = 1.3;
/// The roots of V to XI stand in a row on the brainstem's side, this far before or behind VII's at
/// most, mm; folia of the cerebellum and the walls of the fourth ventricle begin 9 mm behind it.
constexpr double kRow_mm = 8.0;
/// Cosine between a nerve's course and the direction in which it mostly runs.
constexpr double kMostly = 0.55;
/// VI leaves the sulcus this near the midline, mm.
constexpr double kAbducensMidline_mm = 9.0;
/// The jugular foramen, where IX to XI leave, lies this far lateral of VII's root and more, this
/// far in front of it and below it. Nothing else that shows no blood ends there. In simulated heads
/// with thick lower nerves it is 10 to 12, 3 to 8 and 3 to 8 mm.
constexpr double kForamenLateral_mm = 7.0;
constexpr double kForamenInFront_mm = 1.0;
constexpr double kForamenBelow_mm = 2.0;
/// Rootlets that end there come from below VII's root, whose level is known to this, mm.
constexpr double kRootLevel_mm = 2.0;
/// VIII runs within this distance of VII, at most this far off its direction (cosine).
constexpr double kCompanion_mm = 4.5;
constexpr double kParallel = 0.8;
constexpr double kCompanionShare = 0.6;
/// On VII or VIII themselves: within their radius and this much, mm.
constexpr double kRim_mm = 0.5;
/// A tube goes on from an end of VIII within this distance and at most this far off its direction;
/// one that begins right at that end may turn.
constexpr double kGoesOn_mm = 3.0;
constexpr double kMeets_mm = 1.5;
constexpr double kGoesOnCosine = 0.5;
/// What VIII lacks is no longer than its way through the canal, and ends where the rest begins: a
/// tube that is longer, or passes by, is a vessel.
constexpr double kLongestRest_mm = 12.0;
constexpr double kPasses_mm = 4.0;

/// A straight piece from the brainstem outward, in head coordinates (x away from the midline).
struct Course {
  Point3 inner;
  Vec3 direction;
  double length_mm = 0;
  double radius_mm = 0;
  Side side = Side::left;
};

/// Head coordinates with x away from the midline.
Point3 lateralHead(const HeadFrame& frame, const Point3& p, Side side) {
  Point3 head = frame.head_from_lps(p);
  head.x *= lateralSign(side);
  return head;
}

bool isEighthOrSeventh(const Nerve& nerve) {
  return (nerve.name == NerveName::facial || nerve.name == NerveName::vestibulocochlear) &&
         nerve.tube.size() > 1;
}

std::optional<Course> courseOf(const FittedLine& line, const HeadFrame& frame) {
  const double arc = lengthOf(line.points_mm);
  const Point3& a = line.points_mm.front();
  const Point3& b = line.points_mm.back();
  const bool a_inner = line.brain_mm.front() <= line.brain_mm.back();
  const double inner_mm = a_inner ? line.brain_mm.front() : line.brain_mm.back();
  if (arc < kShortest_mm || distance(a, b) < kStraight * arc || inner_mm > kInner_mm) {
    return std::nullopt;
  }
  const Point3& outer = a_inner ? b : a;
  Course course;
  course.side = frame.head_from_lps(outer).x >= 0 ? Side::left : Side::right;
  course.inner = lateralHead(frame, a_inner ? a : b, course.side);
  course.direction = normalized(lateralHead(frame, outer, course.side) - course.inner);
  course.length_mm = arc;
  course.radius_mm = medianOf(line.radius_mm);
  return course;
}

/// Head coordinates of the root of VII, else its usual place (feasibility of nine heads: 11.5, 0,
/// -4 from the middle between the labyrinths).
Point3 rootOf(const Anatomy& anatomy, Side side) {
  for (const Nerve& nerve : anatomy.nerves) {
    if (nerve.name == NerveName::facial && nerve.side == side && !nerve.tube.empty()) {
      return lateralHead(anatomy.frame, nerve.tube.points_mm.front(), side);
    }
  }
  return {11.5, 0, -4};
}

std::optional<NerveName> nerveOf(const Course& course, const Point3& root) {
  const Vec3 from_root = course.inner - root;
  const bool sideways = course.direction.x > kMostly;
  const bool forward = course.direction.y < -kMostly;
  if (std::abs(from_root.y) > kRow_mm) {
    return std::nullopt;
  }
  if (course.radius_mm >= kTrigeminalRadius_mm && from_root.z > 3 && forward) {
    return NerveName::trigeminal;
  }
  if (course.radius_mm > kRootletRadius_mm) {
    return std::nullopt;
  }
  if (sideways && from_root.z < -1.5 && from_root.z > -20) {
    return NerveName::lower;
  }
  if (forward && course.inner.x < kAbducensMidline_mm && std::abs(from_root.z) < 6) {
    return NerveName::abducens;
  }
  return std::nullopt;
}

/// A part of a line, as indices.
struct Part {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// Where VII was not followed to its root its line begins nearer to the foramen.
bool knowsRoot(const Anatomy& anatomy, Side side) {
  return std::any_of(anatomy.nerves.begin(), anatomy.nerves.end(), [side](const Nerve& nerve) {
    return nerve.name == NerveName::facial && nerve.side == side && nerve.landmarks.root_exit_point;
  });
}

bool isAtJugularForamen(const Point3& head, const Point3& root) {
  const Vec3 from_root = head - root;
  return from_root.x > kForamenLateral_mm && from_root.y < -kForamenInFront_mm &&
         from_root.z < -kForamenBelow_mm;
}

bool isRootlet(const Course& course, const Point3& root) {
  const Vec3 from_root = course.inner - root;
  return course.direction.x > kMostly && course.radius_mm <= kRootletRadius_mm &&
         std::abs(from_root.y) <= kRow_mm && from_root.z < kRootLevel_mm;
}

/// The part of @p line from its end at the jugular foramen, if it has one, to where it comes
/// nearest to the midline.
std::optional<Part> rootletIn(const FittedLine& line, const Anatomy& anatomy) {
  const HeadFrame& frame = anatomy.frame;
  for (const bool last : {false, true}) {
    const Point3& outer = last ? line.points_mm.back() : line.points_mm.front();
    const Side side = frame.head_from_lps(outer).x >= 0 ? Side::left : Side::right;
    const Point3 root = rootOf(anatomy, side);
    if (!knowsRoot(anatomy, side) || !isAtJugularForamen(lateralHead(frame, outer, side), root)) {
      continue;
    }
    const auto medial = std::min_element(
        line.points_mm.begin(), line.points_mm.end(), [&](const Point3& a, const Point3& b) {
          return lateralHead(frame, a, side).x < lateralHead(frame, b, side).x;
        });
    const auto inner = static_cast<std::size_t>(medial - line.points_mm.begin());
    const Part part = last ? Part{inner, line.size()} : Part{0, inner + 1};
    const std::optional<Course> course = courseOf(sliced(line, part.begin, part.end), frame);
    if (course && isRootlet(*course, root)) return part;
  }
  return std::nullopt;
}

/// How a line runs beside VII or VIII of one side.
struct Company {
  double beside = 0;  ///< share of its points that are near and parallel
  double on = 0;      ///< share of its points on the nerve itself
};

Company companyOf(const FittedLine& line, const Tube& nerve) {
  std::size_t beside = 0;
  std::size_t on = 0;
  for (std::size_t n = 0; n < line.size(); ++n) {
    const Projection at = project(nerve.points_mm, line.points_mm[n]);
    const Vec3 along = normalized(line.points_mm[std::min(n + 1, line.size() - 1)] -
                                  line.points_mm[n > 0 ? n - 1 : 0]);
    const double cosine = std::abs(dot(along, tangentAt(nerve.points_mm, at.arclength_mm)));
    beside += at.distance_mm < kCompanion_mm && cosine > kParallel ? 1 : 0;
    on += at.distance_mm < valueAt(nerve.points_mm, nerve.radius_mm, at.arclength_mm) + kRim_mm ? 1
                                                                                                : 0;
  }
  const auto count = static_cast<double>(line.size());
  return {static_cast<double>(beside) / count, static_cast<double>(on) / count};
}

/// Whether @p line goes on where @p nerve ends: the part of VIII near the brainstem is thicker and
/// often not traced.
bool continues(const FittedLine& line, const Tube& nerve) {
  const double length = lengthOf(nerve.points_mm);
  const double rest = lengthOf(line.points_mm);
  if (rest > kLongestRest_mm) {
    return false;
  }
  for (const bool last : {false, true}) {
    const Point3& end = last ? nerve.points_mm.back() : nerve.points_mm.front();
    const Vec3 outward = tangentAt(nerve.points_mm, last ? length : 0) * (last ? 1.0 : -1.0);
    const Projection at = project(line.points_mm, end);
    const Vec3 along = tangentAt(line.points_mm, at.arclength_mm);
    const double ratio =
        medianOf(line.radius_mm) / (last ? nerve.radius_mm.back() : nerve.radius_mm.front());
    const bool ahead = std::abs(dot(along, outward)) > kGoesOnCosine;
    if (std::min(at.arclength_mm, rest - at.arclength_mm) > kPasses_mm) {
      continue;
    }
    if (at.distance_mm < (ahead ? kGoesOn_mm : kMeets_mm) && ratio > 0.5 && ratio < 2.0) {
      return true;
    }
  }
  return false;
}

bool belongsToKnownNerve(const FittedLine& line, const Anatomy& anatomy) {
  return std::any_of(anatomy.nerves.begin(), anatomy.nerves.end(), [&](const Nerve& nerve) {
    if (!isEighthOrSeventh(nerve)) {
      return false;
    }
    const Company company = companyOf(line, nerve.tube);
    return company.beside > kCompanionShare || company.on > 0.5 ||
           (nerve.name == NerveName::vestibulocochlear && continues(line, nerve.tube));
  });
}

double distanceToFacial(const FittedLine& line, const Anatomy& anatomy) {
  double nearest = std::numeric_limits<double>::infinity();
  bool any = false;
  for (const Nerve& nerve : anatomy.nerves) {
    if (nerve.name == NerveName::facial && nerve.tube.size() > 1) {
      any = true;
      for (const Point3& p : line.points_mm) {
        nearest = std::min(nearest, project(nerve.tube.points_mm, p).distance_mm);
      }
    }
  }
  return any ? nearest : 0;
}

Nerve nerveFrom(const FittedLine& line, NerveName name, Side side) {
  Nerve nerve;
  nerve.name = name;
  nerve.side = side;
  nerve.status = NerveStatus::partial;
  nerve.reason = "recognised by its course only";
  nerve.tube = {line.points_mm, line.radius_mm, {}};
  if (line.brain_mm.front() > line.brain_mm.back()) {
    nerve.tube = reversed(std::move(nerve.tube));
  }
  return nerve;
}

/// Where rootlets of IX to XI reach up to VII's root the search goes on from them along VII or a
/// vessel: takes them off @p pieces, whose rests stay, and returns them.
std::vector<Nerve> takeRootlets(std::vector<Piece>& pieces, const Anatomy& anatomy) {
  std::vector<Nerve> found;
  std::vector<Piece> kept;
  for (Piece& piece : pieces) {
    const bool bloodless = piece.kind == VesselKind::unknown && !piece.enhances;
    const auto part = bloodless ? rootletIn(piece.line, anatomy) : std::nullopt;
    if (!part) {
      kept.push_back(std::move(piece));
      continue;
    }
    const FittedLine rootlet = sliced(piece.line, part->begin, part->end);
    const double x = anatomy.frame.head_from_lps(rootlet.points_mm.front()).x;
    found.push_back(nerveFrom(rootlet, NerveName::lower, x >= 0 ? Side::left : Side::right));
    piece.line = part->begin > 0 ? sliced(piece.line, 0, part->begin)
                                 : sliced(piece.line, part->end, piece.line.size());
    if (lengthOf(piece.line.points_mm) >= kShortest_mm) kept.push_back(std::move(piece));
  }
  pieces = std::move(kept);
  return found;
}

}  // namespace

void takeOtherNerves(double reach_mm, std::vector<Piece>& pieces, Anatomy& anatomy) {
  std::vector<Nerve> found = takeRootlets(pieces, anatomy);
  std::vector<Piece> kept;
  for (Piece& piece : pieces) {
    if (piece.kind != VesselKind::unknown || piece.enhances) {
      kept.push_back(std::move(piece));
      continue;
    }
    if (belongsToKnownNerve(piece.line, anatomy)) {
      continue;
    }
    const std::optional<Course> course = courseOf(piece.line, anatomy.frame);
    const std::optional<NerveName> name =
        course ? nerveOf(*course, rootOf(anatomy, course->side)) : std::nullopt;
    if (name) {
      found.push_back(nerveFrom(piece.line, *name, course->side));
    } else if (distanceToFacial(piece.line, anatomy) <= reach_mm) {
      kept.push_back(std::move(piece));
    }
  }
  pieces = std::move(kept);
  anatomy.nerves.insert(anatomy.nerves.end(), found.begin(), found.end());
}

}  // namespace neurovasc::anatomy
