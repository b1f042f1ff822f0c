#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "neurovasc/core/progress.h"
#include "neurovasc/core/terms.h"
#include "neurovasc/scene/picture.h"
#include "neurovasc/scene/scene_content.h"

namespace neurovasc::scene {

/// Ready-made three-dimensional views. All are parallel projections, so that a millimetre is the
/// same everywhere in a picture.
enum class View {
  overview,            ///< both sides from the front and below, brainstem translucent
  retrosigmoid_left,   ///< as the surgeon sees it: from behind, the side and below, cerebellum
  retrosigmoid_right,  ///< in front of the nerve taken away
  end_on_left,         ///< along the nerve from the brainstem outward, with the clock of contacts
  end_on_right,
  brainstem_left,  ///< the attached segment on the pons, brainstem opaque
  brainstem_right,
};

/// All views in the order in which they are shown.
const std::vector<View>& allViews();
std::string title(View view);      ///< "Retrosigmoid view, left", for people
std::string_view name(View view);  ///< "overview", "retrosigmoid_left", ...: command line, files
std::optional<View> parseView(std::string_view text);
/// The side a view looks at; empty for those that show both.
std::optional<Side> sideOf(View view);

/// How the patient's head is held while a retrosigmoid view is looked at: it turns that picture.
enum class PatientPosition {
  upright,  ///< sitting, as on a screen: cranial is up
  lateral,  ///< lying on the other side (park bench), the surgeon behind the head: lateral is up
};
std::string_view name(PatientPosition position);  ///< "upright", "lateral"
std::optional<PatientPosition> parsePosition(std::string_view text);

/// How pictures look.
struct PictureOptions {
  int width_px = 1200;  ///< four to three fits a page's width at 150 dpi
  int height_px = 900;
  double gap_range_mm = 3.0;     ///< the far end of the gap's colour bar: what contact lists
  double contact_field_mm = 13;  ///< width shown in a contact's close-up
  double slice_field_mm = 28;    ///< width of each slice through a contact
  PatientPosition position = PatientPosition::upright;  ///< of retrosigmoid views
};

/// Throws Error(usage) naming the option that is out of range.
void validate(const PictureOptions& options);

/// Where a three-dimensional picture looks from, and where points appear in it, px from its top
/// left corner:
///
///     x = center_x_px + dot(p - center_mm, right) / mm_per_pixel
///     y = center_y_px - dot(p - center_mm, up) / mm_per_pixel
struct ViewFrame {
  Point3 center_mm;
  Vec3 right;  ///< unit vectors in LPS
  Vec3 up;
  Vec3 toward_viewer;
  double mm_per_pixel = 0;
  double center_x_px = 0;
  double center_y_px = 0;
  /// Anatomical letters at the picture's right, top, left and bottom edge: "R", "S", "L", "I".
  std::array<std::string, 4> edge_letters;
};

ViewFrame viewFrame(const SceneContent& content, View view, const PictureOptions& options = {});

/// Draws one view: nerves (the facial nerve painted by its gap to the nearest vessel), vessels by
/// kind, contact numbers, letters of the patient's axes, scale bar, legend, kResearchUseOnly and
/// the content's label. Colours are told apart by colour-blind readers (Okabe & Ito 2008 for kinds,
/// cividis for the gap). Needs no display. Throws Error(internal) with a hint where no software or
/// hardware renderer exists, Error(cancelled) when stopped.
Picture renderView(const SceneContent& content, View view, const PictureOptions& options = {},
                   const Progress& progress = {});

/// A close-up of one contact, seen across nerve and vessel so that the gap is in the picture's
/// plane, with the nearest pair of points marked. Throws Error(usage) if there is no such contact.
Picture renderContact(const SceneContent& content, const std::string& contact_id,
                      const PictureOptions& options = {}, const Progress& progress = {});

/// Where the axial, coronal and sagittal T2 cuts of renderContactSlices look from.
std::array<ViewFrame, 3> sliceFrames(const SceneContent& content, const std::string& contact_id,
                                     const PictureOptions& options = {});

/// Axial, coronal and sagittal cuts in the patient's axes (LPS) through the contact, T2 above and
/// TOF below where there is one, with the outlines of nerve, vessels and pads, a cross-hair and
/// each slice's position in mm. Radiological convention: the patient's right is on the viewer's
/// left, the front is on the left of sagittal cuts. Needs no
/// renderer. The picture is as high as its slices need, at most height_px.
Picture renderContactSlices(const SceneContent& content, const std::string& contact_id,
                            const PictureOptions& options = {}, const Progress& progress = {});

/// Slices that follow the nerve, and both images in one. Nerve, vessels and pads are outlined where
/// their sub-voxel surfaces meet the slice. None needs a renderer.
///
/// All throw Error(usage) where the scene has no such nerve or contact, Error(cancelled).

/// Curved planar reformat along the facial nerve of @p side, T2 and, where there is one, TOF beside
/// it. The slice is the surface swept by the nerve's centre line along one fixed direction, the
/// patient's y axis in the first row, z in the second, and is laid flat without stretching
/// ("stretched CPR": Kanitsar et al., IEEE Visualization 2002), so that a millimetre is the same
/// everywhere and nothing is shown twice. It begins 6 mm before the root exit point, in the
/// brainstem, and ends at the nerve's last point. The patient's right is on the viewer's left.
Picture renderAlongNerve(const SceneContent& content, Side side, const PictureOptions& options = {},
                         const Progress& progress = {});

/// Five cuts perpendicular to the nerve, 1 mm apart, the middle one through the contact; seen from
/// the brainstem outward with cranial up, as the clock of Contact::clock_h is. T2 bare, T2 and TOF
/// with outlines.
Picture renderContactAcross(const SceneContent& content, const std::string& contact_id,
                            const PictureOptions& options = {}, const Progress& progress = {});

/// T2 in greys with what flows in TOF in colour over it: axial, coronal and sagittal cuts (LPS)
/// through the likeliest contact of @p side, else the detachment point, near and at large. Throws
/// Error(usage) where there is no TOF.
Picture renderFusion(const SceneContent& content, Side side, const PictureOptions& options = {},
                     const Progress& progress = {});

}  // namespace neurovasc::scene
