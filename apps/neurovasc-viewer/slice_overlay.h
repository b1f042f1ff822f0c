#pragma once

#include <QPainter>
#include <QSize>
#include <vector>

#include "outlines.h"
#include "shown_study.h"
#include "slice_image.h"
#include "slice_plane.h"
#include "view_state.h"

namespace neurovasc::viewer {

/// What is painted over one slice.
struct SliceOverlay {
  const ShownDate& date;
  const std::vector<Outline>& outlines;
  const ViewState& state;
  Orientation orientation;
  SlicePlane plane;
  QSize size;
};

/// The image or blend that @p state asks for.
SliceContent contentOf(const ShownDate& date, const ViewState& state);

/// Outlines, contacts, landmarks, cross-hair, measures, the patient's letters, scale and captions.
void paintOverlay(QPainter& painter, const SliceOverlay& overlay);
void paintMeasure(QPainter& painter, const SliceOverlay& overlay, const Measure& measure);

}  // namespace neurovasc::viewer
