#include "slice_stack.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "neurovasc/core/text.h"
#include "text.h"

namespace neurovasc::dicom {
namespace {

// Two slices of one stack differ in direction by rounding only; a fifth of a degree moves the edge
// of a 100 mm half field by 0.35 mm.
constexpr double kSameDirection = 1 - 6.1e-6;
// Slices nearer than this are at one place.
constexpr double kSamePlaceMm = 0.01;
// A slice may lie this far off its grid place, or this fraction of the spacing.
constexpr double kOffGridMm = 0.02;
constexpr double kOffGridFraction = 0.05;
// In-plane shift that a stack may show from rounded header values.
constexpr double kShiftMm = 0.1;
// More parts than this are a time series or a set of projections, of no use here beyond the first.
constexpr std::size_t kMostParts = 16;

Vec3 normalOf(const FrameHeader& frame) { return normalized(cross(frame.along_i, frame.along_j)); }

double alongNormal(const FrameRef& ref, const Vec3& normal) {
  return dot(ref.frame->position_mm, normal);
}

bool sameOrientation(const FrameHeader& a, const FrameHeader& b) {
  return dot(a.along_i, b.along_i) >= kSameDirection && dot(a.along_j, b.along_j) >= kSameDirection;
}

/// The order in which a scanner numbers images, then any fixed one.
bool acquiredBefore(const FrameRef& a, const FrameRef& b) {
  const auto key = [](const FrameRef& r) {
    return std::tie(r.file->instance_number, r.frame->frame, r.file->identity.instance_uid,
                    r.file->path);
  };
  return key(a) < key(b);
}

/// What must be equal within a stack, orientation aside.
auto contrastKey(const FrameRef& r) {
  const auto rounded = [](double value) { return std::llround(value * 1e4); };
  return std::tuple(r.file->format.frameColumns(), r.file->format.frameRows(),
                    rounded(r.frame->spacing_i_mm), rounded(r.frame->spacing_j_mm), r.frame->stack,
                    std::llround(r.frame->echo_time_ms.value_or(0) * 100), r.frame->image_type,
                    r.frame->component);
}

std::size_t dropCopies(std::vector<FrameRef>& frames) {
  std::set<std::pair<std::string, int>> seen;
  const auto is_copy = [&](const FrameRef& r) {
    const std::string& uid = r.file->identity.instance_uid;
    return !uid.empty() && !seen.emplace(uid, r.frame->frame).second;
  };
  const auto kept = std::remove_if(frames.begin(), frames.end(), is_copy);
  const auto copies = static_cast<std::size_t>(frames.end() - kept);
  frames.erase(kept, frames.end());
  return copies;
}

std::vector<FrameGroup> byContrast(const std::vector<FrameRef>& frames) {
  std::map<decltype(contrastKey(frames[0])), FrameGroup> groups;
  for (const FrameRef& r : frames) {
    groups[contrastKey(r)].push_back(r);
  }
  std::vector<FrameGroup> out;
  for (auto& [key, group] : groups) {
    out.push_back(std::move(group));
  }
  return out;
}

std::vector<FrameGroup> byOrientation(const FrameGroup& frames) {
  std::vector<FrameGroup> groups;
  for (const FrameRef& r : frames) {
    const auto same = [&](const FrameGroup& g) { return sameOrientation(*g[0].frame, *r.frame); };
    const auto found = std::find_if(groups.begin(), groups.end(), same);
    if (found != groups.end()) {
      found->push_back(r);
    } else {
      groups.push_back({r});
    }
  }
  return groups;
}

/// Frames of equal place along the normal, in the order along it; within a place in the order of
/// acquisition.
std::vector<FrameGroup> byPlace(FrameGroup frames) {
  const Vec3 normal = normalOf(*frames[0].frame);
  std::stable_sort(frames.begin(), frames.end(), [&](const FrameRef& a, const FrameRef& b) {
    return alongNormal(a, normal) < alongNormal(b, normal);
  });
  std::vector<FrameGroup> places;
  for (const FrameRef& r : frames) {
    if (places.empty() ||
        alongNormal(r, normal) - alongNormal(places.back()[0], normal) > kSamePlaceMm) {
      places.emplace_back();
    }
    places.back().push_back(r);
  }
  for (FrameGroup& place : places) {
    std::stable_sort(place.begin(), place.end(), acquiredBefore);
  }
  return places;
}

bool hasRepeats(const std::vector<FrameGroup>& places) {
  return std::any_of(places.begin(), places.end(),
                     [](const FrameGroup& p) { return p.size() > 1; });
}

std::vector<FrameGroup> byNumber(const FrameGroup& frames,
                                 const std::function<int(const FrameRef&)>& number) {
  std::map<int, FrameGroup> groups;
  for (const FrameRef& r : frames) {
    groups[number(r)].push_back(r);
  }
  std::vector<FrameGroup> out;
  for (auto& [key, group] : groups) {
    out.push_back(std::move(group));
  }
  return out;
}

/// The repetitions of @p frames by @p number, empty when that leaves a place twice in one.
std::vector<FrameGroup> cleanSplit(const FrameGroup& frames,
                                   const std::function<int(const FrameRef&)>& number) {
  std::vector<FrameGroup> parts = byNumber(frames, number);
  const bool clean = std::none_of(parts.begin(), parts.end(),
                                  [](const FrameGroup& part) { return hasRepeats(byPlace(part)); });
  return clean ? parts : std::vector<FrameGroup>{};
}

/// The first image of each place, the second of each, and so on.
std::vector<FrameGroup> byOrder(const std::vector<FrameGroup>& places) {
  std::vector<FrameGroup> parts(places[0].size());
  for (const FrameGroup& place : places) {
    for (std::size_t i = 0; i < place.size() && i < parts.size(); ++i) {
      parts[i].push_back(place[i]);
    }
  }
  return parts;
}

std::vector<FrameGroup> byRepetition(const FrameGroup& frames,
                                     std::vector<SeriesProblem>& problems) {
  const std::vector<FrameGroup> places = byPlace(frames);
  if (!hasRepeats(places)) {
    return {frames};
  }
  auto parts = cleanSplit(frames, [](const FrameRef& r) { return r.frame->temporal; });
  if (parts.empty()) {
    parts = cleanSplit(frames, [](const FrameRef& r) { return r.file->acquisition_number; });
  }
  if (!parts.empty()) {
    return parts;
  }
  const bool even = std::all_of(places.begin(), places.end(), [&](const FrameGroup& place) {
    return place.size() == places[0].size();
  });
  if (even) {
    return byOrder(places);
  }
  const auto repeated = std::count_if(places.begin(), places.end(),
                                      [](const FrameGroup& place) { return place.size() > 1; });
  problems.push_back({SeriesProblemKind::repeated_slices,
                      std::to_string(repeated) + " of " + std::to_string(places.size()) +
                          " slices are there more than once; the first of each is used"});
  std::vector<FrameGroup> first = {{}};
  for (const FrameGroup& place : places) {
    first[0].push_back(place[0]);
  }
  return first;
}

void reportOrientations(const std::vector<FrameGroup>& groups,
                        std::vector<SeriesProblem>& problems) {
  const std::size_t orientations = [&] {
    FrameGroup first_frames;
    for (const FrameGroup& group : groups) {
      first_frames.push_back(group[0]);
    }
    return byOrientation(first_frames).size();
  }();
  if (orientations > 1) {
    problems.push_back({SeriesProblemKind::mixed_orientation,
                        "the DICOM series holds slices of " + std::to_string(orientations) +
                            " orientations, which are kept apart"});
  }
}

/// Positions along the normal, ascending.
using Positions = std::vector<double>;

/// A regular grid through positions.
struct RegularFit {
  double spacing = 0;
  std::vector<int> index;  ///< of each position
  bool regular = false;
};

/// The grid of about @p spacing. Slices are counted from one to the next: from the first one, the
/// rounding of @p spacing would add up over a hundred slices.
RegularFit fitGrid(const Positions& positions, double spacing) {
  RegularFit fit;
  fit.index = {0};
  for (std::size_t i = 1; i < positions.size(); ++i) {
    const double steps = (positions[i] - positions[i - 1]) / spacing;
    fit.index.push_back(fit.index.back() + static_cast<int>(std::lround(steps)));
  }
  fit.spacing = (positions.back() - positions[0]) / std::max(1, fit.index.back());
  const double tolerance = std::max(kOffGridMm, kOffGridFraction * fit.spacing);
  fit.regular = fit.index.back() > 0;
  for (std::size_t i = 0; i < positions.size(); ++i) {
    const double expected = positions[0] + fit.spacing * fit.index[i];
    const bool collides = i > 0 && fit.index[i] == fit.index[i - 1];
    fit.regular = fit.regular && !collides && std::abs(positions[i] - expected) <= tolerance;
  }
  // A grid with more holes than slices is no finding but a wrong guess of the spacing.
  fit.regular = fit.regular && fit.index.back() < 2 * static_cast<int>(positions.size());
  return fit;
}

RegularFit fitGrid(const Positions& positions) {
  std::vector<double> gaps;
  for (std::size_t i = 1; i < positions.size(); ++i) {
    gaps.push_back(positions[i] - positions[i - 1]);
  }
  std::sort(gaps.begin(), gaps.end());
  const double median = gaps[(gaps.size() - 1) / 2];
  for (const double candidate : {median, gaps.front()}) {
    RegularFit fit = fitGrid(positions, candidate);
    if (fit.regular) {
      return fit;
    }
  }
  RegularFit fit;
  fit.spacing = median;
  for (std::size_t i = 0; i < positions.size(); ++i) {
    fit.index.push_back(static_cast<int>(i));
  }
  return fit;
}

GridGeometry planeGeometry(const FrameRef& first) {
  GridGeometry geometry;
  const FrameHeader& frame = *first.frame;
  const Vec3 i = frame.along_i;
  const Vec3 j = normalized(frame.along_j - i * dot(i, frame.along_j));
  geometry.size = {first.file->format.frameColumns(), first.file->format.frameRows(), 1};
  geometry.direction = Matrix3::fromColumns(i, j, cross(i, j));
  geometry.origin_mm = frame.position_mm;
  const double k = frame.spacing_k_mm.value_or(frame.thickness_mm.value_or(0));
  geometry.spacing_mm = {frame.spacing_i_mm, frame.spacing_j_mm, std::max(k, 0.0)};
  return geometry;
}

std::string listed(const std::vector<int>& missing) {
  std::string out;
  for (std::size_t i = 0; i < missing.size() && i < 8; ++i) {
    out += (i == 0 ? "" : ", ") + std::to_string(missing[i] + 1);
  }
  return out + (missing.size() > 8 ? "..." : "");
}

void reportMissing(SliceStack& stack) {
  if (stack.missing.empty()) {
    return;
  }
  int run = 0;
  int longest = 0;
  for (const FrameRef& slice : stack.slices) {
    run = slice.frame == nullptr ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  const double gap = stack.geometry.spacing_mm.z * (longest + 1);
  stack.problems.push_back(
      {SeriesProblemKind::missing_slices,
       (stack.missing.size() == 1 ? "slice " : "slices ") + listed(stack.missing) + " of " +
           std::to_string(stack.slices.size()) + (stack.missing.size() == 1 ? " is" : " are") +
           " missing (gap " + fixedDecimals(gap, 1) + " mm)"});
}

void reportIrregular(const Positions& positions, SliceStack& stack) {
  double least = 1e9;
  double most = 0;
  for (std::size_t i = 1; i < positions.size(); ++i) {
    least = std::min(least, positions[i] - positions[i - 1]);
    most = std::max(most, positions[i] - positions[i - 1]);
  }
  stack.problems.push_back({SeriesProblemKind::irregular_spacing,
                            "the slices are unevenly spaced, " + fixedDecimals(least, 2) + " to " +
                                fixedDecimals(most, 2) + " mm apart"});
}

void reportShift(SliceStack& stack) {
  const FrameRef& first = stack.slices.front();
  const FrameRef& last = stack.slices.back();
  const Vec3 normal = stack.geometry.direction.column(2);
  double most = 0;
  for (const FrameRef& slice : stack.slices) {
    if (slice.frame != nullptr) {
      const Vec3 step = slice.frame->position_mm - first.frame->position_mm;
      most = std::max(most, norm(step - normal * dot(step, normal)));
    }
  }
  if (most <= kShiftMm) {
    return;
  }
  const Vec3 whole = last.frame->position_mm - first.frame->position_mm;
  constexpr double kDegreesPerRadian = 57.29577951308232;
  const double angle = std::acos(std::min(1.0, dot(normalized(whole), normal))) * kDegreesPerRadian;
  stack.problems.push_back(
      {SeriesProblemKind::shear, "the slices are shifted within their plane by up to " +
                                     fixedDecimals(most, 1) + " mm (tilt " +
                                     fixedDecimals(angle, 1) + " degrees)"});
}

}  // namespace

std::vector<FrameGroup> divide(std::vector<FrameRef> frames, std::vector<SeriesProblem>& problems) {
  std::sort(frames.begin(), frames.end(), acquiredBefore);
  const std::size_t copies = dropCopies(frames);
  if (copies > 0) {
    problems.push_back({SeriesProblemKind::repeated_slices,
                        std::to_string(copies) + " images are copies of others and left out"});
  }
  std::vector<FrameGroup> stacks;
  for (const FrameGroup& contrast : byContrast(frames)) {
    for (FrameGroup& stack : byOrientation(contrast)) {
      stacks.push_back(std::move(stack));
    }
  }
  reportOrientations(stacks, problems);
  std::vector<FrameGroup> parts;
  for (const FrameGroup& stack : stacks) {
    for (FrameGroup& part : byRepetition(stack, problems)) {
      parts.push_back(std::move(part));
    }
  }
  if (parts.size() > kMostParts) {
    problems.push_back({SeriesProblemKind::repeated_slices,
                        "the DICOM series falls into " + std::to_string(parts.size()) +
                            " parts; only the largest is listed"});
    const auto larger = [](const FrameGroup& a, const FrameGroup& b) {
      return a.size() < b.size();
    };
    parts = {*std::max_element(parts.begin(), parts.end(), larger)};
  }
  return parts;
}

SliceStack arrange(const FrameGroup& group) {
  SliceStack stack;
  const std::vector<FrameGroup> places = byPlace(group);
  stack.geometry = planeGeometry(places[0][0]);
  if (places.size() == 1) {
    stack.slices = {places[0][0]};
    stack.problems.push_back({SeriesProblemKind::single_slice, "a single slice"});
    return stack;
  }
  Positions positions;
  const Vec3 normal = stack.geometry.direction.column(2);
  for (const FrameGroup& place : places) {
    positions.push_back(alongNormal(place[0], normal));
  }
  const RegularFit fit = fitGrid(positions);
  stack.geometry.spacing_mm.z = fit.spacing;
  stack.geometry.size[2] = fit.index.back() + 1;
  stack.slices.resize(static_cast<std::size_t>(fit.index.back()) + 1);
  for (std::size_t i = 0; i < places.size(); ++i) {
    stack.slices[static_cast<std::size_t>(fit.index[i])] = places[i][0];
  }
  for (std::size_t k = 0; k < stack.slices.size(); ++k) {
    if (stack.slices[k].frame == nullptr) {
      stack.missing.push_back(static_cast<int>(k));
    }
  }
  reportMissing(stack);
  if (!fit.regular) {
    reportIrregular(positions, stack);
  }
  reportShift(stack);
  return stack;
}

}  // namespace neurovasc::dicom
