#pragma once

#include <array>
#include <string>
#include <vector>

#include "neurovasc/core/assessment.h"
#include "neurovasc/imaging/segmentation_io.h"

namespace neurovasc::interop {

/// What 3D Slicer (5.x) opens: a scene and the small files beside it. Tags, attributes and columns
/// are those that Slicer's own sources read and write (Libs/MRML/Core: vtkMRML*Node.cxx,
/// vtkMRMLColorTableStorageNode.cxx; Modules/Loadable/Markups: markups-schema-v1.0.3.json;
/// Modules/Loadable/Terminologies).

/// A file of the scene's folder as a node of the scene.
struct SlicerNode {
  std::string file;  ///< relative to the scene
  std::string name;  ///< for people
};

/// A surface or a list of points with its look.
struct SlicerShape {
  SlicerNode node;
  std::array<double, 3> color = {0.5, 0.5, 0.5};  ///< red, green, blue, 0 to 1
  double opacity = 1;
  bool on_slices = true;  ///< its outline is drawn on slices as well
};

struct SlicerScene {
  std::vector<SlicerNode> volumes;        ///< the first one is shown on the slices
  std::vector<SlicerNode> segmentations;  ///< .seg.nrrd, which hold their own names and colours
  std::vector<SlicerShape> models;        ///< surfaces, LPS mm
  std::vector<SlicerShape> points;        ///< markups
};

/// The scene as MRML text.
std::string slicerSceneXml(const SlicerScene& scene);

/// The landmarks of the facial nerves as a markups file, LPS mm. Points are called as
/// result/landmarks_file.h calls them, so that they can be moved in Slicer and read again.
std::string slicerLandmarks(const Assessment& assessment);

/// One point for each contact, on the nerve's surface: "L1 AICA touching".
std::string slicerContacts(const Assessment& assessment);

/// A colour table with terminology (CSV).
std::string slicerColorTable(const std::vector<imaging::Segment>& segments);

/// The terminology context imaging::kTerminologyContext with every structure that a result can
/// hold, for the Terminologies module (JSON).
std::string slicerTerminology();

}  // namespace neurovasc::interop
