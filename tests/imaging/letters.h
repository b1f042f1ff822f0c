#pragma once

#include <array>
#include <string>

#include "neurovasc/core/volume.h"

/// The letters L and R in a volume, on the patient's left and right, as seen from in front with the
/// head up: a mirrored or turned reading cannot pass for right.
namespace neurovasc::test {

inline constexpr std::array<const char*, 7> kLetterL = {"#....", "#....", "#....", "#....",
                                                        "#....", "#....", "#####"};
inline constexpr std::array<const char*, 7> kLetterR = {"####.", "#...#", "#...#", "####.",
                                                        "#.#..", "#..#.", "#...#"};
inline constexpr float kLetterSignal = 900;

/// Whether @p p (LPS mm) lies on a stroke of @p letter, whose middle is @p centre; strokes are 3 mm
/// squares. An observer in front of the patient sees the patient's left on the right-hand side, so
/// columns run to LPS +x and rows downward, to -z.
inline bool onLetter(const std::array<const char*, 7>& letter, const Point3& p,
                     const Point3& centre) {
  constexpr double kStroke_mm = 3;
  const int column = static_cast<int>(std::floor((p.x - centre.x) / kStroke_mm + 2.5));
  const int row = static_cast<int>(std::floor((centre.z - p.z) / kStroke_mm + 3.5));
  const bool within = column >= 0 && column < 5 && row >= 0 && row < 7;
  return within && std::abs(p.y - centre.y) < 4 &&
         letter.at(static_cast<std::size_t>(row))[column] == '#';
}

/// The signal at @p p of two letters beside @p middle.
inline float lettersAt(const Point3& p, const Point3& middle) {
  const bool on = onLetter(kLetterL, p, middle + Vec3{12, 0, 0}) ||
                  onLetter(kLetterR, p, middle - Vec3{12, 0, 0});
  return on ? kLetterSignal : 100;
}

inline ImageF lettersImage(const GridGeometry& grid, const Point3& middle) {
  return sampled(grid, [&](const Point3& p) { return lettersAt(p, middle); });
}

}  // namespace neurovasc::test
