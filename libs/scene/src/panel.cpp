#include "panel.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "furniture.h"

namespace neurovasc::scene {
namespace {

constexpr std::size_t kAtLength = 4;  ///< more contacts than this are told in two lines each

struct Key {
  Color color;
  std::string text;
};

bool hasVessel(const SceneContent& content, VesselKind kind) {
  return std::any_of(content.vessels.begin(), content.vessels.end(),
                     [kind](const Vessel& v) { return v.kind == kind; });
}

bool hasNerve(const SceneContent& content, bool vestibulocochlear) {
  return std::any_of(content.nerves.begin(), content.nerves.end(),
                     [vestibulocochlear](const SceneNerve& n) {
                       return n.name != NerveName::facial &&
                              (n.name == NerveName::vestibulocochlear) == vestibulocochlear;
                     });
}

std::vector<Key> keysOf(const SceneContent& content, const PanelParts& parts) {
  std::vector<Key> keys;
  if (!parts.keys) {
    return keys;
  }
  const auto add = [&](bool there, Color color, const char* text) {
    if (there) {
      keys.push_back({parts.outlines ? onBlack(color) : color, text});
    }
  };
  add(!parts.gap_colors, kFacialColor, "facial nerve (VII)");
  add(hasNerve(content, true), kVestibulocochlearColor, "vestibulocochlear (VIII)");
  add(hasNerve(content, false), kOtherNerveColor, "other cranial nerve");
  add(hasVessel(content, VesselKind::artery), kArteryColor, "artery");
  add(hasVessel(content, VesselKind::vein), kVeinColor, "vein");
  add(hasVessel(content, VesselKind::unknown), kUnknownVesselColor, "vessel, kind unknown");
  add(content.vessels_before.has_value(), kShadowColor, "vessel as it was before");
  add(!content.pads.empty(), kPadColor, "decompression pad");
  add(parts.brain && !content.brain.empty(), kBrainColor, "brainstem, cerebellum");
  add(parts.ears && !(content.labyrinths.empty() && content.canals.empty()), kEarColor,
      "labyrinth, canal");
  return keys;
}

/// Writes downwards in a column.
class Column {
 public:
  Column(Canvas& canvas, const Layout& layout)
      : canvas_(canvas), panel_(layout.panel), u_(layout.unit), y_(panel_.y + 14 * u_) {}

  void text(const std::string& text, double size, bool bold, Color ink = kInk, double indent = 0) {
    const TextStyle style{size * u_, ink, bold, false};
    const double width = panel_.width - (28 + indent) * u_;
    canvas_.text(fitted(text, style, width), {left() + indent * u_, y_}, style);
    y_ += 1.35 * size * u_;
  }

  /// @p text over as many lines as it needs.
  void wrapped(const std::string& text, double size, double indent) {
    const TextStyle style{size * u_, kInk, false, false};
    const double width = panel_.width - (28 + indent) * u_;
    std::string line;
    std::istringstream words(text);
    for (std::string word; words >> word;) {
      const std::string longer = line.empty() ? word : line + " " + word;
      if (!line.empty() && Canvas::measure(longer, style).width > width) {
        this->text(line, size, false, kInk, indent);
        line = word;
      } else {
        line = longer;
      }
    }
    this->text(line, size, false, kInk, indent);
  }

  void key(const Key& key, bool as_line) {
    const double height = (as_line ? 4 : 14) * u_;
    const Rect swatch{left(), y_ + (18 * u_ - height) / 2, 22 * u_, height};
    canvas_.fill(swatch, key.color);
    if (!as_line) {
      canvas_.outline(swatch, kGreyInk);
    }
    canvas_.text(key.text, {left() + 32 * u_, y_}, {14 * u_, kInk, false, false});
    y_ += 22 * u_;
  }

  void colorBar(double range_mm) {
    const Rect bar{left(), y_, panel_.width - 28 * u_, 16 * u_};
    const int columns = static_cast<int>(bar.width);
    for (int x = 0; x < columns; ++x) {
      canvas_.fill({bar.x + x, bar.y, 1, bar.height}, cividis((x + 0.5) / columns));
    }
    canvas_.outline(bar, kGreyInk);
    const TextStyle style{13 * u_, kInk, false, false};
    const double below = bar.bottom() + 2 * u_;
    canvas_.text("0", {bar.x, below}, style);
    canvas_.text(fmt::format("{:g}", range_mm / 2), {bar.center().x, below}, style, Align::center);
    canvas_.text(fmt::format("{:g} mm or more", range_mm), {bar.right(), below}, style,
                 Align::right);
    y_ = below + 24 * u_;
  }

  void changeBar(double range_mm) {
    const Rect bar{left(), y_, panel_.width - 28 * u_, 16 * u_};
    const int columns = static_cast<int>(bar.width);
    for (int x = 0; x < columns; ++x) {
      canvas_.fill({bar.x + x, bar.y, 1, bar.height}, diverging(2 * (x + 0.5) / columns - 1));
    }
    canvas_.outline(bar, kGreyInk);
    const TextStyle style{13 * u_, kInk, false, false};
    const double below = bar.bottom() + 2 * u_;
    canvas_.text(fmt::format("{:g} mm", -range_mm), {bar.x, below}, style);
    canvas_.text("0", {bar.center().x, below}, style, Align::center);
    canvas_.text(fmt::format("+{:g} mm", range_mm), {bar.right(), below}, style, Align::right);
    y_ = below + 24 * u_;
  }

  void space(double height) { y_ += height * u_; }
  bool hasRoom(double height) const { return y_ + height * u_ < panel_.bottom(); }

 private:
  double left() const { return panel_.x + 14 * u_; }

  Canvas& canvas_;
  Rect panel_;
  double u_;
  double y_;
};

std::string_view words(ContactState state) {
  switch (state) {
    case ContactState::touching:
      return "touching";
    case ContactState::below_resolution:
      return "below resolution";
    case ContactState::separate:
      return "separate";
  }
  return {};
}

void drawContact(Column& column, const Contact& contact) {
  const std::vector<std::string> lines = linesOf(contact);
  column.text(lines[0], 16, true);
  for (std::size_t i = 1; i < lines.size(); ++i) {
    column.text(lines[i], 13.5, false, kInk, 10);
  }
  column.space(6);
}

/// The same in two lines: "L1  AICA, 1.2 mm wide", "gap 0.00 mm, touching".
void drawContactBriefly(Column& column, const Contact& contact) {
  const std::vector<std::string> lines = linesOf(contact);
  column.text(lines[0] + "  " + lines[1], 14, true);
  std::string gap =
      contact.distance_mm ? fmt::format("gap {:.2f} mm", *contact.distance_mm) : "gap not measured";
  if (contact.state) {
    gap += ", " + std::string(words(*contact.state));
  }
  column.text(gap, 13.5, false, kInk, 10);
  column.space(3);
}

/// "left: no contact" from "no_contact".
std::string findingLine(const SceneSide& side) {
  std::string finding(name(side.finding));
  std::replace(finding.begin(), finding.end(), '_', ' ');
  return std::string(name(side.side)) + ": " + finding;
}

void drawContacts(Column& column, const PanelParts& parts) {
  const std::vector<ContactOnSide>& contacts = parts.contacts;
  column.space(12);
  column.text("Near the facial nerve", 14.5, true);
  for (const SceneSide* side : parts.findings) {
    column.text(findingLine(*side), 14, false);
  }
  column.space(4);
  if (contacts.empty()) {
    column.text("no vessel listed", 13.5, false, kGreyInk);
  }
  const bool briefly = contacts.size() > kAtLength;
  std::size_t drawn = 0;
  for (const ContactOnSide& found : contacts) {
    if (!column.hasRoom(briefly ? 66 : 102)) {
      column.text(fmt::format("and {} more", contacts.size() - drawn), 13.5, false, kGreyInk);
      return;
    }
    if (briefly) {
      drawContactBriefly(column, *found.contact);
    } else {
      drawContact(column, *found.contact);
    }
    ++drawn;
  }
}

void drawNotes(Column& column, const PanelParts& parts) {
  column.space(12);
  column.text(parts.notes_title, 14.5, true);
  if (parts.notes.empty()) {
    column.text("no vessel listed", 13.5, false, kGreyInk);
  }
  std::size_t drawn = 0;
  for (const PanelNote& note : parts.notes) {
    if (!column.hasRoom(30 + 19.0 * static_cast<double>(note.lines.size()))) {
      column.text(fmt::format("and {} more", parts.notes.size() - drawn), 13.5, false, kGreyInk);
      return;
    }
    column.text(note.heading, 16, true);
    for (const std::string& line : note.lines) {
      column.text(line, 13.5, false, kInk, 10);
    }
    column.space(6);
    ++drawn;
  }
}

void drawFurther(Column& column, const std::vector<PanelNote>& notes) {
  for (const PanelNote& note : notes) {
    if (!column.hasRoom(60)) {
      return;
    }
    column.space(6);
    column.text(note.heading, 14.5, true);
    for (const std::string& line : note.lines) {
      if (column.hasRoom(40)) {
        column.wrapped(line, 13, 10);
      }
    }
  }
}

std::string vesselLine(const Contact& contact) {
  std::string line(name(contact.vessel_name));
  if (contact.vessel_name == VesselName::unknown) {
    line = contact.kind == VesselKind::unknown ? "vessel" : std::string(name(contact.kind));
  }
  return contact.diameter_mm ? line + fmt::format(", {:.1f} mm wide", *contact.diameter_mm) : line;
}

std::string gapLine(const Contact& contact) {
  if (!contact.distance_mm) {
    return "gap not measured";
  }
  const std::string error =
      contact.distance_sd_mm ? fmt::format(", sd {:.2f}", *contact.distance_sd_mm) : "";
  return fmt::format("gap {:.2f} mm{}", *contact.distance_mm, error);
}

}  // namespace

std::vector<std::string> linesOf(const Contact& contact) {
  std::vector<std::string> lines = {contact.id, vesselLine(contact), gapLine(contact)};
  if (contact.state) {
    std::string line(words(*contact.state));
    if (contact.contact_probability) {
      line += fmt::format(", prob. {:.2f}", *contact.contact_probability);
    }
    lines.push_back(line);
  }
  if (contact.zone) {
    lines.push_back(contact.arclength_mm ? fmt::format("{}, {:.1f} mm from root exit",
                                                       name(*contact.zone), *contact.arclength_mm)
                                         : std::string(name(*contact.zone)));
  }
  return lines;
}

std::vector<const SceneSide*> sidesOf(const SceneContent& content, std::optional<Side> side) {
  std::vector<const SceneSide*> sides;
  for (const SceneSide& each : content.sides) {
    if (!side || *side == each.side) {
      sides.push_back(&each);
    }
  }
  return sides;
}

std::vector<ContactOnSide> contactsOf(const SceneContent& content, std::optional<Side> side) {
  std::vector<ContactOnSide> contacts;
  for (const SceneSide* each : sidesOf(content, side)) {
    for (const Contact& contact : each->contacts) {
      contacts.push_back({each->side, &contact});
    }
  }
  return contacts;
}

void drawPanel(Canvas& canvas, const Layout& layout, const SceneContent& content,
               const PanelParts& parts, double gap_range_mm) {
  canvas.fill(layout.panel, kPanel);
  canvas.fill({layout.panel.x, layout.panel.y, 1, layout.panel.height}, kRule);
  Column column(canvas, layout);
  if (parts.gap_colors && content.vessels_before) {
    column.text("Facial nerve (VII)", 14.5, true);
    column.text("gap now minus gap before", 13.5, false);
    column.changeBar(gap_range_mm);
  } else if (parts.gap_colors) {
    column.text("Facial nerve (VII)", 14.5, true);
    column.text("gap to the nearest vessel", 13.5, false);
    column.colorBar(gap_range_mm);
  }
  for (const Key& key : keysOf(content, parts)) {
    column.key(key, parts.outlines);
  }
  if (parts.numbers && !(parts.contacts.empty() && parts.notes.empty())) {
    column.key({kInk, fmt::format("contact, prob. {:g} or more", kProbable)}, false);
    column.key({kPaper, "vessel nearby"}, false);
  }
  if (parts.notes_title.empty()) {
    drawContacts(column, parts);
  } else {
    drawNotes(column, parts);
  }
  drawFurther(column, parts.further);
}

}  // namespace neurovasc::scene
