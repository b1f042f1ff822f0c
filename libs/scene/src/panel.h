#pragma once

#include <string>
#include <vector>

#include "canvas.h"
#include "layout.h"

namespace neurovasc::scene {

/// From here on a contact counts as one: the finding's own rule.
inline constexpr double kProbable = 0.5;

/// A heading and a few lines below it.
struct PanelNote {
  std::string heading;
  std::vector<std::string> lines;
};

/// What the panel beside a picture explains.
struct PanelParts {
  bool gap_colors = true;
  bool brain = true;
  bool ears = true;
  bool keys = true;         ///< kinds of things with their colours
  bool numbers = true;      ///< contacts are numbered in the scene
  bool outlines = false;    ///< keys are lines, as in slices, instead of areas
  std::string notes_title;  ///< not empty: notes stand in place of contacts and findings
  std::vector<PanelNote> notes;
  std::vector<PanelNote> further;  ///< below contacts or notes, long lines wrapped
  std::vector<ContactOnSide> contacts;
  std::vector<const SceneSide*> findings;  ///< sides whose finding is told
};

/// Draws the legend of the kinds that @p content holds, the gap's colour bar, and a few lines for
/// each contact.
void drawPanel(Canvas& canvas, const Layout& layout, const SceneContent& content,
               const PanelParts& parts, double gap_range_mm);

/// "L1", "AICA, 1.2 mm wide", "gap 0.20 mm, sd 0.10"...: a contact in a few lines.
std::vector<std::string> linesOf(const Contact& contact);

/// One side, or both.
std::vector<const SceneSide*> sidesOf(const SceneContent& content, std::optional<Side> side);

/// The contacts of one side, or of both.
std::vector<ContactOnSide> contactsOf(const SceneContent& content, std::optional<Side> side);

}  // namespace neurovasc::scene
