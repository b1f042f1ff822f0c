#include "outlines.h"

#include <cmath>

#include "neurovasc/scene/section.h"

namespace neurovasc::viewer {
namespace {

constexpr int kLighter = 125;  // per cent, for a thin line on black
/// A pad is dark in the scene, as on every image; its outline must still be seen.
const QColor kPadOutline(190, 190, 200);

QColor outlineColor(const scene::ScenePart& part) {
  if (part.kind == scene::PartKind::pad) {
    return kPadOutline;
  }
  const QColor color(part.color[0], part.color[1], part.color[2]);
  return part.kind == scene::PartKind::facial_nerve ? color : color.lighter(kLighter);
}

/// Whether the plane passes through the box: its centre is nearer than its half-width along the
/// normal.
bool meets(const Box& box, const SlicePlane& plane) {
  const Vec3 n = plane.towardViewer();
  const Vec3 half = 0.5 * (box.upper - box.lower);
  const double reach = std::abs(n.x) * half.x + std::abs(n.y) * half.y + std::abs(n.z) * half.z;
  return std::abs(plane.depthOf(box.lower + half)) <= reach;
}

}  // namespace

std::vector<Outline> outlinesOf(const std::vector<scene::ScenePart>& parts) {
  std::vector<Outline> outlines;
  for (const scene::ScenePart& part : parts) {
    if (!part.mesh.empty()) {
      outlines.push_back(
          {part.kind, outlineColor(part), boundingBox(part.mesh.vertices_mm, 0), &part.mesh});
    }
  }
  return outlines;
}

std::vector<QLineF> linesIn(const Outline& outline, const SlicePlane& plane, const QSizeF& size) {
  std::vector<QLineF> lines;
  if (!meets(outline.box, plane)) {
    return lines;
  }
  for (const scene::Segment& s :
       scene::sectionOf(*outline.mesh, plane.center_mm, plane.towardViewer())) {
    lines.emplace_back(plane.spotOf(s[0], size), plane.spotOf(s[1], size));
  }
  return lines;
}

}  // namespace neurovasc::viewer
