#pragma once

#include <optional>
#include <string>
#include <vector>

#include "canvas.h"
#include "labels.h"
#include "layout.h"
#include "panel.h"
#include "stage.h"

namespace neurovasc::scene {

/// A drawn scene in a part of a picture, on to which names and numbers are put; they are written
/// by finish(), so that none hides another.
class Plate {
 public:
  /// Draws what @p frame sees into @p scene (whole pixels); the frame's centre is that of scene.
  Plate(Canvas& canvas, const Rect& scene, double unit, Stage& stage, const ViewFrame& frame,
        const Staging& staging);

  double unit() const { return unit_; }
  Canvas& canvas() { return canvas_; }
  const ViewFrame& frame() const { return frame_; }
  Spot spot(const Point3& p) const { return spotOf(frame_, p); }
  bool shows(const Point3& p) const;
  /// Whether nothing opaque hides a thing of @p radius_mm about @p p.
  bool sees(const Point3& p, double radius_mm) const;
  bool inside(const Spot& s) const;

  void keepFree(const Rect& box) { placer_.reserve(box); }
  /// The patient's axes at the edges; in words as well where the view is of one side.
  void addLetters(std::optional<Side> side);
  /// The text beside @p at, if the picture shows that place.
  void addLabel(const std::string& text, const Point3& at);
  /// A contact's number, white on black where it probably touches.
  void addNumber(const std::string& id, const Point3& at, bool touches);
  void finish();

 private:
  Canvas& canvas_;
  Rect scene_;
  double unit_;
  ViewFrame frame_;
  Staging staging_;
  DepthMap depths_;
  LabelPlacer placer_;
  std::vector<Label2d> labels_;
};

enum class Sight { seen, hidden, beyond };

/// Whether a plate shows enough of @p tube to know it by, else whether that is because something
/// hides it or because it lies beyond the picture.
Sight sightOf(const Plate& plate, const Tube& tube);

/// What a view shows of the content, and how.
Staging stagingOf(View view);

/// Numbers of @p contacts.
void addContacts(Plate& plate, const std::vector<ContactOnSide>& contacts);
/// Names of nerves, of known vessels and those of @p contacts, and of pads.
void addNames(Plate& plate, const SceneContent& content,
              const std::vector<ContactOnSide>& contacts);
/// Round the nerve in the views along it: 12 is cranial, as in Contact::clock_h. Nothing elsewhere.
void addClock(Plate& plate, const SceneContent& content, View view);

}  // namespace neurovasc::scene
