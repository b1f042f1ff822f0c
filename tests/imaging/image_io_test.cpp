#include "neurovasc/imaging/image_io.h"

#include <gtest/gtest.h>
#include <nifti1.h>
#include <sys/resource.h>

#include <algorithm>
#include <cmath>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <limits>
#include <random>
#include <utility>

#include "imaging/fixtures.h"
#include "imaging/letters.h"
#include "neurovasc/core/error.h"
#include "support/temporary_folder.h"

namespace neurovasc::imaging {
namespace {

using testing::TemporaryFolder;

const GridGeometry kGrid = test::obliqueGrid({34, 20, 26}, {1.5, 1.2, 1.0});

/// The same grid with one axis turned round: left-handed.
GridGeometry leftHanded(GridGeometry grid) {
  grid.origin_mm = grid.toLps(grid.size[0] - 1, 0, 0);
  for (int row = 0; row < 3; ++row) {
    grid.direction(row, 0) *= -1;
  }
  return grid;
}

void expectSameGrid(const GridGeometry& a, const GridGeometry& b, double tolerance_mm) {
  ASSERT_EQ(a.size, b.size);
  EXPECT_LT(distance(a.origin_mm, b.origin_mm), tolerance_mm);
  EXPECT_LT(
      distance(a.toLps(a.size[0], a.size[1], a.size[2]), b.toLps(b.size[0], b.size[1], b.size[2])),
      tolerance_mm);
  EXPECT_GT(determinant(a.direction) * determinant(b.direction), 0);
}

/// Every voxel of @p image shows what the letters around @p middle have at its LPS position.
void expectLetters(const ImageF& image, const Point3& middle) {
  int strokes = 0;
  for (int k = 0; k < image.size()[2]; ++k) {
    for (int j = 0; j < image.size()[1]; ++j) {
      for (int i = 0; i < image.size()[0]; ++i) {
        const Point3 p = image.geometry().toLps(i, j, k);
        // Rounding of single-precision headers may move a voxel across a stroke's edge.
        const float here = test::lettersAt(p, middle);
        const bool edge = test::lettersAt(p + Vec3{1e-3, 1e-3, 1e-3}, middle) != here ||
                          test::lettersAt(p - Vec3{1e-3, 1e-3, 1e-3}, middle) != here;
        strokes += here == test::kLetterSignal ? 1 : 0;
        ASSERT_TRUE(edge || image(i, j, k) == here) << i << ' ' << j << ' ' << k;
      }
    }
  }
  EXPECT_GT(strokes, 500);
}

/// Writes a NIfTI-1 file by hand, byte by byte from the standard, so that nothing under test takes
/// part. The matrix takes indices to RAS mm.
class NiftiByHand {
 public:
  explicit NiftiByHand(const ImageF& image) : image_(image) {
    std::memset(&header_, 0, sizeof header_);
    header_.sizeof_hdr = 348;
    header_.datatype = DT_FLOAT32;
    header_.bitpix = 32;
    header_.vox_offset = 352;
    std::memcpy(header_.magic, "n+1", 4);
    header_.dim[0] = 3;
    header_.pixdim[0] = 1;
    const GridGeometry& grid = image.geometry();
    for (int a = 0; a < 3; ++a) {
      header_.dim[a + 1] = static_cast<short>(grid.size[static_cast<std::size_t>(a)]);
      header_.pixdim[a + 1] = static_cast<float>(grid.spacing_mm[a]);
    }
    for (int d = 4; d < 8; ++d) {
      header_.dim[d] = 1;
    }
    setSform(grid);
  }

  void setSform(const GridGeometry& grid) {
    header_.sform_code = NIFTI_XFORM_SCANNER_ANAT;
    for (int row = 0; row < 3; ++row) {
      float* out = row == 0 ? header_.srow_x : row == 1 ? header_.srow_y : header_.srow_z;
      const double flip = row < 2 ? -1 : 1;
      for (int column = 0; column < 3; ++column) {
        out[column] =
            static_cast<float>(flip * grid.direction(row, column) * grid.spacing_mm[column]);
      }
      out[3] = static_cast<float>(flip * grid.origin_mm[row]);
    }
  }

  /// A qform without rotation at an RAS offset.
  void setPlainQform(const Vec3& ras_offset) {
    header_.qform_code = NIFTI_XFORM_SCANNER_ANAT;
    header_.qoffset_x = static_cast<float>(ras_offset.x);
    header_.qoffset_y = static_cast<float>(ras_offset.y);
    header_.qoffset_z = static_cast<float>(ras_offset.z);
  }

  nifti_1_header& header() { return header_; }

  void write(const std::string& path) const {
    std::ofstream file(path, std::ios::binary);
    const std::array<char, 4> no_extension{};
    file.write(reinterpret_cast<const char*>(&header_), sizeof header_);
    file.write(no_extension.data(), no_extension.size());
    file.write(reinterpret_cast<const char*>(image_.data()),
               static_cast<std::streamsize>(image_.voxelCount() * sizeof(float)));
  }

 private:
  const ImageF& image_;
  nifti_1_header header_;
};

/// A text-headed file with the voxels behind the header.
void writeWithHeader(const std::string& path, const std::string& header, const ImageF& image) {
  std::ofstream file(path, std::ios::binary);
  file << header;
  file.write(reinterpret_cast<const char*>(image.data()),
             static_cast<std::streamsize>(image.voxelCount() * sizeof(float)));
}

ErrorCode codeOfReading(const std::string& path) {
  try {
    readImage(path);
  } catch (const Error& error) {
    EXPECT_FALSE(error.hint().empty()) << error.message();
    return error.code();
  }
  ADD_FAILURE() << path << " was read";
  return ErrorCode::internal;
}

class ImageFormat : public ::testing::TestWithParam<const char*> {};

TEST_P(ImageFormat, BringsLettersAndGridBackAsTheyWere) {
  const TemporaryFolder folder;
  const std::string path = folder.path(std::string("volume") + GetParam());
  for (const GridGeometry& grid : {kGrid, leftHanded(kGrid)}) {
    const Point3 middle = test::centreOf(grid);
    writeImage(test::lettersImage(grid, middle), path);
    const ImageF back = readImage(path);
    expectSameGrid(back.geometry(), grid, 1e-3);
    expectLetters(back, middle);
  }
}

INSTANTIATE_TEST_SUITE_P(All, ImageFormat, ::testing::Values(".nii", ".nii.gz", ".nrrd", ".mha"),
                         [](const auto& param) {
                           std::string name = param.param;
                           std::replace(name.begin(), name.end(), '.', '_');
                           return name;
                         });

TEST(ImageIo, ReadsNiftiOfEitherHandednessByHand) {
  const TemporaryFolder folder;
  for (const GridGeometry& grid : {kGrid, leftHanded(kGrid)}) {
    const Point3 middle = test::centreOf(grid);
    const ImageF image = test::lettersImage(grid, middle);
    NiftiByHand(image).write(folder.path("hand.nii"));
    const ImageF back = readImage(folder.path("hand.nii"));
    expectSameGrid(back.geometry(), grid, 1e-3);
    expectLetters(back, middle);
  }
}

TEST(ImageIo, GivesTheGridOfANiftiWhoseVoxelsAreNotThere) {
  const TemporaryFolder folder;
  const std::string path = folder.path("image.nii");
  writeImage(ImageF(kGrid), path);
  std::filesystem::resize_file(path, 400);
  expectSameGrid(niftiGrid(path), kGrid, 1e-4);
  folder.write("text.nii", "a letter of some length");
  EXPECT_THROW(niftiGrid(folder.path("text.nii")), Error);
  EXPECT_THROW(niftiGrid(folder.path("absent.nii")), Error);
}

TEST(ImageIo, TakesTheQformWhereThereIsNoSform) {
  const TemporaryFolder folder;
  const ImageF image(kGrid, 1.0F);
  NiftiByHand file(image);
  file.header().sform_code = 0;
  file.setPlainQform({5, -6, 7});
  file.write(folder.path("q.nii"));
  const GridGeometry grid = readImage(folder.path("q.nii")).geometry();
  EXPECT_LT(distance(grid.origin_mm, {-5, 6, 7}), 1e-5);
  EXPECT_LT(distance(grid.direction.column(0), {-1, 0, 0}), 1e-6);
  EXPECT_LT(distance(grid.direction.column(1), {0, -1, 0}), 1e-6);
}

TEST(ImageIo, RefusesNiftiWhoseSformAndQformDisagree) {
  const TemporaryFolder folder;
  GridGeometry straight = kGrid;
  straight.direction = {};
  straight.direction(0, 0) = straight.direction(1, 1) = -1;
  straight.origin_mm = {-5, 6, 7};
  const ImageF image(straight, 1.0F);
  NiftiByHand file(image);
  file.setPlainQform({5, -6, 7});
  file.write(folder.path("agree.nii"));
  EXPECT_NO_THROW(readImage(folder.path("agree.nii")));
  file.setPlainQform({5, -6, 7.5});
  file.write(folder.path("moved.nii"));
  EXPECT_EQ(codeOfReading(folder.path("moved.nii")), ErrorCode::inconsistent_geometry);
  file.setPlainQform({5, -6, 7});
  file.header().pixdim[0] = -1;
  file.write(folder.path("mirrored.nii"));
  EXPECT_EQ(codeOfReading(folder.path("mirrored.nii")), ErrorCode::inconsistent_geometry);
}

TEST(ImageIo, RefusesNiftiThatDoesNotKnowLeftFromRight) {
  const TemporaryFolder folder;
  const ImageF image(kGrid, 1.0F);
  NiftiByHand file(image);
  file.header().sform_code = 0;
  file.write(folder.path("unknown.nii"));
  EXPECT_EQ(codeOfReading(folder.path("unknown.nii")), ErrorCode::inconsistent_geometry);
}

TEST(ImageIo, RefusesShearedAxes) {
  const TemporaryFolder folder;
  const ImageF image(kGrid, 1.0F);
  NiftiByHand file(image);
  file.header().srow_x[2] += 0.2F;
  file.write(folder.path("sheared.nii"));
  EXPECT_EQ(codeOfReading(folder.path("sheared.nii")), ErrorCode::inconsistent_geometry);
}

TEST(ImageIo, ReadsNrrdInRasAsInLps) {
  const TemporaryFolder folder;
  GridGeometry grid = kGrid;
  grid.direction = {};
  grid.origin_mm = {-25, 31, 12};
  const Point3 middle = test::centreOf(grid);
  const std::string sizes = "NRRD0004\ntype: float\ndimension: 3\nsizes: 34 20 26\n";
  const std::string tail = "encoding: raw\nendian: little\n\n";
  writeWithHeader(folder.path("ras.nrrd"),
                  sizes +
                      "space: right-anterior-superior\nspace directions: (-1.5,0,0) (0,-1.2,0) "
                      "(0,0,1)\nspace origin: (25,-31,12)\n" +
                      tail,
                  test::lettersImage(grid, middle));
  const ImageF back = readImage(folder.path("ras.nrrd"));
  expectSameGrid(back.geometry(), grid, 1e-6);
  expectLetters(back, middle);
}

TEST(ImageIo, RefusesNrrdWithoutAPatientSpace) {
  const TemporaryFolder folder;
  const ImageF image(kGrid, 1.0F);
  const std::string sizes = "NRRD0004\ntype: float\ndimension: 3\nsizes: 34 20 26\n";
  const std::string tail = "encoding: raw\nendian: little\n\n";
  const std::string directions = "space directions: (1,0,0) (0,1,0) (0,0,1)\n";
  writeWithHeader(folder.path("bare.nrrd"), sizes + tail, image);
  EXPECT_EQ(codeOfReading(folder.path("bare.nrrd")), ErrorCode::inconsistent_geometry);
  writeWithHeader(folder.path("nospace.nrrd"), sizes + "space dimension: 3\n" + directions + tail,
                  image);
  EXPECT_EQ(codeOfReading(folder.path("nospace.nrrd")), ErrorCode::inconsistent_geometry);
  writeWithHeader(folder.path("scanner.nrrd"), sizes + "space: scanner-xyz\n" + directions + tail,
                  image);
  EXPECT_EQ(codeOfReading(folder.path("scanner.nrrd")), ErrorCode::inconsistent_geometry);
  writeWithHeader(folder.path("lps.nrrd"), sizes + "space: LPS\n" + directions + tail, image);
  EXPECT_NO_THROW(readImage(folder.path("lps.nrrd")));
}

TEST(ImageIo, RefusesMetaImageWithoutAxes) {
  const TemporaryFolder folder;
  const ImageF image(kGrid, 1.0F);
  const std::string head =
      "ObjectType = Image\nNDims = 3\nBinaryData = True\nBinaryDataByteOrderMSB = False\n"
      "DimSize = 34 20 26\nElementSpacing = 1 1 1\n";
  const std::string axes = "TransformMatrix = 1 0 0 0 1 0 0 0 1\nOffset = 0 0 0\n";
  const std::string tail = "ElementType = MET_FLOAT\nElementDataFile = LOCAL\n";
  writeWithHeader(folder.path("bare.mha"), head + tail, image);
  EXPECT_EQ(codeOfReading(folder.path("bare.mha")), ErrorCode::inconsistent_geometry);
  writeWithHeader(folder.path("axes.mha"), head + axes + tail, image);
  EXPECT_EQ(codeOfReading(folder.path("axes.mha")), ErrorCode::inconsistent_geometry);
  writeWithHeader(folder.path("full.mha"), head + axes + "AnatomicalOrientation = RAI\n" + tail,
                  image);
  EXPECT_NO_THROW(readImage(folder.path("full.mha")));
}

TEST(ImageIo, ReadsNiftiInMicrometresAndRefusesMetres) {
  const TemporaryFolder folder;
  const ImageF image = test::lettersImage(kGrid, test::centreOf(kGrid));
  GridGeometry scaled = kGrid;
  scaled.spacing_mm = kGrid.spacing_mm * 1000;
  scaled.origin_mm = kGrid.origin_mm * 1000;
  NiftiByHand file(image);
  file.setSform(scaled);
  for (int a = 1; a <= 3; ++a) {
    file.header().pixdim[a] *= 1000;
  }
  file.header().xyzt_units = NIFTI_UNITS_MICRON;
  file.write(folder.path("micron.nii"));
  expectSameGrid(readImage(folder.path("micron.nii")).geometry(), kGrid, 1e-3);
  file.header().xyzt_units = NIFTI_UNITS_METER;
  file.write(folder.path("metre.nii"));
  EXPECT_EQ(codeOfReading(folder.path("metre.nii")), ErrorCode::inconsistent_geometry);
}

TEST(ImageIo, RefusesFourDimensionsColourEmptyAbsentAndDamagedFiles) {
  const TemporaryFolder folder;
  const ImageF image(kGrid, 1.0F);
  NiftiByHand file(image);
  file.header().dim[0] = 4;
  file.header().dim[3] = 13;
  file.header().dim[4] = 2;
  file.write(folder.path("4d.nii"));
  EXPECT_EQ(codeOfReading(folder.path("4d.nii")), ErrorCode::input_unreadable);
  writeWithHeader(
      folder.path("rgb.nrrd"),
      "NRRD0004\ntype: float\ndimension: 4\nsizes: 4 34 20 5\nkinds: vector domain domain "
      "domain\nspace: left-posterior-superior\nspace directions: none (1,0,0) (0,1,0) "
      "(0,0,1)\nspace origin: (0,0,0)\nencoding: raw\nendian: little\n\n",
      image);
  EXPECT_EQ(codeOfReading(folder.path("rgb.nrrd")), ErrorCode::input_unreadable);
  writeWithHeader(folder.path("empty.nii"), "", ImageF());
  EXPECT_EQ(codeOfReading(folder.path("empty.nii")), ErrorCode::input_unreadable);
  EXPECT_EQ(codeOfReading(folder.path("absent.nii")), ErrorCode::input_unreadable);
  writeWithHeader(folder.path("text.nii"), "this is no image at all", ImageF());
  EXPECT_EQ(codeOfReading(folder.path("text.nii")), ErrorCode::input_unreadable);
  NiftiByHand(image).write(folder.path("cut.nii"));
  std::filesystem::resize_file(folder.path("cut.nii"), 2000);
  EXPECT_EQ(codeOfReading(folder.path("cut.nii")), ErrorCode::input_unreadable);
}

TEST(ImageIo, WritesNiftiWithBothFormsEqualAndCodeOne) {
  const TemporaryFolder folder;
  writeImage(ImageF(kGrid, 1.0F), folder.path("out.nii"));
  std::ifstream file(folder.path("out.nii"), std::ios::binary);
  nifti_1_header header;
  file.read(reinterpret_cast<char*>(&header), sizeof header);
  EXPECT_EQ(header.qform_code, NIFTI_XFORM_SCANNER_ANAT);
  EXPECT_EQ(header.sform_code, NIFTI_XFORM_SCANNER_ANAT);
}

TEST(ImageIo, RefusesToWriteWhereItCannot) {
  const ImageF image(kGrid);
  EXPECT_THROW(writeImage(image, "/nonexistent/folder/out.nii.gz"), Error);
  const TemporaryFolder folder;
  EXPECT_THROW(writeImage(image, folder.path("out.xyz")), Error);
}

TEST(ImageIo, SaysThatADeviceCannotHoldAnImage) {
  const TemporaryFolder folder;
  std::filesystem::create_symlink("/dev/full", folder.path("full.nii"));
  try {
    writeImage(ImageF(kGrid, 1.0F), folder.path("full.nii"));
    FAIL() << "a full device took an image";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::output_unwritable);
  }
}

TEST(ImageIoDeathTest, SaysThatTheDiskFilledUpOnTheWay) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  const TemporaryFolder folder;
  const std::string path = folder.path("cut.nii.gz");
  const auto write_on_a_small_disk = [&path] {
    std::minstd_rand random(1);
    ImageF noise(kGrid);
    std::generate(noise.begin(), noise.end(), [&] { return static_cast<float>(random()); });
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit small{10000, 10000};
    setrlimit(RLIMIT_FSIZE, &small);
    try {
      writeImage(noise, path);
    } catch (const Error& error) {
      std::_Exit(error.code() == ErrorCode::output_unwritable ? 7 : 1);
    }
    std::_Exit(2);
  };
  EXPECT_EXIT(write_on_a_small_disk(), ::testing::ExitedWithCode(7), "");
}

TEST(Labels, ComeBackExactlyAndOnlyWholeNumbersAreLabels) {
  const TemporaryFolder folder;
  LabelMap labels(leftHanded(kGrid));
  labels(3, 4, 5) = 17;
  labels(30, 14, 25) = 255;
  writeLabels(labels, folder.path("labels.nii.gz"));
  const LabelMap back = readLabels(folder.path("labels.nii.gz"));
  EXPECT_TRUE(std::equal(labels.begin(), labels.end(), back.begin()));
  writeImage(ImageF(kGrid, 0.5F), folder.path("image.nii.gz"));
  EXPECT_THROW(readLabels(folder.path("image.nii.gz")), Error);
}

TEST(SeriesFromImage, JudgesTheResolutionAndKeepsTheFileNameOutOfTheTexts) {
  const TemporaryFolder folder;
  const auto resolutionAt = [&](const Vec3& spacing_mm) {
    const std::string path = folder.path("Doe_Jane.nii.gz");
    writeImage(ImageF(test::obliqueGrid({8, 8, 6}, spacing_mm)), path);
    const SeriesImage loaded = seriesFromImage(path, SeriesRole::tof);
    EXPECT_EQ(loaded.series.role, SeriesRole::tof);
    EXPECT_EQ(loaded.series.frames.size(), 6U);
    EXPECT_FALSE(loaded.series.acquisition.acquired_voxel_mm.has_value());
    EXPECT_EQ(loaded.series.description.find("Doe"), std::string::npos);
    return loaded.series.resolution;
  };
  EXPECT_EQ(resolutionAt({0.5, 0.5, 0.8}), Resolution::quantitative);
  EXPECT_EQ(resolutionAt({0.5, 0.5, 1.0}), Resolution::visual_only);
  EXPECT_EQ(resolutionAt({0.5, 0.5, 2.5}), Resolution::too_thick);
}

TEST(SeriesFromImage, CountsTheVoxelsThatHoldNoNumber) {
  const TemporaryFolder folder;
  ImageF image(kGrid, 1.0F);
  image(1, 2, 3) = std::numeric_limits<float>::quiet_NaN();
  image(4, 5, 6) = std::numeric_limits<float>::infinity();
  writeImage(image, folder.path("holes.nrrd"));
  const SeriesImage loaded = seriesFromImage(folder.path("holes.nrrd"), SeriesRole::cisternography);
  EXPECT_EQ(loaded.image(1, 2, 3), 0.0F);
  ASSERT_EQ(loaded.series.problems.size(), 1U);
  EXPECT_EQ(loaded.series.problems[0].text.rfind("2 voxels", 0), 0U)
      << loaded.series.problems[0].text;
}

}  // namespace
}  // namespace neurovasc::imaging
