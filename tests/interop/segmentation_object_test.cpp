#include "neurovasc/interop/segmentation_object.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmseg/segdoc.h>
#include <dcmtk/dcmseg/segment.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <memory>

#include "fixture.h"
#include "neurovasc/core/error.h"

namespace neurovasc::interop {
namespace {

using testing::ExportFixture;
using ::testing::IsEmpty;

std::string bytesOf(const std::string& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// The fixture's structures on its T2 grid, written as one object.
struct Written {
  ExportFixture fixture;
  std::vector<StructureSlices> slices =
      onGrid(structuresOf(fixture.labels(), fixture.vessels()), fixture.t2Grid(), 1);
  std::string file = fixture.path("seg.dcm");

  explicit Written(SegmentationType type) {
    writeSegmentationObject(slices, fixture.t2Grid(), type, fixture.context(), file);
  }

  /// All voxels of @p structure, i fastest, as the script expects them.
  void writeExpected(std::size_t structure, SegmentationType type) const {
    std::vector<std::uint8_t> all(fixture.t2Grid().voxelCount());
    for (const auto& slice : slices[structure].slices) {
      const auto& values = type == SegmentationType::binary ? slice.binary : slice.occupancy;
      std::copy(values.begin(), values.end(),
                all.begin() + static_cast<long>(fixture.t2Grid().offset(0, 0, slice.slice)));
    }
    std::ofstream(fixture.path("expected_" + std::to_string(structure + 1) + ".raw"),
                  std::ios::binary)
        .write(reinterpret_cast<const char*>(all.data()), static_cast<long>(all.size()));
  }
};

void expectPydicomAgrees(SegmentationType type) {
  if (!testing::hasPydicom()) {
    GTEST_SKIP() << "python3-pydicom and python3-numpy are not installed";
  }
  const Written written(type);
  for (std::size_t s = 0; s < written.slices.size(); ++s) {
    written.writeExpected(s, type);
  }
  const auto result = testing::runScript(
      "compare_seg.py",
      {written.file, written.fixture.t2Folder(), written.fixture.path("expected_")});
  EXPECT_EQ(result.status, 0) << result.output;
  EXPECT_EQ(result.output, "2 segments are equal, segment 1 lies on the left\n");
}

TEST(SegmentationObject, HoldsOurMaskVoxelForVoxelAsPydicomReadsIt) {
  expectPydicomAgrees(SegmentationType::binary);
}

TEST(SegmentationObject, HoldsOurOccupancyVoxelForVoxelAsPydicomReadsIt) {
  expectPydicomAgrees(SegmentationType::fractional);
}

TEST(SegmentationObject, IsReadByDcmtkWithItsSegments) {
  const Written written(SegmentationType::binary);
  DcmSegmentation* loaded = nullptr;
  ASSERT_TRUE(DcmSegmentation::loadFile(written.file.c_str(), loaded).good());
  const std::unique_ptr<DcmSegmentation> segmentation(loaded);
  ASSERT_EQ(segmentation->getNumberOfSegments(), 2U);
  OFString text;
  segmentation->getSegment(1)->getSegmentLabel(text);
  EXPECT_STREQ(text.c_str(), "Facial nerve, left");
  segmentation->getSegment(1)->getTrackingUID(text);
  const auto references =
      segmentReferences(written.slices, SegmentationType::binary, written.fixture.context());
  EXPECT_EQ(references[0].tracking_uid, text.c_str());
  EXPECT_EQ(references[1].segment_id, "V1_AICA");
  std::size_t frames = 0;
  for (const auto& structure : written.slices) {
    frames += structure.slices.size();
  }
  EXPECT_LE(segmentation->getNumberOfFrames(), frames);
  EXPECT_GT(segmentation->getNumberOfFrames(), 10U);
}

TEST(SegmentationObject, PassesTheDicomValidator) {
  for (const auto type : {SegmentationType::binary, SegmentationType::fractional}) {
    const Written written(type);
    const auto errors = testing::dicomErrors(written.file);
    if (!errors) {
      GTEST_SKIP() << "dciodvfy (dicom3tools) is not installed";
    }
    EXPECT_THAT(*errors, IsEmpty());
  }
}

TEST(SegmentationObject, IsTheSameToTheLastByteWrittenAgain) {
  const Written one(SegmentationType::binary);
  const Written two(SegmentationType::binary);
  EXPECT_EQ(bytesOf(one.file), bytesOf(two.file));
}

TEST(SegmentationObject, HasOtherUidsForAnotherResult) {
  const ExportFixture fixture;
  ExportContext context = fixture.context();
  const std::string before = segmentationUid(SegmentationType::binary, context);
  context.fingerprint = "another";
  EXPECT_NE(segmentationUid(SegmentationType::binary, context), before);
  EXPECT_NE(segmentationUid(SegmentationType::binary, context),
            segmentationUid(SegmentationType::fractional, context));
}

TEST(SegmentationObject, IsRefusedWithoutAnyStructure) {
  const ExportFixture fixture;
  EXPECT_THROW(writeSegmentationObject({}, fixture.t2Grid(), SegmentationType::binary,
                                       fixture.context(), fixture.path("none.dcm")),
               Error);
}

}  // namespace
}  // namespace neurovasc::interop
