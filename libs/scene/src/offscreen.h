#pragma once

#include <memory>
#include <vector>

#include "neurovasc/scene/picture.h"

class vtkRenderer;

namespace neurovasc::scene {

/// A render window that needs neither a display nor an X server: VTK draws into an EGL context
/// without a surface (Mesa's EGL_PLATFORM_SURFACELESS_MESA; any other EGL device as second choice).
///
/// One thread at a time may use it; it makes its context current when made and lets go of it when
/// destroyed.
class OffscreenWindow {
 public:
  /// Throws Error(internal) with a hint where no EGL device offers OpenGL 3.2.
  OffscreenWindow();
  ~OffscreenWindow();
  OffscreenWindow(const OffscreenWindow&) = delete;
  OffscreenWindow& operator=(const OffscreenWindow&) = delete;

  /// Draws @p renderer alone, @p width by @p height px.
  Picture draw(vtkRenderer& renderer, int width, int height);

  /// Of the last draw(): how deep the nearest opaque surface lies at each pixel, rows from the top;
  /// 0 at the camera's near plane, 1 at its far plane and where there is none.
  std::vector<float> depths() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace neurovasc::scene
