#pragma once

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "canvas.h"
#include "layout.h"
#include "neurovasc/scene/scene_content.h"
#include "neurovasc/scene/views.h"

namespace neurovasc::scene {

// What pictures of slices are made of, flat or curved. All on the processor: no renderer is needed.

/// A surface whose section is drawn over an image.
struct Outline {
  TriangleMesh mesh;
  Color color;
};

/// Pads, vessels and nerves, the facial nerve last.
std::vector<Outline> outlinesOf(const SceneContent& content);

/// The place in the patient at a place in a picture, px.
using PlaceAt = std::function<Point3(double x, double y)>;
/// The colour at a place in the patient; empty outside the image.
using ColorAt = std::function<std::optional<Color>(const Point3& p)>;

/// @p shown in greys. It must outlive the result.
ColorAt greys(const SceneImage& shown);

/// From which TOF value on something is coloured as flow, and from which on wholly: a quarter and
/// six tenths (thin arteries share their voxels) of the way from brain (the median where T2 is as
/// dark as brain) to artery (the median on the arteries' centre lines; without any, the 99.9th
/// percentile). @p content has both images.
GreyWindow flowWindow(const SceneContent& content);

/// T2 in greys and TOF over it from orange to yellow where it is within @p flow or above. The
/// images must outlive the result.
ColorAt fusedColors(const SceneImage& t2, const SceneImage& tof, const GreyWindow& flow);

/// Colours every pixel of @p cell by the middle of it.
void paint(Canvas& canvas, const Rect& cell, const PlaceAt& place, const ColorAt& color);

/// PlaceAt of a flat slice.
PlaceAt placesIn(const ViewFrame& frame);

/// A flat slice with its outlines, letters, scale bar and caption.
struct SliceCell {
  Rect cell;
  ViewFrame frame;
  std::string caption;
  bool cross_hair = true;
  bool emphasized = false;  ///< framed in white instead of grey
};
void drawSlice(Canvas& canvas, const SliceCell& slice, const ColorAt& color,
               const std::vector<Outline>& outlines, double unit);

/// A slice across one of the patient's axes.
struct PatientCut {
  const char* name;
  int axis;  ///< of LPS, across the slice
  Vec3 right;
  Vec3 up;
};

/// Axial, coronal, sagittal, in radiological convention: the patient seen from the feet, from the
/// front, from the left.
const std::array<PatientCut, 3>& patientCuts();

/// A slice's frame: from @p toward_viewer with @p up_hint upwards, @p field_mm wide.
ViewFrame sliceFrame(const Point3& center, const Vec3& toward_viewer, const Vec3& up_hint,
                     const Rect& cell, double field_mm);

/// The line above a cell.
void drawCaption(Canvas& canvas, const Rect& cell, const std::string& caption, double unit);

}  // namespace neurovasc::scene
