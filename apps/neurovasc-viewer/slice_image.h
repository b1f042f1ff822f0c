#pragma once

#include <QImage>
#include <QSize>

#include "neurovasc/core/volume.h"
#include "neurovasc/scene/scene_content.h"
#include "slice_plane.h"

namespace neurovasc::viewer {

/// An image with the values shown as black and white. No image: nothing is shown.
struct Channel {
  const ImageF* image = nullptr;
  scene::GreyWindow window;
};

/// What a slice shows: one image, or two of one head laid over each other.
struct SliceContent {
  Channel base;
  Channel over;
  double blend = 0;  ///< share of over, 0 to 1; in between, over is tinted to tell it apart
};

/// The slice through @p content, trilinear, black where no image reaches. @p plane is in pixels of
/// the picture. Takes some 10 ns a pixel, so that scrolling needs no cache.
QImage renderSlice(const SliceContent& content, const SlicePlane& plane, const QSize& size);

}  // namespace neurovasc::viewer
