#pragma once

#include <QObject>
#include <array>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "neurovasc/core/geometry.h"
#include "neurovasc/core/terms.h"
#include "neurovasc/scene/parts.h"
#include "neurovasc/scene/scene_content.h"
#include "slice_plane.h"

namespace neurovasc::viewer {

/// A window as shares of the range between an image's own dark and bright percentiles, so that one
/// setting serves the images of all dates.
struct WindowShares {
  double black = 0;
  double white = 1;
};
scene::GreyWindow applied(const WindowShares& shares, const scene::GreyWindow& own);

/// A window with a name, for the menu and the number keys.
struct WindowPreset {
  const char* name;
  WindowShares shares;
};
const std::vector<WindowPreset>& windowPresets();

/// A distance that was measured on a slice.
struct Measure {
  Point3 from;
  Point3 to;
  Orientation orientation = Orientation::axial;
};

/// What the slices show besides the image.
struct ShowOptions {
  bool crosshair = true;
  bool outlines = true;
  bool markers = true;  ///< contacts and landmarks
  /// Outlines of brainstem, canals and labyrinths on slices; the image shows them well itself.
  bool surroundings = false;
  std::set<scene::PartKind> hidden;  ///< everywhere

  bool isOutlined(scene::PartKind kind) const;
};

/// What all views of all dates share: cross-hair, window, blend, magnification. Points are LPS mm
/// of the shown frame.
class ViewState : public QObject {
  Q_OBJECT

 public:
  explicit ViewState(QObject* parent = nullptr);

  /// Sets what can be walked through: @p center and @p width_mm of the images, their step, and the
  /// facial nerves (empty where there is none).
  void setStage(const Point3& center, double width_mm, double step_mm,
                std::array<std::vector<Point3>, 2> nerves_mm);

  /// Other courses of the nerves, after a side was measured again.
  void setNerves(std::array<std::vector<Point3>, 2> nerves_mm);

  const Point3& crosshair() const { return crosshair_; }
  void setCrosshair(const Point3& p);
  /// Brings @p p into the middle of every slice, no further away than @p width_mm.
  void goTo(const Point3& p, double width_mm);
  /// Moves the cross-hair @p slices slices towards the viewer of @p orientation.
  void scroll(Orientation orientation, int slices);

  /// The nerve that the slices across it follow.
  Side side() const { return side_; }
  /// To the nerve of @p side; nothing happens while results are not shown, or where there is none.
  void setSide(Side side);
  bool hasNerve(Side side) const { return nerveOf(side).size() > 1; }
  /// Arc length from the root exit point of the nerve's place nearest to the cross-hair.
  double alongNerve_mm() const { return along_mm_; }

  SlicePlane plane(Orientation orientation, int width_px) const;
  double width_mm(Orientation orientation) const { return field(orientation).width_mm; }
  void zoom(Orientation orientation, double factor);
  void pan(Orientation orientation, double right_mm, double up_mm);
  void fit();

  const WindowShares& window() const { return window_; }
  void setWindow(const WindowShares& window);
  double blend() const { return blend_; }
  void setBlend(double share);
  bool overIsCeT1() const { return over_is_ce_t1_; }
  void setOverIsCeT1(bool on);

  const ShowOptions& show() const { return show_; }
  void setShow(const ShowOptions& show);
  /// False while a reader has to judge without seeing results.
  bool areResultsShown() const { return results_shown_; }
  void setResultsShown(bool shown);

  bool isMeasuring() const { return measuring_; }
  void setMeasuring(bool on);
  const std::vector<Measure>& measures() const { return measures_; }
  void addMeasure(const Measure& measure);
  void clearMeasures();

  const std::string& selectedContact() const { return selected_; }
  void selectContact(const std::string& id);

 Q_SIGNALS:
  void changed();         ///< anything that a slice shows
  void crosshairMoved();  ///< also emits changed()
  void showChanged();     ///< also emits changed()
  void measuringChanged(bool on);
  void contactSelected(const std::string& id);

 private:
  /// What a view's window shows: pan is from the anchor (the images' centre, or the nerve).
  struct Field {
    double width_mm = 60;
    double pan_right_mm = 0;
    double pan_up_mm = 0;
  };

  const Field& field(Orientation o) const { return fields_[static_cast<std::size_t>(o)]; }
  Field& field(Orientation o) { return fields_[static_cast<std::size_t>(o)]; }
  const std::vector<Point3>& nerveOf(Side side) const {
    return nerves_[side == Side::left ? 0 : 1];
  }
  /// The plane without pan and magnification.
  SlicePlane anchored(Orientation orientation) const;
  void center(Orientation orientation, const Point3& p);
  void followNerve();

  Point3 crosshair_;
  Point3 stage_center_;
  double stage_width_mm_ = 100;
  double step_mm_ = 0.5;
  std::array<std::vector<Point3>, 2> nerves_;
  Side side_ = Side::left;
  double along_mm_ = 0;
  std::array<Field, 4> fields_;
  WindowShares window_;
  double blend_ = 0;
  bool over_is_ce_t1_ = false;
  ShowOptions show_;
  bool results_shown_ = true;
  bool measuring_ = false;
  std::vector<Measure> measures_;
  std::string selected_;
};

}  // namespace neurovasc::viewer
