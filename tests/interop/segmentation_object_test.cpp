#include "neurovasc/interop/segmentation_object.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcfilefo.h>
#include <dcmtk/dcmseg/segdoc.h>
#include <dcmtk/dcmseg/segment.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <iterator>
#include <memory>
#include <numeric>

#include "fixture.h"
#include "neurovasc/core/error.h"
#include "support/paths.h"

namespace neurovasc::interop {
namespace {

using testing::ExportFixture;
using ::testing::HasSubstr;
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

/// The largest difference between what was written of @p structure and @p read, at every voxel of
/// either, found by where it lies.
double largestDifference(const Written& written, std::size_t structure, bool binary,
                         const ImageF& read) {
  ImageF expected(written.fixture.t2Grid());
  for (const auto& slice : written.slices[structure].slices) {
    const auto& values = binary ? slice.binary : slice.occupancy;
    std::transform(
        values.begin(), values.end(),
        expected.data() + expected.geometry().offset(0, 0, slice.slice),
        [binary](auto value) { return static_cast<float>(binary ? value : value / 255.0); });
  }
  double largest = 0;
  double sum = 0;
  for (int k = 0; k < read.size()[2]; ++k) {
    for (int j = 0; j < read.size()[1]; ++j) {
      for (int i = 0; i < read.size()[0]; ++i) {
        const Vec3 at = expected.geometry().toIndex(read.geometry().toLps(i, j, k));
        float& there =
            expected(static_cast<int>(std::lround(at.x)), static_cast<int>(std::lround(at.y)),
                     static_cast<int>(std::lround(at.z)));
        largest = std::max(largest, std::abs(double{there} - read(i, j, k)));
        sum += there;
        there = 0;
      }
    }
  }
  EXPECT_GT(sum, 10);
  for (const float missed : expected) {
    largest = std::max(largest, double{missed});
  }
  return largest;
}

TEST(SegmentReading, GivesOurMasksBackVoxelForVoxelWhereTheyLie) {
  for (const bool binary : {true, false}) {
    const Written written(binary ? SegmentationType::binary : SegmentationType::fractional);
    for (std::size_t s = 0; s < written.slices.size(); ++s) {
      const ImageF read = readSegment(written.file, static_cast<int>(s) + 1);
      EXPECT_LT(largestDifference(written, s, binary, read), 1e-6);
    }
  }
}

TEST(SegmentReading, TakesEverySegmentWhereNoneIsNamed) {
  const Written written(SegmentationType::binary);
  const auto voxels = [&](std::optional<int> number) {
    const ImageF read = readSegment(written.file, number);
    return std::accumulate(read.begin(), read.end(), 0.0);
  };
  EXPECT_GT(voxels(2), 0);
  EXPECT_EQ(voxels(std::nullopt), voxels(1) + voxels(2));
}

/// Of other people's making: PET slices of 3.375 mm from 3D Slicer's converter.
TEST(SegmentReading, TakesASegmentationOfAnotherProgram) {
  const auto file = testing::sharedPath("real/sr-example/seg.dcm");
  if (file.empty()) {
    GTEST_SKIP() << "needs the shared example of a segmentation";
  }
  const ImageF read = readSegment(file, 1);
  EXPECT_EQ(read.size(), (Size3{128, 128, 13}));
  EXPECT_NEAR(distance(read.geometry().origin_mm, {-226.4105, -430.7887, -119.2710}), 0, 1e-6);
  EXPECT_NEAR(read.geometry().spacing_mm.z, 3.375, 1e-9);
  EXPECT_EQ(std::accumulate(read.begin(), read.end(), 0.0), 795);
}

/// What readSegment() says of a file.
std::string complaintAbout(const std::string& file, std::optional<int> number) {
  try {
    readSegment(file, number);
  } catch (const Error& error) {
    return error.what();
  }
  return {};
}

TEST(SegmentReading, NamesTheSegmentsWhereItIsAskedForAnother) {
  const Written written(SegmentationType::binary);
  const std::string complaint = complaintAbout(written.file, 7);
  EXPECT_THAT(complaint, HasSubstr("there is no segment 7"));
  EXPECT_THAT(complaint, HasSubstr("1 (Facial nerve, left), 2 (Anterior inferior"));
}

TEST(SegmentReading, RefusesImagesAndFramesOffTheirGrid) {
  const Written written(SegmentationType::binary);
  EXPECT_TRUE(isDicomFile(written.fixture.t2Files()[0]));
  EXPECT_THAT(complaintAbout(written.fixture.t2Files()[0], 1), HasSubstr("no DICOM Segmentation"));
  DcmFileFormat file;
  ASSERT_TRUE(file.loadFile(written.file.c_str()).good());
  DcmItem* groups = nullptr;
  DcmItem* plane = nullptr;
  ASSERT_TRUE(file.getDataset()
                  ->findAndGetSequenceItem(DCM_PerFrameFunctionalGroupsSequence, groups, 1)
                  .good());
  ASSERT_TRUE(groups->findAndGetSequenceItem(DCM_PlanePositionSequence, plane).good());
  plane->putAndInsertString(DCM_ImagePositionPatient, "3\\4\\5");
  const std::string moved = written.fixture.path("moved.dcm");
  ASSERT_TRUE(file.saveFile(moved.c_str()).good());
  EXPECT_THAT(complaintAbout(moved, 1), HasSubstr("do not lie on one grid"));
}

}  // namespace
}  // namespace neurovasc::interop
