#include "neurovasc/dicom/series_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "dicom/test_files.h"
#include "neurovasc/core/error.h"
#include "neurovasc/dicom/catalogue.h"
#include "result/temporary_folder.h"

namespace neurovasc::dicom {
namespace {

using ::testing::ElementsAre;
using testing::TemporaryFolder;
using testing::TestSlice;
using testing::writeEnhanced;
using testing::writeSlice;
using testing::writeStack;

Series onlySeries(const std::filesystem::path& path) {
  const StudyCatalogue catalogue = scanStudies(path);
  EXPECT_EQ(catalogue.studies.size(), 1U);
  EXPECT_EQ(catalogue.studies.at(0).study.series.size(), 1U);
  return catalogue.studies.at(0).study.series.at(0);
}

TEST(SeriesReader, PutsEveryPixelInItsPlace) {
  const TemporaryFolder folder;
  const TestSlice slice;
  writeStack(folder.path(), slice);
  const ImageF image = loadSeries(onlySeries(folder.path())).image;
  ASSERT_EQ(image.size(), slice.grid.size);
  for (const auto& [i, j, k] : {std::array<int, 3>{0, 0, 0}, {8, 0, 0}, {0, 6, 0}, {3, 2, 5}}) {
    EXPECT_EQ(image(i, j, k), static_cast<float>(slice.pixel(i, j, k)));
  }
}

TEST(SeriesReader, KeepsThePatientsLeftOnTheLeft) {
  const TemporaryFolder folder;
  TestSlice slice;
  slice.grid = testing::obliqueGrid({11, 9, 8});
  slice.pixel = [&](int i, int j, int k) { return testing::letterL(slice.grid, i, j, k); };
  // The same head stored with its rows running to the patient's right.
  const Matrix3 m = slice.grid.direction;
  slice.grid.origin_mm = slice.grid.toLps(10, 0, 7);
  slice.grid.direction = Matrix3::fromColumns(-m.column(0), m.column(1), -m.column(2));
  writeStack(folder.path(), slice);
  const ImageF image = loadSeries(onlySeries(folder.path())).image;
  const Point3 centre = slice.grid.toLps(Vec3{5, 4, 3.5});
  const auto at = [&](double x, double z) { return interpolate(image, centre + Vec3{x, 0, z}); };
  EXPECT_GT(at(1.5, -1.2), 800);   // foot of the L, to the left
  EXPECT_GT(at(0.7, 1.2), 700);    // upright
  EXPECT_LT(at(-1.5, -1.2), 100);  // nothing on the right
  EXPECT_LT(at(1.9, 1.6), 200);    // nothing left of the upright, cranially
}

TEST(SeriesReader, FillsAMissingSliceFromItsNeighboursAndKeepsItFlagged) {
  const TemporaryFolder folder;
  TestSlice slice;
  slice.grid.size[2] = 8;
  writeStack(folder.path(), slice, [](int k) { return k == 3 || k == 4; });
  const SeriesImage loaded = loadSeries(onlySeries(folder.path()));
  EXPECT_THAT(loaded.series.missing_slices, ElementsAre(3, 4));
  EXPECT_NEAR(loaded.image(2, 1, 3), slice.pixel(2, 1, 3), 1e-3);  // the pattern is linear in k
  EXPECT_NEAR(loaded.image(2, 1, 4), slice.pixel(2, 1, 4), 1e-3);
}

TEST(SeriesReader, AppliesRescaleSignAndHighBit) {
  const TemporaryFolder folder;
  TestSlice slice;
  slice.grid.size[2] = 2;
  slice.pixel = [](int i, int, int) { return (0xF00F & ~0xFFF0) | ((i == 0 ? 0xFFE : 5) << 4); };
  slice.edit = [](DcmDataset& d) {
    d.putAndInsertUint16(DCM_BitsStored, 12);
    d.putAndInsertUint16(DCM_HighBit, 15);
    d.putAndInsertUint16(DCM_PixelRepresentation, 1);
    d.putAndInsertString(DCM_RescaleSlope, "2.5");
    d.putAndInsertString(DCM_RescaleIntercept, "-10");
  };
  writeStack(folder.path(), slice);
  const ImageF image = loadSeries(onlySeries(folder.path())).image;
  EXPECT_EQ(image(0, 0, 0), -2 * 2.5F - 10);
  EXPECT_EQ(image(1, 0, 1), 5 * 2.5F - 10);
}

TEST(SeriesReader, ReadsEveryEncodingTheSame) {
  const TestSlice slice;
  std::vector<float> reference;
  for (const E_TransferSyntax syntax : {EXS_LittleEndianExplicit, EXS_LittleEndianImplicit,
                                        EXS_BigEndianExplicit, EXS_RLELossless}) {
    const TemporaryFolder folder;
    writeStack(
        folder.path(), slice, [](int) { return false; }, syntax);
    const ImageF image = loadSeries(onlySeries(folder.path())).image;
    const std::vector<float> voxels(image.begin(), image.end());
    reference = reference.empty() ? voxels : reference;
    EXPECT_EQ(voxels, reference) << DcmXfer(syntax).getXferName();
  }
  EXPECT_EQ(reference.at(1), 101.0F);
}

TEST(SeriesReader, ReadsEnhancedFramesWithTheirOwnPositionAndRescale) {
  const TemporaryFolder folder;
  TestSlice slice;
  slice.grid.size[2] = 40;
  slice.pixel = [](int i, int j, int k) { return 2 * (i + 10 * j) + k; };
  const Series series = onlySeries(writeEnhanced(folder.path() / "multi", slice));
  EXPECT_EQ(series.role, SeriesRole::cisternography);
  EXPECT_NEAR(distance(series.geometry.toLps(0, 0, 39), slice.grid.toLps(0, 0, 39)), 0, 1e-5);
  const ImageF image = loadSeries(series, 3).image;
  for (const int k : {0, 17, 39}) {
    EXPECT_EQ(image(3, 2, k),
              0.5F * static_cast<float>(slice.pixel(3, 2, k)) + static_cast<float>(k));
  }
}

TEST(SeriesReader, GivesTheSameBytesForAnyNumberOfThreads) {
  const TemporaryFolder folder;
  TestSlice slice;
  slice.grid.size[2] = 100;
  const Series series = onlySeries(writeEnhanced(folder.path() / "multi", slice));
  const ImageF one = loadSeries(series, 1).image;
  const ImageF four = loadSeries(series, 4).image;
  EXPECT_TRUE(std::equal(one.begin(), one.end(), four.begin(), four.end()));
}

TEST(SeriesReader, TakesADamagedSliceForAMissingOne) {
  const TemporaryFolder folder;
  TestSlice slice;
  slice.grid = testing::obliqueGrid({32, 32, 5});
  writeStack(
      folder.path(), slice, [](int) { return false; }, EXS_RLELossless);
  const Series series = onlySeries(folder.path());
  std::filesystem::resize_file(series.frames[2].path,
                               std::filesystem::file_size(series.frames[2].path) / 2);
  std::vector<std::string> warnings;
  const Progress progress({}, [&](std::string_view text) { warnings.emplace_back(text); }, {});
  const SeriesImage loaded = loadSeries(series, 2, progress);
  EXPECT_THAT(loaded.series.missing_slices, ElementsAre(2));
  EXPECT_EQ(loaded.series.problems.back().kind, SeriesProblemKind::unreadable_files);
  EXPECT_EQ(warnings.size(), 1U);
  EXPECT_NEAR(loaded.image(4, 4, 2), slice.pixel(4, 4, 2), 1e-3);
}

TEST(SeriesReader, RefusesASeriesWithoutOneGoodSlice) {
  const TemporaryFolder folder;
  writeStack(folder.path(), {});
  const Series series = onlySeries(folder.path());
  std::filesystem::remove_all(folder.path());
  EXPECT_EQ(testing::errorOf([&] { loadSeries(series); }), ErrorCode::input_unreadable);
}

TEST(SeriesReader, RefusesShearedSlices) {
  const TemporaryFolder folder;
  testing::writeSheared(folder.path(), {}, 0.2);
  EXPECT_EQ(testing::errorOf([&] { loadSeries(onlySeries(folder.path())); }),
            ErrorCode::inconsistent_geometry);
}

TEST(SeriesReader, LoadsAStudysSeriesByRole) {
  const TemporaryFolder folder;
  TestSlice slice;
  slice.grid.size[2] = 20;
  writeStack(folder.path() / "t2", slice);
  slice.series_uid += ".5";
  slice.series_number = 5;
  slice.repetition_time_ms = 21;
  slice.echo_time_ms = 3.4;
  slice.flip_angle_deg = 18;
  slice.description = "";
  writeStack(folder.path() / "tof", slice);
  const Study study = scanStudies(folder.path()).studies.at(0).study;
  const StudyImages images = loadStudy(study);
  EXPECT_EQ(images.t2.series.number, 3);
  ASSERT_TRUE(images.tof);
  EXPECT_EQ(images.tof->series.number, 5);
  EXPECT_FALSE(images.ce_t1);
}

TEST(SeriesReader, SaysThatAStudyWithoutT2IsOfNoUse) {
  EXPECT_EQ(testing::errorOf([&] { loadStudy(Study{}); }), ErrorCode::no_usable_series);
}

TEST(SeriesReader, StopsWhenAsked) {
  const TemporaryFolder folder;
  writeStack(folder.path(), {});
  const Series series = onlySeries(folder.path());
  StopToken stop;
  stop.requestStop();
  EXPECT_THROW(loadSeries(series, 2, Progress({}, {}, stop)), Error);
}

}  // namespace
}  // namespace neurovasc::dicom
