#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "neurovasc/core/volume.h"

namespace neurovasc::imaging {

/// The terminology in which 3D Slicer is to look segments' codes up. It is of our own: Slicer's
/// master list of DICOM has no facial nerve, and an older code for the category.
inline constexpr const char* kTerminologyContext = "Segmentation category and type - neurovasc";

/// A coded concept, e.g. {"SCT", "56052001", "Facial nerve"}.
struct Code {
  std::string scheme;
  std::string value;
  std::string meaning;

  friend bool operator==(const Code& a, const Code& b) {
    return a.scheme == b.scheme && a.value == b.value && a.meaning == b.meaning;
  }
};

/// One structure of a label map, as 3D Slicer names and shows it.
struct Segment {
  std::uint8_t value = 0;                         ///< in the label map
  std::string id;                                 ///< unique within the segmentation
  std::string name;                               ///< for people
  std::array<double, 3> color = {0.5, 0.5, 0.5};  ///< red, green, blue, 0 to 1
  Code category;                                  ///< e.g. SCT 91723000 Anatomical Structure
  Code type;                                      ///< what it is; an empty code where unknown
  Code type_modifier;                             ///< e.g. SCT 7771000 Left; may be empty
};

/// Labels with what they mean.
struct Segmentation {
  LabelMap labels;
  std::vector<Segment> segments;
};

/// Reads a .seg.nrrd, or any label map: then each value becomes a segment without codes. Layered
/// files (overlapping segments) are refused with Error(input_unreadable), as readLabels() does with
/// what else it cannot take.
Segmentation readSegmentation(const std::string& path);

/// Writes a .seg.nrrd of one layer with Slicer's tags (Segment0_ID, _Name, _Color, _LabelValue,
/// _Layer, _Extent, _Tags with the terminology; as its vtkMRMLSegmentationStorageNode reads them),
/// space left-posterior-superior. Error(output_unwritable).
void writeSegmentation(const Segmentation& segmentation, const std::string& path);

}  // namespace neurovasc::imaging
