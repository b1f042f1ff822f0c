#include "neurovasc/interop/slicer_scene.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "fixture.h"
#include "neurovasc/interop/structures.h"
#include "neurovasc/result/landmarks_file.h"
#include "result/sample_assessments.h"
#include "support/temporary_folder.h"

namespace neurovasc::interop {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using testing::TemporaryFolder;

SlicerScene sampleScene() {
  SlicerScene scene;
  scene.volumes = {{"t2.nii.gz", "T2"}};
  scene.segmentations = {{"anatomy.seg.nrrd", "Structures"}};
  scene.models = {
      {{"nerve.vtp", "facial nerve (VII), left & \"right\""}, {1, 0.5, 0}, 0.25, false}};
  scene.points = {{{"landmarks.mrk.json", "Landmarks"}}};
  return scene;
}

TEST(SlicerScene, IsXmlWhoseNodesAndFilesAreAllThere) {
  const TemporaryFolder folder;
  for (const char* file : {"t2.nii.gz", "anatomy.seg.nrrd", "nerve.vtp", "landmarks.mrk.json"}) {
    folder.write(file, "");
  }
  folder.write("scene.mrml", slicerSceneXml(sampleScene()));
  const auto run = testing::runScript("check_scene.py", {folder.path("scene.mrml")});
  EXPECT_EQ(run.output, "");
  EXPECT_EQ(run.status, 0);
}

TEST(SlicerScene, TellsColourOpacityAndSpaceOfASurface) {
  const std::string xml = slicerSceneXml(sampleScene());
  EXPECT_THAT(xml, HasSubstr("color=\"1.000 0.500 0.000\" opacity=\"0.250\""));
  EXPECT_THAT(xml, HasSubstr("visibility2D=\"false\""));
  EXPECT_THAT(xml, HasSubstr("fileName=\"nerve.vtp\" coordinateSystem=\"LPS\""));
  EXPECT_THAT(xml, HasSubstr("left &amp; &quot;right&quot;"));
}

TEST(SlicerScene, ShowsTheFirstVolumeOnAllSlices) {
  const std::string xml = slicerSceneXml(sampleScene());
  for (const char* slice : {"Red", "Green", "Yellow"}) {
    EXPECT_THAT(xml, HasSubstr(std::string("singletonTag=\"") + slice + "\""));
  }
  EXPECT_THAT(xml, HasSubstr("backgroundVolume:neurovasc_volume_1;"));
}

TEST(SlicerLandmarks, AreReadAgainWhereTheyWere) {
  const TemporaryFolder folder;
  const Assessment assessment = testing::richAssessment();
  folder.write("landmarks.mrk.json", slicerLandmarks(assessment));
  const ManualLandmarks read = result::readLandmarks(folder.path("landmarks.mrk.json"));
  int found = 0;
  for (const SideAssessment& side : assessment.sides) {
    const auto& written = side.nerve.landmarks.root_exit_point;
    const auto& again = read.of(side.side).root_exit_point;
    ASSERT_EQ(written.has_value(), again.has_value());
    if (written) {
      EXPECT_LT(norm(written->lps_mm - again->lps_mm), 1e-3);
      ++found;
    }
  }
  EXPECT_GT(found, 0);
}

TEST(SlicerContacts, AreCalledByIdVesselAndState) {
  const Assessment assessment = testing::richAssessment();
  const json markup = json::parse(slicerContacts(assessment)).at("markups").at(0);
  EXPECT_EQ(markup.at("type"), "Fiducial");
  EXPECT_EQ(markup.at("coordinateSystem"), "LPS");
  const json& point = markup.at("controlPoints").at(0);
  const Contact& contact = assessment.sides.at(0).contacts.at(0);
  EXPECT_THAT(std::string(point.at("label")), HasSubstr(contact.id + " "));
  EXPECT_NEAR(point.at("position").at(2), contact.nerve_point_mm->z, 1e-4);
}

TEST(SlicerColorTable, HasSlicersColumnsAndOneRowForEachStructure) {
  const std::string table = slicerColorTable(segments());
  EXPECT_EQ(table.find("LabelValue,Name,Color_R,Color_G,Color_B,Color_A,Category_CodingScheme,"
                       "Category_CodeValue,Category_CodeMeaning,Type_CodingScheme,"),
            0U);
  EXPECT_THAT(table,
              HasSubstr("\n4,\"Facial nerve, left\",240,227,66,255,SCT,91723000,\"Anatomical "
                        "Structure\",SCT,56052001,\"Facial nerve\",SCT,7771000,\"Left\"\n"));
}

/// The entry with @p code; null where there is none.
json entryOf(const json& list, const imaging::Code& code) {
  for (const json& entry : list) {
    if (entry.at("CodingSchemeDesignator") == code.scheme && entry.at("CodeValue") == code.value) {
      return entry;
    }
  }
  return {};
}

/// What Slicer looks for as it opens a segment: category, its type, the type's modifier.
bool holds(const json& context, const imaging::Segment& segment) {
  const json category = entryOf(context.at("SegmentationCodes").at("Category"), segment.category);
  const json type = category.is_null() ? json() : entryOf(category.at("Type"), segment.type);
  if (type.is_null() || segment.type_modifier.value.empty()) {
    return !type.is_null();
  }
  return !entryOf(type.at("Modifier"), segment.type_modifier).is_null();
}

TEST(SlicerTerminology, HoldsEveryStructureUnderTheNameThatSegmentsGive) {
  const json context = json::parse(slicerTerminology());
  EXPECT_EQ(context.at("SegmentationCategoryTypeContextName"), imaging::kTerminologyContext);
  for (const imaging::Segment& segment : segments()) {
    EXPECT_TRUE(holds(context, segment)) << segment.id;
  }
  Vessel vessel;
  vessel.kind = VesselKind::artery;
  for (const VesselName name : {VesselName::vertebral, VesselName::basilar, VesselName::aica,
                                VesselName::pica, VesselName::sca, VesselName::unknown}) {
    vessel.name = name;
    EXPECT_TRUE(holds(context, segmentOf(vessel))) << segmentOf(vessel).name;
  }
}

TEST(SlicerTerminology, NamesEachTypeOnceWithItsSides) {
  const json context = json::parse(slicerTerminology());
  const json& types = context.at("SegmentationCodes").at("Category").at(0).at("Type");
  int facial = 0;
  for (const json& type : types) {
    if (type.at("CodeValue") == "56052001") {
      ++facial;
      EXPECT_EQ(type.at("Modifier").size(), 2U);
    }
  }
  EXPECT_EQ(facial, 1);
}

}  // namespace
}  // namespace neurovasc::interop
