#pragma once

#include <optional>
#include <string>
#include <vector>

#include "neurovasc/core/anatomy.h"
#include "neurovasc/core/assessment.h"
#include "neurovasc/core/fused_study.h"
#include "neurovasc/core/mesh.h"
#include "neurovasc/core/volume.h"

namespace neurovasc::scene {

/// The grey values shown as black and as white.
struct GreyWindow {
  double black = 0;
  double white = 1;
};

/// An image with its window.
struct SceneImage {
  ImageF image;
  GreyWindow window;
};

/// A cranial nerve. Only the facial nerve is painted by gap.
struct SceneNerve {
  NerveName name = NerveName::facial;
  Side side = Side::left;
  Tube tube;
  NerveLandmarks landmarks;
};

/// A surface that belongs to one side of the head.
struct SceneSurface {
  Side side = Side::left;
  TriangleMesh surface;
};

/// One side's findings, numbered as in assessment.json.
struct SceneSide {
  Side side = Side::left;
  Finding finding = Finding::not_assessable;
  std::vector<Contact> contacts;
};

/// Everything that can be seen in a picture: core types only, so that it can be filled from an
/// analysis as well as from a result folder (assessment.json, meshes, volumes). LPS mm of the T2
/// series. Any part may be empty.
struct SceneContent {
  SceneImage t2;                  ///< on the measured voxels, cropped to the region
  std::optional<SceneImage> tof;  ///< on the same grid
  std::vector<SceneNerve> nerves;
  std::vector<Vessel> vessels;
  /// Of an earlier date, in this content's frame: drawn as shadows, and the facial nerve is painted
  /// by how its gap changed since then.
  std::optional<std::vector<Vessel>> vessels_before;
  TriangleMesh brain;  ///< brainstem and cerebellum
  std::vector<SceneSurface> labyrinths;
  std::vector<SceneSurface> canals;  ///< internal auditory canals
  std::vector<Pad> pads;
  std::vector<SceneSide> sides;
  bool gaps_measured = true;  ///< false on too thick series: the facial nerve then has one colour
  std::string label;          ///< free text printed on every picture; no patient data
};

/// The scene of an analysed study. @p fused needs t2.on_t2_voxels; where that is empty the fine
/// image takes its place. The brain's surface is reduced to about 40 000 triangles.
SceneContent makeScene(const FusedStudy& fused, const Anatomy& anatomy,
                       const Assessment& assessment);

/// A window from the image itself, for images whose plateaus are not known: the 1st and 99.5th
/// percentiles of its voxels.
GreyWindow windowByPercentiles(const ImageF& image);

/// The contact called @p id and its side. Throws Error(usage) if there is none.
struct ContactOnSide {
  Side side = Side::left;
  const Contact* contact = nullptr;  ///< points into the content
};
ContactOnSide findContact(const SceneContent& content, const std::string& id);

}  // namespace neurovasc::scene
