#include "render.h"

#include <algorithm>
#include <cmath>

#include "frames.h"
#include "furniture.h"
#include "plate.h"
#include "surgeon.h"

namespace neurovasc::scene {
namespace {

/// The nearest pair of points, drawn over everything.
void drawPair(Plate& plate, const Contact& contact) {
  const double u = plate.unit();
  const Spot a = plate.spot(*contact.nerve_point_mm);
  const Spot b = plate.spot(contact.vessel_point_mm.value_or(*contact.nerve_point_mm));
  const double around = 26 * u;
  const Spot corner = {std::min(a.x, b.x) - around, std::min(a.y, b.y) - around};
  plate.keepFree(
      {corner.x, corner.y, std::abs(a.x - b.x) + 2 * around, std::abs(a.y - b.y) + 2 * around});
  plate.canvas().line(a, b, 5 * u, kPaper);
  plate.canvas().line(a, b, 2.4 * u, kInk);
  for (const Spot& end : {a, b}) {
    plate.canvas().disc(end, 6.5 * u, kPaper);
    plate.canvas().disc(end, 4.5 * u, kInk);
  }
}

/// Panel, title and the rest around what was drawn.
Picture framed(Canvas canvas, const Layout& layout, const std::string& title,
               const SceneContent& content, PanelParts parts, const PictureOptions& options) {
  parts.gap_colors = parts.gap_colors && content.gaps_measured;
  drawPanel(canvas, layout, content, parts, options.gap_range_mm);
  drawHeaderAndFooter(canvas, layout, title, content.label);
  return canvas.take();
}

bool isSurgical(View view) {
  return view == View::retrosigmoid_left || view == View::retrosigmoid_right;
}

/// The view's title, of retrosigmoid views with how the patient lies.
std::string titleOf(View view, PatientPosition position) {
  if (!isSurgical(view)) {
    return title(view);
  }
  const bool lying = position == PatientPosition::lateral;
  const char* other = *sideOf(view) == Side::left ? "right" : "left";
  return title(view) +
         (lying ? ", patient lying on the " + std::string(other) + " side" : ", head upright");
}

}  // namespace

Staging stagingOfContact() {
  Staging staging;
  staging.ears = false;
  staging.other_nerves_opacity = 0.25;
  staging.brain_cut_mm = -1;  // behind nerve and vessel, as a ground
  staging.near_cut_mm = 5;    // what lies between the eye and the contact
  return staging;
}

Picture drawView(Stage& stage, const SceneContent& content, View view,
                 const PictureOptions& options) {
  const std::optional<Side> side = sideOf(view);
  const Staging staging = stagingOf(view);
  PanelParts parts;
  parts.brain = staging.brain_opacity > 0;
  parts.ears = staging.ears;
  parts.contacts = contactsOf(content, side);
  parts.findings = sidesOf(content, side);
  const Layout layout = layoutOf(options);
  Canvas canvas(options.width_px, options.height_px, kPaper);
  Plate plate(canvas, layout.scene, layout.unit, stage, viewFrame(content, view, options), staging);
  plate.addLetters(side);
  addClock(plate, content, view);
  addContacts(plate, parts.contacts);
  addNames(plate, content, parts.contacts);
  if (isSurgical(view)) {
    parts.further = surgeonsNotes(plate, content, *side);
  }
  plate.finish();
  return framed(std::move(canvas), layout, titleOf(view, options.position), content, parts,
                options);
}

Picture drawContact(Stage& stage, const SceneContent& content, const std::string& contact_id,
                    const PictureOptions& options) {
  const ContactOnSide found = findContact(content, contact_id);
  const Staging staging = stagingOfContact();
  PanelParts parts;
  parts.ears = staging.ears;
  parts.contacts = {found};
  const Layout layout = layoutOf(options);
  Canvas canvas(options.width_px, options.height_px, kPaper);
  Plate plate(canvas, layout.scene, layout.unit, stage, contactFrame(content, found, options),
              staging);
  plate.addLetters(found.side);
  drawPair(plate, *found.contact);
  addContacts(plate, parts.contacts);
  addNames(plate, content, parts.contacts);
  plate.finish();
  return framed(std::move(canvas), layout,
                "Contact " + contact_id + ", " + std::string(name(found.side)), content, parts,
                options);
}

Picture renderView(const SceneContent& content, View view, const PictureOptions& options,
                   const Progress& progress) {
  validate(options);
  progress.report("pictures", 0, title(view));
  Stage stage(content, options);
  Picture picture = drawView(stage, content, view, options);
  progress.report("pictures", 1, title(view));
  return picture;
}

Picture renderContact(const SceneContent& content, const std::string& contact_id,
                      const PictureOptions& options, const Progress& progress) {
  validate(options);
  placeOf(content, findContact(content, contact_id));  // refused before anything is drawn
  progress.report("pictures", 0, contact_id);
  Stage stage(content, options);
  Picture picture = drawContact(stage, content, contact_id, options);
  progress.report("pictures", 1, contact_id);
  return picture;
}

}  // namespace neurovasc::scene
