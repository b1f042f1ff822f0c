#include "neurovasc/interop/slicer_scene.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/ofstd/ofstd.h>
#include <fmt/format.h>

#include <string_view>
#include <utility>

namespace neurovasc::interop {
namespace {

using Color = std::array<double, 3>;

std::string escaped(const std::string& text) {
  OFString markup;
  OFStandard::convertToMarkupString(OFString(text.c_str(), text.size()), markup, OFFalse,
                                    OFStandard::MM_XML);
  return {markup.c_str(), markup.size()};
}

std::string colorText(const Color& color) {
  return fmt::format("{:.3f} {:.3f} {:.3f}", color[0], color[1], color[2]);
}

/// The elements of a scene one after the other, with ids of their own.
class SceneText {
 public:
  using Attributes = std::vector<std::pair<std::string, std::string>>;

  void add(const std::string& tag, const std::string& id, const std::string& name,
           const Attributes& attributes) {
    text_ += fmt::format(" <{} id=\"{}\" name=\"{}\"", tag, id, escaped(name));
    for (const auto& [key, value] : attributes) {
      text_ += fmt::format(" {}=\"{}\"", key, escaped(value));
    }
    text_ += fmt::format("></{}>\n", tag);
  }

  /// A data node between its display and its storage, which it refers to.
  void addData(const std::array<const char*, 3>& tags, const std::string& id,
               const SlicerNode& node, const Attributes& look, const Attributes& storage = {}) {
    Attributes file = {{"fileName", node.file}};
    file.insert(file.end(), storage.begin(), storage.end());
    add(tags[1], id + "_display", node.name + " display", look);
    add(tags[2], id + "_storage", node.name + " storage", file);
    add(tags[0], id, node.name,
        {{"references", fmt::format("display:{0}_display;storage:{0}_storage;", id)}});
  }

  std::string text() const {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<MRML version=\"Slicer4.4.0\" "
           "userTags=\"\">\n" +
           text_ + "</MRML>\n";
  }

 private:
  std::string text_;
};

void addVolumes(const std::vector<SlicerNode>& volumes, SceneText& scene) {
  for (std::size_t n = 0; n < volumes.size(); ++n) {
    scene.addData({"Volume", "VolumeDisplay", "VolumeArchetypeStorage"},
                  fmt::format("neurovasc_volume_{}", n + 1), volumes[n],
                  {{"autoWindowLevel", "1"},
                   {"interpolate", "1"},
                   {"colorNodeID", "vtkMRMLColorTableNodeGrey"}});
  }
}

void addSegmentations(const std::vector<SlicerNode>& segmentations, SceneText& scene) {
  for (std::size_t n = 0; n < segmentations.size(); ++n) {
    // Surfaces stand in the scene as models already.
    scene.addData({"Segmentation", "SegmentationDisplay", "SegmentationStorage"},
                  fmt::format("neurovasc_segmentation_{}", n + 1), segmentations[n],
                  {{"visibility", "true"}, {"visibility3D", "false"}, {"Opacity2DFill", "0.3"}});
  }
}

std::string flag(bool value) { return value ? "true" : "false"; }

void addModels(const std::vector<SlicerShape>& models, SceneText& scene) {
  for (std::size_t n = 0; n < models.size(); ++n) {
    const SlicerShape& model = models[n];
    scene.addData({"Model", "ModelDisplay", "ModelStorage"},
                  fmt::format("neurovasc_model_{}", n + 1), model.node,
                  {{"color", colorText(model.color)},
                   {"opacity", fmt::format("{:.3f}", model.opacity)},
                   {"visibility", "true"},
                   {"visibility2D", flag(model.on_slices)},
                   {"scalarVisibility", "false"}},
                  {{"coordinateSystem", "LPS"}});
  }
}

void addPoints(const std::vector<SlicerShape>& lists, SceneText& scene) {
  for (std::size_t n = 0; n < lists.size(); ++n) {
    const std::string color = colorText(lists[n].color);
    scene.addData({"MarkupsFiducial", "MarkupsFiducialDisplay", "MarkupsJsonStorage"},
                  fmt::format("neurovasc_points_{}", n + 1), lists[n].node,
                  {{"color", color}, {"selectedColor", color}, {"visibility", "true"}},
                  {{"coordinateSystem", "LPS"}});
  }
}

/// Puts the first volume on all slices.
void addSlices(SceneText& scene) {
  for (const char* slice : {"Red", "Green", "Yellow"}) {
    scene.add("SliceComposite", fmt::format("vtkMRMLSliceCompositeNode{}", slice), "SliceComposite",
              {{"singletonTag", slice},
               {"layoutName", slice},
               {"references", "backgroundVolume:neurovasc_volume_1;"}});
  }
}

}  // namespace

std::string slicerSceneXml(const SlicerScene& scene) {
  SceneText text;
  addVolumes(scene.volumes, text);
  addSegmentations(scene.segmentations, text);
  addModels(scene.models, text);
  addPoints(scene.points, text);
  if (!scene.volumes.empty()) {
    addSlices(text);
  }
  return text.text();
}

}  // namespace neurovasc::interop
