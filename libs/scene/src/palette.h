#pragma once

#include <cstdint>

#include "neurovasc/core/terms.h"

namespace neurovasc::scene {

/// An sRGB colour.
struct Color {
  std::uint8_t r = 0;
  std::uint8_t g = 0;
  std::uint8_t b = 0;
};

inline bool operator==(const Color& a, const Color& b) {
  return a.r == b.r && a.g == b.g && a.b == b.b;
}

// Kinds after Okabe & Ito 2008 ("Color universal design"), told apart by colour-blind readers.
inline constexpr Color kArteryColor = {213, 94, 0};              // vermillion
inline constexpr Color kVeinColor = {0, 114, 178};               // blue
inline constexpr Color kUnknownVesselColor = {204, 121, 167};    // reddish purple
inline constexpr Color kVestibulocochlearColor = {0, 158, 115};  // bluish green
inline constexpr Color kOtherNerveColor = {120, 170, 140};       // its greyer neighbour
inline constexpr Color kEarColor = {86, 180, 233};               // sky blue
inline constexpr Color kPadColor = {72, 72, 76};                 // dark, as on every image
inline constexpr Color kShadowColor = {130, 130, 130};           // vessels as they were
inline constexpr Color kBrainColor = {222, 202, 186};
inline constexpr Color kFacialColor = {254, 232, 56};  // cividis' far end

inline constexpr Color kInk = {25, 25, 25};
inline constexpr Color kGreyInk = {95, 95, 95};
inline constexpr Color kPaper = {255, 255, 255};
inline constexpr Color kPanel = {243, 243, 240};
inline constexpr Color kRule = {205, 205, 200};

Color colorOf(VesselKind kind);
Color colorOf(NerveName name);

/// @p color made lighter, so that a thin line of it stands out on black.
Color onBlack(Color color);

/// From purple at -1 by near white at 0 to orange at 1; held beyond. After ColorBrewer's PuOr, told
/// apart by colour-blind readers.
Color diverging(double fraction);

/// Cividis (Nunez, Anderton & Renslow 2018), dark blue at 0 to yellow at 1; held beyond.
Color cividis(double fraction);

}  // namespace neurovasc::scene
