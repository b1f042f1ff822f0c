#include "neurovasc/interop/picture_object.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "fixture.h"
#include "neurovasc/core/error.h"

namespace neurovasc::interop {
namespace {

using testing::ExportFixture;
using ::testing::IsEmpty;

scene::Picture pictureOf(int width, int height, std::uint8_t first) {
  scene::Picture picture;
  picture.width = width;
  picture.height = height;
  for (int n = 0; n < 3 * width * height; ++n) {
    picture.rgb.push_back(static_cast<std::uint8_t>(first + n));
  }
  return picture;
}

std::vector<StructureSlices> slicesOf(const ExportFixture& fixture, const GridGeometry& grid) {
  return onGrid(structuresOf(fixture.labels(), fixture.vessels()), grid, 1);
}

void expectValid(const std::string& file) {
  const auto errors = testing::dicomErrors(file);
  if (!errors) {
    GTEST_SKIP() << "dciodvfy (dicom3tools) is not installed";
  }
  EXPECT_THAT(*errors, IsEmpty());
}

DcmSequenceOfItems* sequenceIn(DcmItem& item, const DcmTagKey& tag) {
  DcmSequenceOfItems* sequence = nullptr;
  item.findAndGetSequence(tag, sequence);
  return sequence;
}

TEST(SecondaryCapture, HoldsThePicturesInOrder) {
  const ExportFixture fixture;
  const std::vector<scene::Picture> pictures = {pictureOf(5, 3, 10), pictureOf(5, 3, 70)};
  const std::string file = fixture.path("sc.dcm");
  writeSecondaryCapture(pictures, {"one", "a title that is too long"}, 1, fixture.context(), file);
  DcmFileFormat loaded;
  ASSERT_TRUE(loaded.loadFile(file.c_str()).good());
  const Uint8* bytes = nullptr;
  ASSERT_TRUE(loaded.getDataset()->findAndGetUint8Array(DCM_PixelData, bytes).good());
  EXPECT_TRUE(std::equal(pictures[0].rgb.begin(), pictures[0].rgb.end(), bytes));
  EXPECT_TRUE(std::equal(pictures[1].rgb.begin(), pictures[1].rgb.end(), bytes + 45));
  expectValid(file);
}

TEST(SecondaryCapture, HasLabelsThatFitAndTellTheSide) {
  const ExportFixture fixture;
  const std::string file = fixture.path("sc.dcm");
  writeSecondaryCapture({pictureOf(5, 3, 10), pictureOf(5, 3, 70)},
                        {"one", "dates_retrosigmoid_left"}, 1, fixture.context(), file);
  DcmFileFormat loaded;
  ASSERT_TRUE(loaded.loadFile(file.c_str()).good());
  const char* labels = nullptr;
  ASSERT_TRUE(loaded.getDataset()->findAndGetString(DCM_FrameLabelVector, labels).good());
  EXPECT_STREQ(labels, "one\\trosigmoid_left");
}

TEST(SecondaryCapture, RefersToEveryT2Image) {
  const ExportFixture fixture;
  const ExportContext context = fixture.context();
  const std::string file = fixture.path("sc.dcm");
  writeSecondaryCapture({pictureOf(5, 3, 10)}, {"one"}, 1, context, file);
  DcmFileFormat loaded;
  ASSERT_TRUE(loaded.loadFile(file.c_str()).good());
  DcmDataset& dataset = *loaded.getDataset();
  OFString uid;
  DcmItem* series = nullptr;
  ASSERT_TRUE(dataset.findAndGetSequenceItem(DCM_ReferencedSeriesSequence, series).good());
  EXPECT_TRUE(series->findAndGetOFString(DCM_SeriesInstanceUID, uid).good());
  EXPECT_EQ(uid, context.source.t2().series_instance_uid.c_str());
  const auto& images = context.source.t2().images;
  for (DcmSequenceOfItems* references : {sequenceIn(*series, DCM_ReferencedInstanceSequence),
                                         sequenceIn(dataset, DCM_SourceImageSequence)}) {
    ASSERT_NE(references, nullptr);
    ASSERT_EQ(references->card(), images.size());
    for (std::size_t n = 0; n < images.size(); ++n) {
      references->getItem(n)->findAndGetOFString(DCM_ReferencedSOPInstanceUID, uid);
      EXPECT_EQ(uid, images[n].sop_instance_uid.c_str());
    }
  }
}

TEST(SecondaryCapture, RefusesPicturesOfSeveralSizes) {
  const ExportFixture fixture;
  EXPECT_THROW(writeSecondaryCapture({pictureOf(5, 3, 1), pictureOf(4, 3, 1)}, {"a", "b"}, 1,
                                     fixture.context(), fixture.path("sc.dcm")),
               Error);
}

TEST(BurnedIn, DrawsOutlinesAndTheWordAboveTheGreyOfT2) {
  const ExportFixture fixture;
  GridGeometry region = fixture.t2Grid();
  region.size = {30, 30, 12};
  region.origin_mm = fixture.t2Grid().toLps(12, 5, 3);
  const auto slices = slicesOf(fixture, region);
  ImageF t2(region, 50);
  t2[0] = 100;
  writeBurnedInSeries(t2, slices, fixture.context(), fixture.path("burned-in"));
  DcmFileFormat loaded;
  ASSERT_TRUE(loaded.loadFile(fixture.path("burned-in-7.dcm").c_str()).good());
  const Uint16* pixels = nullptr;
  ASSERT_TRUE(loaded.getDataset()->findAndGetUint16Array(DCM_PixelData, pixels).good());
  EXPECT_EQ(pixels[region.offset(29, 29, 0)], 1500);  // half of the brightest
  EXPECT_EQ(pixels[region.offset(2, 2, 0)], 4000);    // the R's corner
  const auto nerve = std::find_if(slices[0].slices.begin(), slices[0].slices.end(),
                                  [](const StructureSlice& s) { return s.slice == 6; });
  ASSERT_NE(nerve, slices[0].slices.end());
  const auto first = std::find(nerve->binary.begin(), nerve->binary.end(), 1);
  EXPECT_EQ(pixels[first - nerve->binary.begin()], 4000);
  OFString uid;
  loaded.getDataset()->findAndGetOFString(DCM_FrameOfReferenceUID, uid);
  EXPECT_EQ(fixture.context().source.t2().frame_of_reference_uid, uid.c_str());
  EXPECT_TRUE(std::filesystem::exists(fixture.path("burned-in-12.dcm")));
  expectValid(fixture.path("burned-in-7.dcm"));
}

TEST(StructureSet, EnclosesTheVolumeOfTheMasks) {
  const ExportFixture fixture;
  const auto slices = slicesOf(fixture, fixture.t2Grid());
  const std::string file = fixture.path("rtstruct.dcm");
  writeStructureSet(slices, fixture.t2Grid(), fixture.context(), file);
  if (testing::hasPydicom()) {
    std::size_t voxels = 0;
    for (const auto& slice : slices[0].slices) {
      voxels += static_cast<std::size_t>(std::count(slice.binary.begin(), slice.binary.end(), 1));
    }
    const double volume_mm3 = static_cast<double>(voxels) * fixture.t2Grid().voxelVolumeMm3();
    const auto result = testing::runScript(
        "contour_volume.py", {file, "1", std::to_string(fixture.t2Grid().spacing_mm.z)});
    ASSERT_EQ(result.status, 0) << result.output;
    EXPECT_NEAR(std::stod(result.output), volume_mm3, 0.01 * volume_mm3);
  }
  expectValid(file);
}

TEST(StructureSet, IsRefusedWithoutAnOutline) {
  const ExportFixture fixture;
  EXPECT_THROW(
      writeStructureSet({}, fixture.t2Grid(), fixture.context(), fixture.path("rtstruct.dcm")),
      Error);
}

}  // namespace
}  // namespace neurovasc::interop
