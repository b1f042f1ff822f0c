#pragma once

#include <QColor>
#include <QLineF>
#include <QSizeF>
#include <vector>

#include "neurovasc/core/geometry.h"
#include "neurovasc/scene/parts.h"
#include "slice_plane.h"

namespace neurovasc::viewer {

/// One structure's surface, ready to be cut.
struct Outline {
  scene::PartKind kind = scene::PartKind::brain;
  QColor color;  ///< as in the scene, lighter, for a thin line on black
  Box box;
  const TriangleMesh* mesh = nullptr;  ///< of the part, which outlives this
};

/// The outlines of @p parts, which must outlive them.
std::vector<Outline> outlinesOf(const std::vector<scene::ScenePart>& parts);

/// Where an outline meets a slice, in pixels of a picture of @p size. Empty where they do not meet.
std::vector<QLineF> linesIn(const Outline& outline, const SlicePlane& plane, const QSizeF& size);

}  // namespace neurovasc::viewer
