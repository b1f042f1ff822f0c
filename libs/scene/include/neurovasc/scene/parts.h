#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "neurovasc/core/mesh.h"
#include "neurovasc/scene/scene_content.h"
#include "neurovasc/scene/views.h"

namespace neurovasc::scene {

/// A scene taken apart for programs that draw it themselves, such as the page: the same surfaces,
/// colours and views as in the pictures.

using Rgb = std::array<std::uint8_t, 3>;  ///< sRGB

enum class PartKind {
  facial_nerve,
  other_nerve,
  artery,
  vein,
  unknown_vessel,
  brain,
  canal,
  labyrinth,
  pad,
};
std::string_view name(PartKind kind);  ///< "facial_nerve", "other_nerve", ...

/// One surface with its look.
struct ScenePart {
  PartKind kind = PartKind::brain;
  std::string id;            ///< of a vessel or pad as in assessment.json; else empty
  std::string title;         ///< "facial nerve (VII), left", "V3: AICA"
  std::optional<Side> side;  ///< empty: of no side
  TriangleMesh mesh;
  Rgb color{};
  double opacity = 1;
  std::vector<Rgb> vertex_colors;  ///< of the facial nerve by its gap; else empty
};

/// How finely tubes are drawn.
struct PartOptions {
  double tube_step_mm = 0.4;  ///< below the thinnest vessel's diameter
  int tube_sides = 14;        ///< round to within 3 % of the radius
  double gap_range_mm = 3.0;  ///< as PictureOptions::gap_range_mm
};

/// Throws Error(usage) naming the option that is out of range.
void validate(const PartOptions& options);

std::vector<ScenePart> sceneParts(const SceneContent& content, const PartOptions& options = {});

/// Writes @p parts with names, colours and opacities as one binary glTF 2.0 file (.glb), for
/// browsers, Blender, PowerPoint and headsets. As glTF demands, lengths are in metres and y is up:
///
///     gltf = 0.001 * (x, z, -y) of LPS mm
///
/// which asset.extras of the file says too. The same parts give the same bytes. Throws Error(usage)
/// where there is nothing to write, Error(output_unwritable).
void writeGltf(const std::vector<ScenePart>& parts, const std::string& path);

/// All surfaces of @p parts as one, LPS mm, for formats without names and colours: writeMesh().
TriangleMesh mergedMesh(const std::vector<ScenePart>& parts);

/// A view or a contact's close-up: where it looks from and what it leaves out.
struct SceneView {
  std::string name;   ///< "overview", "contact_L1": the picture's file name without .png
  std::string title;  ///< "Retrosigmoid view, left"
  std::optional<Side> side;
  std::string contact;  ///< of a close-up; else empty
  ViewFrame frame;
  double width_mm = 0;  ///< that the picture shows
  double height_mm = 0;
  double brain_opacity = 1;  ///< 0: not drawn
  bool ears = true;          ///< labyrinths and canals
  double other_nerves_opacity = 1;
  /// Taken away where more than this nearer to the eye than the frame's centre: brain, everything.
  std::optional<double> brain_cut_mm;
  std::optional<double> near_cut_mm;
  /// Everything is taken away where more than this beyond the frame's centre.
  std::optional<double> far_cut_mm;
};

/// The views of pictureFiles(content), without those of slices.
std::vector<SceneView> sceneViews(const SceneContent& content);

}  // namespace neurovasc::scene
