#pragma once

#include <memory>

#include "neurovasc/scene/views.h"

namespace neurovasc::scene {

/// What of a scene is drawn, and how.
struct Staging {
  double brain_opacity = 1;  ///< 0: not drawn
  bool ears = true;          ///< labyrinths and canals
  double other_nerves_opacity = 1;
  /// The brain is taken away where it is more than this nearer to the eye than the frame's centre.
  std::optional<double> brain_cut_mm;
  /// The same for everything.
  std::optional<double> near_cut_mm;
  /// Everything is taken away where it is more than this beyond the frame's centre.
  std::optional<double> far_cut_mm;
};

/// How near the opaque surfaces of a drawn picture come to the eye.
struct DepthMap {
  int width = 0;
  int height = 0;
  /// From the frame's centre towards the viewer, rows from the top; minus infinity where there is
  /// no opaque surface.
  std::vector<float> toward_mm;

  bool empty() const { return toward_mm.empty(); }
  float at(int x, int y) const {
    return toward_mm[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                     static_cast<std::size_t>(x)];
  }
};

/// An eye in the scene.
struct EyePlace {
  Point3 eye_mm;
  Vec3 forward;
  Vec3 up;
  double opening_deg = 75;
};

/// The actors of one content and a window to draw them in, for any number of pictures.
class Stage {
 public:
  Stage(const SceneContent& content, const PictureOptions& options);
  ~Stage();
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;

  /// Draws what @p frame sees, @p width by @p height px about the frame's centre.
  Picture draw(const ViewFrame& frame, const Staging& staging, int width, int height);

  /// Draws what an eye within the scene sees, before a dark ground; staging's cuts are not made.
  Picture drawFrom(const EyePlace& eye, const Staging& staging, int width, int height);

  /// The depths of the last draw(), at its size; not of drawFrom().
  DepthMap depths() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Gap from each of @p points to the nearest of @p vessels' surfaces, mm, 0 inside; infinite where
/// there is no vessel.
std::vector<double> gapsTo(const std::vector<Vessel>& vessels, const std::vector<Point3>& points);

}  // namespace neurovasc::scene
