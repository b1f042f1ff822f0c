#pragma once

#include <array>
#include <string>

#include "canvas.h"
#include "layout.h"

namespace neurovasc::scene {

/// What stands round every picture, whatever it shows.

/// A bar of a round length.
struct ScaleBar {
  double length_mm = 0;
  double length_px = 0;
};

/// The longest bar of 1, 2 or 5 times a power of ten mm that is at most @p longest_px.
ScaleBar scaleBarFor(double mm_per_pixel, double longest_px);

/// Draws the bar with its length above it, its left end at @p left_end.
void drawScaleBar(Canvas& canvas, const Spot& left_end, double mm_per_pixel, double longest_px,
                  double unit, Color ink);

/// Title and the content's label on top, the research sentence at the bottom.
void drawHeaderAndFooter(Canvas& canvas, const Layout& layout, const std::string& title,
                         const std::string& label);

/// Letters at the middle of the right, top, left and bottom edge of @p area.
void drawEdgeLetters(Canvas& canvas, const Rect& area, const std::array<std::string, 4>& letters,
                     double unit, Color ink);

/// A cube in the patient's axes as @p frame sees it, with a letter on each of its faces.
void drawOrientationCube(Canvas& canvas, const Rect& area, const ViewFrame& frame);

/// Where drawOrientationCube belongs in a scene: its top right corner.
Rect cubeBox(const Rect& scene, double unit);

/// Where drawEdgeLetters puts them, for labels to keep away from.
std::array<Rect, 4> edgeLetterBoxes(const Rect& area, const std::array<std::string, 4>& letters,
                                    double unit);

/// @p text cut at its end to @p width_px, with an ellipsis where something was cut.
std::string fitted(const std::string& text, const TextStyle& style, double width_px);

}  // namespace neurovasc::scene
