// A way for the endoscope through the fluid beside the nerve.

#include <algorithm>
#include <cmath>
#include <limits>
#include <queue>

#include "frames.h"
#include "neurovasc/core/error.h"
#include "neurovasc/scene/animation.h"

namespace neurovasc::scene {
namespace {

constexpr double kCell_mm = 0.4;  // below the thinnest vessel
constexpr double kMargin_mm = 7;  // about the nerve
constexpr double kNarrowest_mm = 0.5;
constexpr double kRoomy_mm = 1.2;  // from here on more room matters little
constexpr double kBeside_mm = 4;   // from the nerve's axis: farther off costs
constexpr int kRounding = 60;      // passes
constexpr double kAhead_mm = 6;    // where the endoscope looks
constexpr double kFluid = 0.5;     // of T2's window

/// How far each place is from the nearest tissue, on a grid about the nerve.
class Clearance {
 public:
  Clearance(const SceneContent& content, const std::vector<Point3>& line)
      : grid_(gridAbout(line)), room_(grid_, std::numeric_limits<float>::max()) {
    block(content);
    spread(false);
    spread(true);
  }

  const GridGeometry& grid() const { return grid_; }
  double at(const Point3& p) const { return interpolate(room_, p); }
  float operator[](std::size_t cell) const { return room_[cell]; }

 private:
  static GridGeometry gridAbout(const std::vector<Point3>& line) {
    const Box box = boundingBox(line, kMargin_mm);
    GridGeometry grid;
    grid.spacing_mm = {kCell_mm, kCell_mm, kCell_mm};
    grid.origin_mm = box.lower;
    for (int a = 0; a < 3; ++a) {
      grid.size[static_cast<std::size_t>(a)] =
          static_cast<int>((box.upper[a] - box.lower[a]) / kCell_mm) + 1;
    }
    return grid;
  }

  template <typename Visit>
  void eachCell(const Visit& visit) {
    std::size_t at = 0;
    for (int k = 0; k < grid_.size[2]; ++k) {
      for (int j = 0; j < grid_.size[1]; ++j) {
        for (int i = 0; i < grid_.size[0]; ++i) {
          visit(at++, i, j, k);
        }
      }
    }
  }

  void block(const SceneContent& content) {
    const GreyWindow& window = content.t2.window;
    const double fluid = window.black + kFluid * (window.white - window.black);
    eachCell([&](std::size_t at, int i, int j, int k) {
      const Point3 p = grid_.toLps(i, j, k);
      const bool rim = i == 0 || j == 0 || k == 0 || i + 1 == grid_.size[0] ||
                       j + 1 == grid_.size[1] || k + 1 == grid_.size[2];
      if (rim || !content.t2.image.geometry().contains(p) ||
          interpolate(content.t2.image, p) < fluid) {
        room_[at] = 0;
      }
    });
    for (const SceneNerve& nerve : content.nerves) {
      blockTube(nerve.tube);
    }
    for (const Vessel& vessel : content.vessels) {
      blockTube(vessel.tube);
    }
  }

  void blockTube(const Tube& tube) {
    if (tube.size() < 2) {
      return;
    }
    const double widest = *std::max_element(tube.radius_mm.begin(), tube.radius_mm.end());
    const Box box = boundingBox(tube.points_mm, widest + kCell_mm);
    eachCell([&](std::size_t at, int i, int j, int k) {
      const Point3 p = grid_.toLps(i, j, k);
      if (room_[at] > 0 && box.contains(p)) {
        const Projection on = project(tube.points_mm, p);
        if (on.distance_mm < tube.radius_mm[on.segment]) {
          room_[at] = 0;
        }
      }
    });
  }

  /// One pass of a chamfer distance with the true lengths of the 26 steps (Borgefors 1986).
  void spread(bool backward) {
    const int turn = backward ? -1 : 1;
    const auto first = [&](std::size_t a) { return backward ? grid_.size[a] - 2 : 1; };
    const auto inside = [&](int v, std::size_t a) { return v >= 1 && v + 1 < grid_.size[a]; };
    for (int k = first(2); inside(k, 2); k += turn) {
      for (int j = first(1); inside(j, 1); j += turn) {
        for (int i = first(0); inside(i, 0); i += turn) {
          lower(i, j, k);
        }
      }
    }
  }

  void lower(int i, int j, int k) {
    float& here = room_(i, j, k);
    for (int n = 0; n < 27; ++n) {
      const int di = n % 3 - 1;
      const int dj = n / 3 % 3 - 1;
      const int dk = n / 9 - 1;
      const double step = kCell_mm * std::sqrt(di * di + dj * dj + dk * dk);
      here = std::min(here, static_cast<float>(room_(i + di, j + dj, k + dk) + step));
    }
  }

  GridGeometry grid_;
  ImageF room_;
};

/// The shortest way over the cells of a Clearance.
class WayFinder {
 public:
  WayFinder(const Clearance& clearance, const std::vector<Point3>& line)
      : clearance_(clearance), grid_(clearance.grid()), line_(line) {}

  /// From near @p from to near @p to; empty where there is no way.
  std::vector<Point3> find(const Point3& from, const Point3& to) {
    const std::size_t start = freeCellNear(from);
    const std::size_t goal = freeCellNear(to);
    if (start == kNone || goal == kNone) {
      return {};
    }
    walk(start, goal);
    std::vector<Point3> way;
    for (std::size_t at = goal; before_[at] != kNone; at = before_[at]) {
      way.push_back(placeOf(at));
      if (at == start) {
        std::reverse(way.begin(), way.end());
        return way;
      }
    }
    return {};
  }

 private:
  static constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();

  std::array<int, 3> indexOf(std::size_t cell) const {
    const auto ni = static_cast<std::size_t>(grid_.size[0]);
    const auto nj = static_cast<std::size_t>(grid_.size[1]);
    return {static_cast<int>(cell % ni), static_cast<int>(cell / ni % nj),
            static_cast<int>(cell / ni / nj)};
  }
  Point3 placeOf(std::size_t cell) const {
    const auto index = indexOf(cell);
    return grid_.toLps(index[0], index[1], index[2]);
  }
  bool isFree(std::size_t cell) const { return clearance_[cell] >= kNarrowest_mm; }

  std::size_t freeCellNear(const Point3& p) const {
    std::size_t nearest = kNone;
    double least = std::numeric_limits<double>::max();
    for (std::size_t cell = 0; cell < grid_.voxelCount(); ++cell) {
      const double away = isFree(cell) ? distance(placeOf(cell), p) : least;
      if (away < least) {
        least = away;
        nearest = cell;
      }
    }
    return nearest;
  }

  double dearness(std::size_t cell) const {
    const double narrow = kRoomy_mm / clearance_[cell];
    const double far = project(line_, placeOf(cell)).distance_mm / kBeside_mm;
    return 1 + narrow * narrow + far * far;
  }

  void walk(std::size_t start, std::size_t goal) {
    cost_.assign(grid_.voxelCount(), std::numeric_limits<double>::max());
    before_.assign(grid_.voxelCount(), kNone);
    using Entry = std::pair<double, std::size_t>;
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> open;
    cost_[start] = 0;
    before_[start] = start;
    open.push({0, start});
    while (!open.empty() && open.top().second != goal) {
      const auto [cost, cell] = open.top();
      open.pop();
      if (cost > cost_[cell]) {
        continue;
      }
      for (const auto& [next, step] : neighbours(cell)) {
        const double total = cost + step * dearness(next);
        if (total < cost_[next]) {
          cost_[next] = total;
          before_[next] = cell;
          open.push({total, next});
        }
      }
    }
  }

  std::vector<std::pair<std::size_t, double>> neighbours(std::size_t cell) const {
    const auto at = indexOf(cell);
    std::vector<std::pair<std::size_t, double>> found;
    for (int n = 0; n < 27; ++n) {
      const std::array<int, 3> d = {n % 3 - 1, n / 3 % 3 - 1, n / 9 - 1};
      if (n == 13 || !grid_.contains(at[0] + d[0], at[1] + d[1], at[2] + d[2])) {
        continue;
      }
      const std::size_t next = grid_.offset(at[0] + d[0], at[1] + d[1], at[2] + d[2]);
      if (isFree(next)) {
        found.emplace_back(next, kCell_mm * std::sqrt(d[0] * d[0] + d[1] * d[1] + d[2] * d[2]));
      }
    }
    return found;
  }

  const Clearance& clearance_;
  GridGeometry grid_;
  const std::vector<Point3>& line_;
  std::vector<double> cost_;
  std::vector<std::size_t> before_;
};

/// Each place moved between its neighbours where that keeps as much room as is needed.
void roundOff(std::vector<Point3>& way, const Clearance& clearance) {
  for (int pass = 0; pass < kRounding; ++pass) {
    for (std::size_t n = 1; n + 1 < way.size(); ++n) {
      const Point3 moved = 0.25 * way[n - 1] + 0.5 * way[n] + 0.25 * way[n + 1];
      if (clearance.at(moved) >= std::min(kRoomy_mm, clearance.at(way[n]))) {
        way[n] = moved;
      }
    }
  }
}

std::vector<Point3> rootToPorus(const SceneNerve& nerve) {
  const std::vector<Point3>& line = nerve.tube.points_mm;
  const double end = nerve.landmarks.porus
                         ? project(line, nerve.landmarks.porus->lps_mm).arclength_mm
                         : lengthOf(line);
  std::vector<Point3> part;
  for (double s = 0; s < end; s += kCell_mm) {
    part.push_back(pointAt(line, s));
  }
  part.push_back(pointAt(line, end));
  return part;
}

EndoscopePlace placeAt(const Point3& eye, const std::vector<Point3>& line,
                       const Clearance& clearance) {
  EndoscopePlace place;
  place.eye_mm = eye;
  place.clearance_mm = clearance.at(eye);
  place.arclength_mm = project(line, eye).arclength_mm;
  const Point3 target = pointAt(line, std::max(0.0, place.arclength_mm - kAhead_mm));
  place.forward = normalized(target - eye);
  const Vec3 up = Vec3{0, 0, 1} - place.forward.z * place.forward;
  place.up = norm(up) > 0.1 ? normalized(up) : perpendicularTo(place.forward);
  return place;
}

/// Turns each direction towards its neighbours', so that the picture does not jerk.
void steady(std::vector<EndoscopePlace>& places) {
  for (int pass = 0; pass < kRounding / 2; ++pass) {
    for (std::size_t n = 1; n + 1 < places.size(); ++n) {
      places[n].forward =
          normalized(places[n - 1].forward + 2.0 * places[n].forward + places[n + 1].forward);
      const Vec3 up = places[n].up - dot(places[n].up, places[n].forward) * places[n].forward;
      places[n].up = normalized(up);
    }
  }
}

[[noreturn]] void refuse(const char* why) {
  throw Error(ErrorCode::usage, std::string("no way for an endoscope: ") + why,
              "Choose the other side, or another view.");
}

}  // namespace

std::vector<EndoscopePlace> endoscopePath(const SceneContent& content, Side side, double step_mm) {
  const SceneNerve* nerve = facialNerveOf(content, side);
  if (nerve == nullptr || content.t2.image.empty()) {
    refuse(nerve == nullptr ? "there is no nerve on that side" : "there is no T2 image");
  }
  const std::vector<Point3> line = rootToPorus(*nerve);
  const Clearance clearance(content, line);
  std::vector<Point3> way = WayFinder(clearance, line).find(line.back(), line.front());
  if (way.size() < 2) {
    refuse("the fluid beside the nerve is nowhere 0.5 mm wide");
  }
  roundOff(way, clearance);
  std::vector<EndoscopePlace> places;
  const double length = lengthOf(way);
  const int steps = std::max(1, static_cast<int>(length / step_mm));
  for (int n = 0; n <= steps; ++n) {
    places.push_back(placeAt(pointAt(way, n * length / steps), line, clearance));
  }
  steady(places);
  return places;
}

}  // namespace neurovasc::scene
