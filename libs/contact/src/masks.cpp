#include "neurovasc/contact/masks.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "check.h"
#include "contact_builder.h"
#include "coordinate.h"
#include "mesh_distance.h"
#include "neurovasc/contact/patch.h"
#include "neurovasc/core/error.h"
#include "neurovasc/core/mesh.h"
#include "neurovasc/core/parallel.h"
#include "principal_curve.h"

namespace neurovasc::contact {
namespace {

/// A shape as a surface with the spread of its edge.
struct Surface {
  TriangleMesh mesh;
  double edge_sd_mm = 0;
};

/// Distances are taken at vertices: so near to each other they miss a round vessel's nearest place
/// by less than 0.02 mm.
constexpr double kLongestEdgeMm = 0.3;

void requireClosed(const TriangleMesh& mesh) {
  if (mesh.empty()) {
    throw Error(ErrorCode::input_unreadable, "a surface holds no triangle",
                "check the file that was given");
  }
  if (!isClosed(mesh)) {
    throw Error(ErrorCode::input_unreadable,
                "a surface is not closed, so that inside and outside cannot be told",
                "fill its holes, or give the mask that it was made from");
  }
}

Surface surfaceFrom(const Shape& shape, const MaskOptions& options) {
  if (const auto* mesh = std::get_if<TriangleMesh>(&shape)) {
    requireClosed(*mesh);
    return {*mesh, options.mesh_edge_sd_mm};
  }
  const auto& mask = std::get<ImageF>(shape);
  const Vec3& h = mask.geometry().spacing_mm;
  return {surfaceOf(mask), options.mask_edge_sd_voxels * std::cbrt(h.x * h.y * h.z)};
}

/// Where the nerve's surface comes near a vessel's.
struct NearVertex {
  std::size_t vertex = 0;
  double gap_mm = 0;
  Point3 vessel_point_mm;
};

std::vector<NearVertex> nearVertices(const TriangleMesh& nerve, const MeshDistance& vessel,
                                     double within_mm, int threads) {
  std::vector<MeshDistance::Nearest> all(nerve.vertices_mm.size());
  parallelFor(all.size(), threads, [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      all[i] = vessel.nearest(nerve.vertices_mm[i], within_mm);
    }
  });
  std::vector<NearVertex> near;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].distance_mm < within_mm) {
      near.push_back({i, all[i].distance_mm, all[i].point_mm});
    }
  }
  return near;
}

/// Marks all of @p vertices that are linked with @p first by steps shorter than @p link_mm.
void takeLinked(const TriangleMesh& nerve, const std::vector<NearVertex>& vertices,
                std::size_t first, double link_mm, std::vector<bool>& taken) {
  std::vector<std::size_t> open = {first};
  taken[first] = true;
  while (!open.empty()) {
    const Point3 at = nerve.vertices_mm[vertices[open.back()].vertex];
    open.pop_back();
    for (std::size_t j = 0; j < vertices.size(); ++j) {
      if (!taken[j] && distance(at, nerve.vertices_mm[vertices[j].vertex]) < link_mm) {
        taken[j] = true;
        open.push_back(j);
      }
    }
  }
}

/// The nearest place, and each further one as near as apart_gap_mm that lies apart_length_mm or
/// more from the parts round the others: groups of near vertices linked by less than that.
std::vector<NearVertex> placesAmong(const TriangleMesh& nerve, std::vector<NearVertex> near,
                                    const PlaceOptions& options) {
  std::stable_sort(near.begin(), near.end(),
                   [](const NearVertex& a, const NearVertex& b) { return a.gap_mm < b.gap_mm; });
  std::vector<NearVertex> touching;
  std::copy_if(near.begin(), near.end(), std::back_inserter(touching),
               [&](const NearVertex& v) { return v.gap_mm <= options.apart_gap_mm; });
  if (touching.empty()) {
    near.resize(std::min<std::size_t>(near.size(), 1));
    return near;
  }
  std::vector<bool> taken(touching.size(), false);
  std::vector<NearVertex> places;
  for (std::size_t first = 0; first < touching.size(); ++first) {
    if (!taken[first]) {
      places.push_back(touching[first]);
      takeLinked(nerve, touching, first, options.apart_length_mm, taken);
    }
  }
  return places;
}

/// Where a vessel near a place runs and how thick it is: the main axis of its surface there.
struct LocalAxis {
  Vec3 direction;
  double diameter_mm = 0;
};

Matrix3 spreadOf(const std::vector<Point3>& points, const Point3& mean) {
  Matrix3 spread;
  spread.m.fill(0);
  for (const Point3& p : points) {
    for (int r = 0; r < 3; ++r) {
      for (int c = 0; c < 3; ++c) {
        spread(r, c) += (p - mean)[r] * (p - mean)[c];
      }
    }
  }
  return spread;
}

std::optional<LocalAxis> localAxis(const TriangleMesh& mesh, const Point3& at) {
  constexpr double kReachMm = 3.0;
  constexpr std::size_t kLeastPoints = 12;
  std::vector<Point3> points;
  Vec3 mean;
  for (const Point3& p : mesh.vertices_mm) {
    if (distance(p, at) <= kReachMm) {
      points.push_back(p);
      mean += p;
    }
  }
  if (points.size() < kLeastPoints) {
    return std::nullopt;
  }
  mean = mean / static_cast<double>(points.size());
  const Vec3 direction = eigenOfSymmetric(spreadOf(points, mean)).vectors.column(2);
  double radius = 0;
  for (const Point3& p : points) {
    const Vec3 d = p - mean;
    radius += norm(d - dot(d, direction) * direction);
  }
  return LocalAxis{direction, 2 * radius / static_cast<double>(points.size())};
}

/// Area of the nerve's triangles near a place of which all corners are near the vessel.
double areaNear(const TriangleMesh& nerve, const std::vector<NearVertex>& near, double within_mm,
                const Point3& place) {
  constexpr double kReachMm = 5.0;
  std::vector<double> gap(nerve.vertices_mm.size(), std::numeric_limits<double>::infinity());
  for (const NearVertex& v : near) {
    gap[v.vertex] = v.gap_mm;
  }
  double area = 0;
  for (const auto& t : nerve.triangles) {
    const Point3& a = nerve.vertices_mm[t[0]];
    const double mean = (gap[t[0]] + gap[t[1]] + gap[t[2]]) / 3;
    if (mean <= within_mm && distance(a, place) <= kReachMm) {
      area += norm(cross(nerve.vertices_mm[t[1]] - a, nerve.vertices_mm[t[2]] - a)) / 2;
    }
  }
  return area;
}

std::optional<double> lengthNear(const TriangleMesh& nerve, const std::vector<NearVertex>& near,
                                 double within_mm, const std::vector<Point3>& line, double s_mm) {
  constexpr double kReachMm = 5.0;
  if (line.size() < 2) {
    return std::nullopt;
  }
  double from = s_mm;
  double to = s_mm;
  for (const NearVertex& v : near) {
    const double s = project(line, nerve.vertices_mm[v.vertex]).arclength_mm;
    if (v.gap_mm <= within_mm && std::abs(s - s_mm) <= kReachMm) {
      from = std::min(from, s);
      to = std::max(to, s);
    }
  }
  return to - from;
}

/// The rough course through the landmarks, from root (or the end farthest from porus) outward.
std::vector<Point3> roughCourse(const TriangleMesh& mesh, const NerveLandmarks& landmarks) {
  std::vector<Point3> course;
  for (const auto* mark :
       {&landmarks.root_exit_point, &landmarks.detachment_point, &landmarks.porus}) {
    if (*mark) {
      course.push_back((*mark)->lps_mm);
    }
  }
  if (course.empty() || !landmarks.root_exit_point) {
    return {};
  }
  // The nerve goes on beyond the last landmark as far as its surface does.
  constexpr double kLeastMm = 1.5;
  Point3 farthest = course.back();
  for (const Point3& p : mesh.vertices_mm) {
    const bool beyond =
        course.size() < 2 || dot(p - course.back(), course.back() - course[course.size() - 2]) > 0;
    if (beyond && distance(p, course.back()) > distance(farthest, course.back())) {
      farthest = p;
    }
  }
  if (distance(farthest, course.back()) > kLeastMm) {
    course.push_back(farthest);
  }
  return course.size() >= 2 ? course : std::vector<Point3>{};
}

Nerve nerveFrom(const TriangleMesh& mesh, Side side, const NerveLandmarks& landmarks) {
  Nerve nerve;
  nerve.side = side;
  nerve.status = NerveStatus::segmented;
  nerve.landmarks = landmarks;
  const std::vector<Point3> course = roughCourse(mesh, landmarks);
  if (!course.empty()) {
    nerve.tube = principalCurve(mesh.vertices_mm, course);
  }
  return nerve;
}

void addDirections(const Nerve& nerve, const Surface& nerve_surface, const Surface& vessel,
                   const NearVertex& place, Contact& contact) {
  const Point3& on_nerve = nerve_surface.mesh.vertices_mm[place.vertex];
  const auto vessel_axis = localAxis(vessel.mesh, place.vessel_point_mm);
  const auto nerve_axis = localAxis(nerve_surface.mesh, on_nerve);
  if (vessel_axis) {
    contact.diameter_mm = vessel_axis->diameter_mm;
  }
  if (nerve.tube.size() >= 2) {
    const Projection at = project(nerve.tube.points_mm, on_nerve);
    const Vec3 t = tangentAt(nerve.tube.points_mm, at.arclength_mm);
    contact.clock_h = clockHour(on_nerve - at.point_mm, t, {0, 0, 1}, {0, -1, 0});
    if (vessel_axis) {
      contact.angle_deg = crossingAngleDeg(t, vessel_axis->direction);
    }
  } else if (vessel_axis && nerve_axis) {
    contact.angle_deg = crossingAngleDeg(nerve_axis->direction, vessel_axis->direction);
  }
}

Contact contactAt(const Nerve& nerve, const Surface& nerve_surface, const ShapeVessel& vessel,
                  const Surface& vessel_surface, const std::vector<NearVertex>& near,
                  const NearVertex& place, const MaskOptions& options) {
  Contact contact;
  contact.vessel_id = vessel.id;
  contact.kind = vessel.kind;
  contact.vessel_name = vessel.name;
  const double sd = std::hypot(nerve_surface.edge_sd_mm, vessel_surface.edge_sd_mm);
  contact.distance_mm = std::max(0.0, place.gap_mm);
  contact.distance_sd_mm = sd;
  contact.contact_probability = contactProbability(place.gap_mm, sd, options.touch_limit_mm);
  contact.state = stateFor(*contact.contact_probability);
  const Point3& on_nerve = nerve_surface.mesh.vertices_mm[place.vertex];
  contact.nerve_point_mm = on_nerve;
  contact.vessel_point_mm = place.vessel_point_mm;
  contact.area_mm2 = areaNear(nerve_surface.mesh, near, options.patch_within_mm, on_nerve);
  addDirections(nerve, nerve_surface, vessel_surface, place, contact);
  const NerveCoordinate coordinate = nerveCoordinate(nerve);
  if (coordinate.known) {
    const double s = project(nerve.tube.points_mm, on_nerve).arclength_mm;
    contact.arclength_mm = s - coordinate.root_mm;
    contact.zone = zoneOf(coordinate, *contact.arclength_mm, options.zones.limits);
    contact.length_mm =
        lengthNear(nerve_surface.mesh, near, options.patch_within_mm, nerve.tube.points_mm, s);
  }
  return contact;
}

std::vector<ZoneFinding> zonesOf(const Nerve& nerve, const std::vector<Contact>& contacts,
                                 const ZoneOptions& options) {
  const NerveCoordinate coordinate = nerveCoordinate(nerve);
  std::vector<ZoneFinding> zones;
  for (const Zone zone : kZones) {
    zones.push_back({zone, {}, {}, ZoneStatus::not_assessable, {}, {}, {}});
    zones.back().reason = coordinate.detachment_mm
                              ? "masks do not tell what else was looked for"
                              : "root exit and detachment point were not given";
  }
  if (!coordinate.detachment_mm) {
    return zones;
  }
  const double end = coordinate.end_mm;
  const auto ranges =
      zoneRanges(*coordinate.detachment_mm, coordinate.porus_mm.value_or(end), end, options.limits);
  for (std::size_t i = 0; i < zones.size(); ++i) {
    zones[i].from_mm = ranges[i].from_mm;
    zones[i].to_mm = ranges[i].to_mm;
    const bool touched = std::any_of(contacts.begin(), contacts.end(), [&](const Contact& c) {
      return c.zone == zones[i].zone && *c.contact_probability >= options.contact_probability;
    });
    if (touched) {
      zones[i].status = ZoneStatus::contact;
      zones[i].reason.clear();
    }
  }
  return zones;
}

}  // namespace

void validate(const MaskOptions& options) {
  validate(options.places);
  validate(options.zones);
  require(options.touch_limit_mm >= 0, "touch_limit_mm", "at least 0");
  require(options.patch_within_mm > 0, "patch_within_mm", "above 0");
  require(options.mask_edge_sd_voxels > 0, "mask_edge_sd_voxels", "above 0");
  require(options.mesh_edge_sd_mm > 0, "mesh_edge_sd_mm", "above 0");
  require(options.threads >= 0, "threads", "at least 0");
}

SurfaceGap surfaceGap(const TriangleMesh& a, const TriangleMesh& b) {
  constexpr double kEverywhere = 1e6;
  const MeshDistance to_a(a);
  const MeshDistance to_b(b);
  SurfaceGap best{kEverywhere, {}, {}};
  for (const Point3& p : a.vertices_mm) {
    const auto at = to_b.nearest(p, std::max(best.distance_mm, 0.0));
    if (at.distance_mm < best.distance_mm) {
      best = {at.distance_mm, p, at.point_mm};
    }
  }
  for (const Point3& p : b.vertices_mm) {
    const auto at = to_a.nearest(p, std::max(best.distance_mm, 0.0));
    if (at.distance_mm < best.distance_mm) {
      best = {at.distance_mm, at.point_mm, p};
    }
  }
  return best;
}

SideAssessment assessSurfaces(const Shape& nerve, const std::vector<ShapeVessel>& vessels,
                              Side side, const NerveLandmarks& landmarks,
                              const MaskOptions& options, const Progress& progress) {
  validate(options);
  Surface nerve_surface = surfaceFrom(nerve, options);
  nerve_surface.mesh = refined(std::move(nerve_surface.mesh), kLongestEdgeMm);
  SideAssessment out;
  out.side = side;
  out.nerve = nerveFrom(nerve_surface.mesh, side, landmarks);
  for (std::size_t i = 0; i < vessels.size(); ++i) {
    progress.report("contact", static_cast<double>(i) / static_cast<double>(vessels.size()),
                    "measuring between the surfaces");
    const Surface vessel = surfaceFrom(vessels[i].shape, options);
    const auto near = nearVertices(nerve_surface.mesh, MeshDistance(vessel.mesh),
                                   options.places.within_mm, options.threads);
    for (const NearVertex& place : placesAmong(nerve_surface.mesh, near, options.places)) {
      out.contacts.push_back(
          contactAt(out.nerve, nerve_surface, vessels[i], vessel, near, place, options));
    }
  }
  numberContacts(side, out.contacts);
  out.zones = zonesOf(out.nerve, out.contacts, options.zones);
  out.finding = findingOf(out.contacts, out.zones, {});
  progress.report("contact", 1, "contacts assessed");
  return out;
}

}  // namespace neurovasc::contact
