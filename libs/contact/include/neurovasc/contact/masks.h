#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "neurovasc/contact/assess.h"
#include "neurovasc/core/anatomy.h"
#include "neurovasc/core/assessment.h"
#include "neurovasc/core/mesh.h"
#include "neurovasc/core/progress.h"
#include "neurovasc/core/volume.h"

namespace neurovasc::contact {

/// A structure somebody else segmented: a mask with occupancy 0 to 1 in each voxel (binary masks
/// hold 0 and 1), or a closed surface.
using Shape = std::variant<ImageF, TriangleMesh>;

struct ShapeVessel {
  std::string id;  ///< "V1" ...
  VesselKind kind = VesselKind::unknown;
  VesselName name = VesselName::unknown;
  Shape shape;
};

struct MaskOptions {
  PlaceOptions places;
  ZoneOptions zones;
  double touch_limit_mm = kTouchLimitMm;
  double patch_within_mm = 0.25;
  /// Spread of the edge of a mask whose surface was drawn on voxels, in voxels: half a voxel.
  double mask_edge_sd_voxels = 0.5;
  double mesh_edge_sd_mm = 0.15;  ///< of a surface, whose making is not known
  int threads = 0;
};

/// Throws Error(usage) naming the option that cannot be used.
void validate(const MaskOptions& options);

/// The surface at occupancy one half, sub-voxel, as a closed mesh: constrained surface nets
/// (Gibson, MICCAI 1998). Fractional occupancies are interpolated; the terraces of a binary mask
/// are taken off without shrinking, each vertex staying within its cell, so that structures one
/// voxel thick do not vanish. Beyond the grid is outside. Throws Error(input_unreadable) for an
/// empty mask.
TriangleMesh surfaceOf(const ImageF& occupancy);

/// The least distance from the vertices of either closed surface to the other one; negative: depth
/// of their overlap.
struct SurfaceGap {
  double distance_mm = 0;
  Point3 on_a_mm;
  Point3 on_b_mm;
};
SurfaceGap surfaceGap(const TriangleMesh& a, const TriangleMesh& b);

/// Contacts between structures of anyone's making. With the root exit point among @p landmarks the
/// nerve gets a course and arc lengths, with the detachment point zones too; without, these are
/// empty and every zone is not assessable. Zones are never called clear: masks do not tell what was
/// looked for. Deformity is not measured. "12 o'clock" is scanner-cranial.
SideAssessment assessSurfaces(const Shape& nerve, const std::vector<ShapeVessel>& vessels,
                              Side side, const NerveLandmarks& landmarks,
                              const MaskOptions& options, const Progress& progress);

}  // namespace neurovasc::contact
