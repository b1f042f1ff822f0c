#include "neurovasc/imaging/segmentation_io.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "imaging/fixtures.h"
#include "neurovasc/core/error.h"
#include "neurovasc/imaging/image_io.h"
#include "support/temporary_folder.h"

namespace neurovasc::imaging {
namespace {

const GridGeometry kGrid = test::obliqueGrid({12, 10, 8}, {0.5, 0.6, 0.7});

Segmentation example() {
  Segmentation segmentation{LabelMap(kGrid), {}};
  segmentation.labels(2, 3, 4) = 4;
  segmentation.labels(5, 3, 6) = 4;
  segmentation.labels(9, 9, 7) = 9;
  const Code anatomical = {"SCT", "91723000", "Anatomical Structure"};
  segmentation.segments = {
      {4,
       "facial_nerve_left",
       "Facial nerve, left",
       {1, 0.85, 0.25},
       anatomical,
       {"SCT", "56052001", "Facial nerve"},
       {"SCT", "7771000", "Left"}},
      {9, "artery", "Artery", {0.85, 0.1, 0.1}, anatomical, {"SCT", "51114001", "Artery"}, {}}};
  return segmentation;
}

/// The readable part of an NRRD file.
std::string headerOf(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string header;
  for (std::string line; std::getline(file, line) && !line.empty();) {
    header += line + "\n";
  }
  return header;
}

TEST(Segmentation, ComesBackWithNamesColoursAndCodes) {
  const testing::TemporaryFolder folder;
  const Segmentation before = example();
  writeSegmentation(before, folder.path("masks.seg.nrrd"));
  const Segmentation after = readSegmentation(folder.path("masks.seg.nrrd"));
  EXPECT_TRUE(std::equal(before.labels.begin(), before.labels.end(), after.labels.begin()));
  EXPECT_LT(distance(after.labels.geometry().toLps(11, 9, 7), kGrid.toLps(11, 9, 7)), 1e-6);
  ASSERT_EQ(after.segments.size(), 2U);
  for (std::size_t n = 0; n < 2; ++n) {
    EXPECT_EQ(after.segments[n].value, before.segments[n].value);
    EXPECT_EQ(after.segments[n].id, before.segments[n].id);
    EXPECT_EQ(after.segments[n].name, before.segments[n].name);
    EXPECT_EQ(after.segments[n].color, before.segments[n].color);
    EXPECT_EQ(after.segments[n].category, before.segments[n].category);
    EXPECT_EQ(after.segments[n].type, before.segments[n].type);
    EXPECT_EQ(after.segments[n].type_modifier, before.segments[n].type_modifier);
  }
}

TEST(Segmentation, CarriesTheTagsThatSlicerReads) {
  const testing::TemporaryFolder folder;
  writeSegmentation(example(), folder.path("masks.seg.nrrd"));
  const std::string header = headerOf(folder.path("masks.seg.nrrd"));
  for (const char* expected :
       {"space: left-posterior-superior\n", "encoding: gzip\n", "Segment0_ID:=facial_nerve_left\n",
        "Segment0_Name:=Facial nerve, left\n", "Segment0_Color:=1 0.85 0.25\n",
        "Segment0_LabelValue:=4\n", "Segment0_Layer:=0\n", "Segment0_Extent:=2 5 3 3 4 6\n",
        "~SCT^91723000^Anatomical Structure~SCT^56052001^Facial nerve~SCT^7771000^Left~",
        "Segment1_Extent:=9 9 9 9 7 7\n"}) {
    EXPECT_NE(header.find(expected), std::string::npos) << expected << " in\n" << header;
  }
}

TEST(Segmentation, OfAPlainLabelMapHasOneSegmentPerValue) {
  const testing::TemporaryFolder folder;
  writeLabels(example().labels, folder.path("plain.nii.gz"));
  const Segmentation read = readSegmentation(folder.path("plain.nii.gz"));
  ASSERT_EQ(read.segments.size(), 2U);
  EXPECT_EQ(read.segments[0].value, 4);
  EXPECT_EQ(read.segments[1].name, "Segment_9");
}

TEST(Segmentation, RefusesALabelValueThatIsNoByte) {
  const testing::TemporaryFolder folder;
  std::ofstream file(folder.path("high.seg.nrrd"), std::ios::binary);
  file << "NRRD0004\ntype: uchar\ndimension: 3\nsizes: 4 4 4\nspace: left-posterior-superior\n"
          "space directions: (1,0,0) (0,1,0) (0,0,1)\nspace origin: (0,0,0)\nencoding: raw\n"
          "Segment0_ID:=a\nSegment0_LabelValue:=257\n\n"
       << std::string(64, '\1');
  file.close();
  EXPECT_THROW(readSegmentation(folder.path("high.seg.nrrd")), Error);
}

TEST(Segmentation, IsNotWrittenWhereThereIsNoFolder) {
  EXPECT_THROW(writeSegmentation(example(), "/nonexistent/folder/masks.seg.nrrd"), Error);
}

}  // namespace
}  // namespace neurovasc::imaging
