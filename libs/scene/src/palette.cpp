#include "palette.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace neurovasc::scene {
namespace {

/// Every sixteenth of the published table.
constexpr std::array<Color, 17> kCividis = {{{0, 34, 78},
                                             {0, 46, 106},
                                             {26, 56, 111},
                                             {50, 67, 109},
                                             {67, 78, 108},
                                             {83, 90, 109},
                                             {97, 101, 111},
                                             {111, 112, 115},
                                             {125, 124, 120},
                                             {140, 136, 120},
                                             {155, 148, 118},
                                             {171, 160, 114},
                                             {188, 174, 108},
                                             {205, 187, 99},
                                             {222, 201, 88},
                                             {240, 216, 70},
                                             {254, 232, 56}}};

std::uint8_t mix(std::uint8_t a, std::uint8_t b, double f) {
  return static_cast<std::uint8_t>(std::lround((1 - f) * a + f * b));
}

}  // namespace

Color colorOf(VesselKind kind) {
  switch (kind) {
    case VesselKind::artery:
      return kArteryColor;
    case VesselKind::vein:
      return kVeinColor;
    case VesselKind::unknown:
      return kUnknownVesselColor;
  }
  return kUnknownVesselColor;
}

Color colorOf(NerveName name) {
  switch (name) {
    case NerveName::facial:
      return kFacialColor;
    case NerveName::vestibulocochlear:
      return kVestibulocochlearColor;
    default:
      return kOtherNerveColor;
  }
}

Color onBlack(Color color) {
  const int brightness = color.r + color.g + color.b;
  const double f = brightness < 250 ? 0.65 : brightness < 384 ? 0.25 : 0;
  return {mix(color.r, 255, f), mix(color.g, 255, f), mix(color.b, 255, f)};
}

Color diverging(double fraction) {
  constexpr Color kNearer = {84, 39, 136};
  constexpr Color kSame = {240, 240, 240};
  constexpr Color kWider = {224, 130, 20};
  const double f = std::clamp(std::abs(fraction), 0.0, 1.0);
  const Color& end = fraction < 0 ? kNearer : kWider;
  return {mix(kSame.r, end.r, f), mix(kSame.g, end.g, f), mix(kSame.b, end.b, f)};
}

Color cividis(double fraction) {
  const double x = std::clamp(fraction, 0.0, 1.0) * static_cast<double>(kCividis.size() - 1);
  const auto low = std::min(static_cast<std::size_t>(x), kCividis.size() - 2);
  const double f = x - static_cast<double>(low);
  const Color& a = kCividis[low];
  const Color& b = kCividis[low + 1];
  return {mix(a.r, b.r, f), mix(a.g, b.g, f), mix(a.b, b.b, f)};
}

}  // namespace neurovasc::scene
