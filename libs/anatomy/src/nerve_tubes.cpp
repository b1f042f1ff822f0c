#include "nerve_tubes.h"

#include <algorithm>
#include <utility>

#include "neurovasc/anatomy/tube_fit.h"

namespace neurovasc::anatomy {

namespace {

/// The free part's first millimetre, where brain fills half of the window, is taken from the ridge.
constexpr double kJoinMm = 0.8;

double median(std::vector<double> values, double otherwise) {
  if (values.empty()) return otherwise;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

template <typename T>
void eraseFirst(std::size_t count, std::vector<T>& values) {
  values.erase(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(count));
}

}  // namespace

Tube tubeAlong(const std::vector<Point3>& line, double radius_mm) {
  Tube tube;
  tube.points_mm = line;
  tube.radius_mm.assign(line.size(), radius_mm);
  tube.confidence.assign(line.size(), 1);
  return tube;
}

Tube movedTo(std::vector<Point3> line, const Tube& tube) {
  Tube moved;
  for (const Point3& p : line) {
    const double at = project(tube.points_mm, p).arclength_mm;
    moved.radius_mm.push_back(valueAt(tube.points_mm, tube.radius_mm, at));
    moved.confidence.push_back(valueAt(tube.points_mm, tube.confidence, at));
  }
  moved.points_mm = std::move(line);
  return moved;
}

Tube joinedTube(const std::vector<Point3>& root, const Tube& free, double radius_mm) {
  std::vector<Point3> line = root;
  const std::vector<double> s = arcLengths(free.points_mm);
  const double root_length = lengthOf(root);
  const double root_confidence = kAttachedConfidence * nearRoot(free, free.confidence, 0);
  for (std::size_t i = 0; i < free.size(); ++i) {
    if (s[i] >= kJoinMm) line.push_back(free.points_mm[i]);
  }
  Tube tube;
  tube.points_mm = smoothedLine(line, kNerveSmoothingMm, kNerveStepMm);
  for (const Point3& p : tube.points_mm) {
    const double at = project(free.points_mm, p).arclength_mm;
    const bool attached = project(line, p).arclength_mm < root_length;
    tube.radius_mm.push_back(attached ? radius_mm : valueAt(free.points_mm, free.radius_mm, at));
    tube.confidence.push_back(attached ? root_confidence
                                       : valueAt(free.points_mm, free.confidence, at));
  }
  return tube;
}

void eraseFirst(std::size_t count, Tube& tube) {
  eraseFirst(count, tube.points_mm);
  eraseFirst(count, tube.radius_mm);
  eraseFirst(count, tube.confidence);
}

double nearRoot(const Tube& free, const std::vector<double>& property, double otherwise) {
  std::vector<double> values;
  const std::vector<double> s = arcLengths(free.points_mm);
  for (std::size_t i = 0; i < free.size(); ++i) {
    if (s[i] > 1 && s[i] < 5) values.push_back(property[i]);
  }
  return median(std::move(values), otherwise);
}

double medianBetween(const std::vector<Point3>& line, const std::vector<double>& values,
                     double from_mm, double to_mm) {
  const std::vector<double> s = arcLengths(line);
  std::vector<double> between;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (s[i] >= from_mm && s[i] <= to_mm) between.push_back(values[i]);
  }
  return median(std::move(between), 0);
}

double doubtfulLength(const Tube& tube, double least, double end_mm) {
  const std::vector<double> s = arcLengths(tube.points_mm);
  double longest_mm = 0;
  double run_mm = 0;
  for (std::size_t i = 1; i < tube.size() && s[i] < end_mm; ++i) {
    run_mm = tube.confidence[i] < least ? run_mm + s[i] - s[i - 1] : 0;
    longest_mm = std::max(longest_mm, run_mm);
  }
  return longest_mm;
}

}  // namespace neurovasc::anatomy
