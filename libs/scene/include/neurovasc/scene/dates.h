#pragma once

#include <string>
#include <vector>

#include "neurovasc/core/geometry.h"
#include "neurovasc/core/progress.h"
#include "neurovasc/scene/pictures.h"

namespace neurovasc::scene {

/// A contact that is followed from one date to another.
struct FollowedPlace {
  std::string id;  ///< "L1", as in comparison.json
  Side side = Side::left;
  Point3 place_mm;  ///< on the nerve, LPS of the first date
  bool touches_first = false;
  bool touches_later = false;
  std::vector<std::string> lines;  ///< "residual", "gap 0.0 mm, then 0.1 mm": for the legend
};

/// Two dates of one patient in one frame: LPS of the first.
struct DatesScene {
  SceneContent first;
  SceneContent later;       ///< brought into the first date's frame, see inFrame()
  std::string first_title;  ///< "Date 1"
  std::string later_title;  ///< "Date 2, 44 weeks later"
  std::vector<FollowedPlace> places;
};

/// @p content with every point p at @p to(p). Images keep their voxels; their grid is moved.
SceneContent inFrame(SceneContent content, const RigidTransform& to);

/// @p scene with brain and vessels of each date cut to what the other date's T2 shows as well, so
/// that no difference comes from where a field of view ends. Vessels near a facial nerve stay
/// whole.
DatesScene inCommonField(DatesScene scene);

/// The pictures that writeDatesPictures makes, in order: overview, retrosigmoid view and the view
/// along the nerve, both dates from one camera side by side, and the change of the gap, of every
/// side that has a nerve at both dates; cuts through every place.
std::vector<PictureFile> datesPictureFiles(const DatesScene& scene);

/// Both dates from the first date's camera, side by side, each facial nerve painted by its gap.
/// options.width_px is that of one picture of one date; this one is half as wide again.
Picture renderDates(const DatesScene& scene, View view, const PictureOptions& options = {},
                    const Progress& progress = {});

/// The later date's nerve painted by gap then minus gap before (both held at
/// options.gap_range_mm), with the vessels of the first date as shadows, in the retrosigmoid view.
Picture renderGapChange(const DatesScene& scene, Side side, const PictureOptions& options = {},
                        const Progress& progress = {});

/// The same axial, coronal and sagittal cuts (LPS of the first date) through a place at both dates:
/// T2, and TOF where both have it, at one scale. Each image's window is set by its own plateaus in
/// the same way (SceneImage::window). Throws Error(usage) if there is no such place.
Picture renderDatesSlices(const DatesScene& scene, const std::string& place_id,
                          const PictureOptions& options = {}, const Progress& progress = {});

/// Writes all of datesPictureFiles(scene) into @p directory, which must exist, and returns their
/// names. Errors: as writePictures().
std::vector<std::string> writeDatesPictures(const DatesScene& scene, const std::string& directory,
                                            const PictureOptions& options = {},
                                            const Progress& progress = {});

}  // namespace neurovasc::scene
