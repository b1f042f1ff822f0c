#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <map>
#include <vector>

#include "dicom/test_files.h"
#include "neurovasc/dicom/catalogue.h"
#include "neurovasc/dicom/series_reader.h"
#include "support/paths.h"
#include "support/temporary_folder.h"

/// Real studies and their trusted conversions, read from outside the project where they are there.
namespace neurovasc::dicom {
namespace {

using ::testing::ElementsAre;
using testing::sharedPath;
using testing::TemporaryFolder;

/// The first volume of a NIfTI-1 file of 16-bit integers, on its sform, in LPS.
ImageF readNifti(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(in)), {});
  const auto at = [&](std::size_t offset, auto type) {
    decltype(type) value;
    std::memcpy(&value, bytes.data() + offset, sizeof(value));
    return value;
  };
  GridGeometry grid;
  Matrix3 axes;
  for (int a = 0; a < 3; ++a) {
    const double to_lps = a < 2 ? -1 : 1;  // NIfTI is RAS
    grid.size[static_cast<std::size_t>(a)] =
        at(42 + 2 * static_cast<std::size_t>(a), std::int16_t{});
    for (int c = 0; c < 3; ++c) {
      axes(a, c) = to_lps * at(280 + static_cast<std::size_t>(16 * a + 4 * c), float{});
    }
    grid.origin_mm[a] = to_lps * at(280 + static_cast<std::size_t>(16 * a + 12), float{});
  }
  for (int c = 0; c < 3; ++c) {
    grid.spacing_mm[c] = norm(axes.column(c));
  }
  grid.direction = Matrix3::fromColumns(normalized(axes.column(0)), normalized(axes.column(1)),
                                        normalized(axes.column(2)));
  ImageF image(grid);
  const float slope = at(112, float{}) == 0 ? 1 : at(112, float{});
  const auto first = static_cast<std::size_t>(at(108, float{}));
  for (std::size_t v = 0; v < image.voxelCount(); ++v) {
    image[v] = slope * at(first + 2 * v, std::int16_t{}) + at(116, float{});
  }
  return image;
}

/// Every voxel of @p reference equals the voxel of @p image at its place, within @p tolerance.
void expectSameAtEveryPlace(const ImageF& image, const ImageF& reference, double tolerance) {
  ASSERT_EQ(image.voxelCount(), reference.voxelCount());
  std::size_t differing = 0;
  double furthest_mm = 0;
  const Size3 n = reference.size();
  for (int k = 0; k < n[2]; ++k) {
    for (int j = 0; j < n[1]; ++j) {
      for (int i = 0; i < n[0]; ++i) {
        const Vec3 index = image.geometry().toIndex(reference.geometry().toLps(i, j, k));
        const auto ri = static_cast<int>(std::lround(index.x));
        const auto rj = static_cast<int>(std::lround(index.y));
        const auto rk = static_cast<int>(std::lround(index.z));
        ASSERT_TRUE(image.geometry().contains(ri, rj, rk));
        furthest_mm = std::max(furthest_mm, distance(image.geometry().toLps(ri, rj, rk),
                                                     reference.geometry().toLps(i, j, k)));
        differing += std::abs(image(ri, rj, rk) - reference(i, j, k)) > tolerance ? 1 : 0;
      }
    }
  }
  EXPECT_EQ(differing, 0U);
  EXPECT_LT(furthest_mm, 0.01);
}

Study firstStudy(const std::filesystem::path& path) {
  const StudyCatalogue catalogue = scanStudies(path);
  EXPECT_EQ(catalogue.studies.size(), 1U);
  return catalogue.studies.at(0).study;
}

TEST(RealData, NineEncodingsGiveTheTrustedVoxels) {
  const auto folder = sharedPath("real/transfer-syntaxes");
  if (folder.empty()) {
    GTEST_SKIP() << "shared/real/transfer-syntaxes is not there";
  }
  const ImageF reference = readNifti(folder / "Ref" / "1.nii");
  for (int file = 1; file <= 9; ++file) {
    SCOPED_TRACE(file);
    const Study study = firstStudy(folder / (std::to_string(file) + ".dcm"));
    ASSERT_EQ(study.series.size(), 1U);
    expectSameAtEveryPlace(loadSeries(study.series[0]).image, reference, 0);
  }
}

TEST(RealData, EnhancedPhilipsLiesWhereTheTrustedConversionPutsIt) {
  const auto folder = sharedPath("real/enhanced");
  if (folder.empty()) {
    GTEST_SKIP() << "shared/real/enhanced is not there";
  }
  const Study study = firstStudy(folder / "IM_0027_fMAP.dcm");
  ASSERT_EQ(study.series.size(), 2U);
  const auto magnitude = std::find_if(study.series.begin(), study.series.end(),
                                      [](const Series& s) { return s.role != SeriesRole::other; });
  ASSERT_NE(magnitude, study.series.end());
  const ImageF image = loadSeries(*magnitude).image;
  ImageF reference = readNifti(folder / "Philips_WIP_B0_NS_801_e1.nii");
  // The conversion keeps another unit: compare up to one factor, fitted over all voxels.
  double products = 0;
  double squares = 0;
  const Size3 n = reference.size();
  for (int k = 0; k < n[2]; ++k) {
    for (int j = 0; j < n[1]; ++j) {
      for (int i = 0; i < n[0]; ++i) {
        const double mine = interpolate(image, reference.geometry().toLps(i, j, k));
        products += mine * reference(i, j, k);
        squares += static_cast<double>(reference(i, j, k)) * reference(i, j, k);
      }
    }
  }
  for (float& voxel : reference) {
    voxel *= static_cast<float>(products / squares);
  }
  expectSameAtEveryPlace(image, reference, 1.0);
}

TEST(RealData, EnhancedSiemensRepetitionsAreToldApart) {
  const auto folder = sharedPath("real/enhanced/siemens-xa10");
  if (folder.empty()) {
    GTEST_SKIP() << "shared/real/enhanced is not there";
  }
  const Study study = firstStudy(folder);
  ASSERT_EQ(study.series.size(), 4U);
  for (const Series& series : study.series) {
    EXPECT_EQ(series.geometry.size, (Size3{64, 64, 6}));
    EXPECT_NEAR(series.geometry.spacing_mm.z, 2.4, 1e-3);
    EXPECT_NEAR(distance(series.geometry.origin_mm, {-109.79, -58.4773, -5.40356}), 0, 1e-3);
  }
  const ImageF image = loadSeries(study.series[0]).image;
  EXPECT_EQ(*std::max_element(image.begin(), image.end()), 1199.0F);
}

TEST(RealData, TheHeadStudysMissingSlicesAreFoundAndKeepTheirPlace) {
  const auto folder = sharedPath("real/head-t2-tse");
  if (folder.empty()) {
    GTEST_SKIP() << "shared/real/head-t2-tse is not there";
  }
  const Study study = firstStudy(folder);
  ASSERT_EQ(study.series.size(), 4U);
  std::map<int, const Series*> by_number;
  for (const Series& series : study.series) {
    by_number[series.number.value()] = &series;
  }
  const Series& t2 = *by_number.at(6);
  EXPECT_EQ(t2.role, SeriesRole::t2_thick);
  EXPECT_EQ(t2.resolution, Resolution::too_thick);
  EXPECT_EQ(t2.geometry.size, (Size3{384, 512, 56}));
  EXPECT_NEAR(t2.geometry.spacing_mm.z, 2.5, 1e-3);
  EXPECT_THAT(t2.missing_slices, ElementsAre(34));
  for (const FrameSource& frame : t2.frames) {
    const auto k = static_cast<int>(&frame - t2.frames.data());
    const double expected = dot(t2.geometry.toLps(0, 0, k), t2.geometry.direction.column(2));
    EXPECT_NEAR(frame.position_mm, expected, 0.01);
  }
  EXPECT_EQ(by_number.at(5)->missing_slices.size(), 1U);
  EXPECT_EQ(by_number.at(5)->role, SeriesRole::t1);
  EXPECT_TRUE(by_number.at(17)->derived);
  EXPECT_TRUE(by_number.at(18)->derived);
  ASSERT_TRUE(study.cisternography);
  EXPECT_EQ(study.series[*study.cisternography].number, 6);
  EXPECT_FALSE(study.tof);
}

TEST(RealData, TwoCasesInOneFolderStayTwoStudies) {
  const auto cases = sharedPath("cases");
  if (cases.empty()) {
    GTEST_SKIP() << "shared/cases is not there";
  }
  const TemporaryFolder folder;
  for (const char* name : {"a3", "a4"}) {
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(cases / name / "dicom")) {
      if (entry.is_regular_file()) {
        std::filesystem::create_symlink(
            entry.path(), folder.path() / (name + entry.path().parent_path().filename().string() +
                                           entry.path().filename().string()));
      }
    }
  }
  const StudyCatalogue catalogue = scanStudies(folder.path());
  ASSERT_EQ(catalogue.studies.size(), 2U);
  EXPECT_EQ(catalogue.patients, 2);
  for (const StudyEntry& entry : catalogue.studies) {
    ASSERT_TRUE(entry.study.cisternography);
    EXPECT_EQ(entry.study.series[*entry.study.cisternography].geometry.size, (Size3{208, 208, 60}));
    EXPECT_TRUE(entry.study.tof);
  }
}

TEST(RealData, EveryCaseHasItsSeriesByRole) {
  const auto cases = sharedPath("cases");
  if (cases.empty()) {
    GTEST_SKIP() << "shared/cases is not there";
  }
  for (const auto& entry : std::filesystem::directory_iterator(cases)) {
    if (!std::filesystem::exists(entry.path() / "dicom")) {
      continue;
    }
    SCOPED_TRACE(entry.path().filename());
    const Study study = firstStudy(entry.path() / "dicom");
    ASSERT_TRUE(study.cisternography);
    EXPECT_EQ(study.series[*study.cisternography].number, 3);
    EXPECT_EQ(study.series[*study.cisternography].resolution, Resolution::quantitative);
    ASSERT_TRUE(study.tof);
    EXPECT_EQ(study.series[*study.tof].number, 5);
    EXPECT_EQ(study.ce_t1.has_value(), std::filesystem::exists(entry.path() / "dicom" / "s8"));
  }
}

}  // namespace
}  // namespace neurovasc::dicom
