#include "neurovasc/dicom/series_reader.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcpixseq.h>
#include <dcmtk/dcmdata/dcpxitem.h>
#include <dcmtk/dcmdata/dcrleerg.h>
#include <gdcmJPEG2000Codec.h>
#include <gdcmSequenceOfFragments.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <string>
#include <vector>

#include "dicom/test_files.h"
#include "neurovasc/core/error.h"
#include "neurovasc/dicom/catalogue.h"
#include "support/temporary_folder.h"

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

/// Turns the frames of @p path into run lengths, one fragment each.
void compressFrames(const std::filesystem::path& path) {
  DcmFileFormat file;
  ASSERT_TRUE(file.loadFile(path.c_str()).good());
  DcmRLEEncoderRegistration::registerCodecs();
  ASSERT_TRUE(file.getDataset()->chooseRepresentation(EXS_RLELossless, nullptr).good());
  ASSERT_TRUE(file.saveFile(path.c_str(), EXS_RLELossless).good());
}

DcmPixelSequence* fragmentsOf(DcmFileFormat& file, E_TransferSyntax syntax) {
  DcmElement* element = nullptr;
  DcmPixelSequence* fragments = nullptr;
  file.getDataset()->findAndGetElement(DCM_PixelData, element);
  static_cast<DcmPixelData*>(element)->getEncapsulatedRepresentation(syntax, nullptr, fragments);
  return fragments;
}

/// Makes the run lengths of one frame say that it has 99 segments.
void spoilFrame(const std::filesystem::path& path, int frame) {
  DcmFileFormat file;
  ASSERT_TRUE(file.loadFile(path.c_str()).good());
  file.loadAllDataIntoMemory();
  DcmPixelItem* fragment = nullptr;
  DcmPixelSequence* fragments = fragmentsOf(file, EXS_RLELossless);
  ASSERT_NE(fragments, nullptr);
  ASSERT_TRUE(fragments->getItem(fragment, static_cast<unsigned long>(frame) + 1).good());
  Uint8* bytes = nullptr;
  ASSERT_TRUE(fragment->getUint8Array(bytes).good());
  bytes[0] = 99;
  ASSERT_TRUE(file.saveFile(path.c_str(), EXS_RLELossless).good());
}

/// One frame of 16 bits as a JPEG 2000 code stream.
std::vector<Uint8> codeStreamOf(const Uint16* pixels, unsigned columns, unsigned rows) {
  const std::array<unsigned, 3> size = {columns, rows, 1};
  gdcm::JPEG2000Codec codec;
  codec.SetNumberOfDimensions(2);
  codec.SetDimensions(size.data());
  codec.SetPixelFormat(gdcm::PixelFormat(1, 16, 12, 11, 0));
  codec.SetPhotometricInterpretation(gdcm::PhotometricInterpretation::MONOCHROME2);
  gdcm::DataElement raw(gdcm::Tag(0x7fe0, 0x0010));
  raw.SetByteValue(reinterpret_cast<const char*>(pixels), gdcm::VL(columns * rows * 2));
  gdcm::DataElement compressed;
  EXPECT_TRUE(codec.Code(raw, compressed));
  const gdcm::ByteValue* bytes = compressed.GetSequenceOfFragments()->GetFragment(0).GetByteValue();
  const std::string stream(bytes->GetPointer(), bytes->GetLength());
  return {stream.begin(), stream.end()};
}

/// Compresses @p path with JPEG 2000, each frame in @p parts fragments behind an empty offset
/// table.
void writeJpeg2000(const std::filesystem::path& path, std::size_t parts) {
  DcmFileFormat file;
  ASSERT_TRUE(file.loadFile(path.c_str()).good());
  DcmDataset& dataset = *file.getDataset();
  Uint16 columns = 0;
  Uint16 rows = 0;
  const Uint16* pixels = nullptr;
  unsigned long count = 0;
  dataset.findAndGetUint16(DCM_Columns, columns);
  dataset.findAndGetUint16(DCM_Rows, rows);
  ASSERT_TRUE(dataset.findAndGetUint16Array(DCM_PixelData, pixels, &count).good());
  auto* fragments = new DcmPixelSequence(DcmTag(DCM_PixelData, EVR_OB));
  fragments->insert(new DcmPixelItem(DcmTag(DCM_Item, EVR_OB)));
  const std::size_t frame_size = std::size_t{columns} * rows;
  for (std::size_t begin = 0; begin + frame_size <= count; begin += frame_size) {
    std::vector<Uint8> stream = codeStreamOf(pixels + begin, columns, rows);
    stream.resize((stream.size() + 1) / 2 * 2);
    for (std::size_t p = 0; p < parts; ++p) {
      const std::size_t from = stream.size() / 2 * p / parts * 2;
      const std::size_t to = stream.size() / 2 * (p + 1) / parts * 2;
      auto* fragment = new DcmPixelItem(DcmTag(DCM_Item, EVR_OB));
      fragment->putUint8Array(stream.data() + from, static_cast<unsigned long>(to - from));
      fragments->insert(fragment);
    }
  }
  auto* compressed = new DcmPixelData(DCM_PixelData);
  compressed->putOriginalRepresentation(EXS_JPEG2000LosslessOnly, nullptr, fragments);
  ASSERT_TRUE(dataset.insert(compressed, true).good());
  ASSERT_TRUE(file.saveFile(path.c_str(), EXS_JPEG2000LosslessOnly).good());
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

TEST(SeriesReader, LosesOnlyTheDamagedFrameOfAFile) {
  const TemporaryFolder folder;
  TestSlice slice;
  slice.grid.size[2] = 200;
  const auto path = writeEnhanced(folder.path() / "multi", slice);
  compressFrames(path);
  const Series series = onlySeries(path);
  const int frame = series.frames[70].frame;
  spoilFrame(path, frame);
  const SeriesImage one = loadSeries(series, 1);
  const SeriesImage four = loadSeries(series, 4);
  EXPECT_THAT(one.series.missing_slices, ElementsAre(70));
  EXPECT_EQ(four.series.missing_slices, one.series.missing_slices);
  EXPECT_TRUE(std::equal(one.image.begin(), one.image.end(), four.image.begin()));
}

TEST(SeriesReader, FindsTheFramesOfJpeg2000WithoutAnOffsetTable) {
  const TemporaryFolder folder;
  TestSlice slice;
  slice.grid = testing::obliqueGrid({32, 32, 6});
  const auto path = writeEnhanced(folder.path() / "multi", slice);
  const ImageF plain = loadSeries(onlySeries(path)).image;
  writeJpeg2000(path, 2);
  const SeriesImage loaded = loadSeries(onlySeries(path));
  EXPECT_TRUE(loaded.series.missing_slices.empty());
  EXPECT_TRUE(std::equal(plain.begin(), plain.end(), loaded.image.begin()));
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
