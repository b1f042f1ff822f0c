#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>
#include <tuple>
#include <vector>

#include "neurovasc/core/error.h"
#include "studies.h"
#include "support/temporary_folder.h"

namespace neurovasc::phantom {
namespace {

namespace fs = std::filesystem;
using testing::smallPiece;

class PhantomWriting : public ::testing::Test {
 protected:
  neurovasc::testing::TemporaryFolder box_;
  fs::path folder_ = box_.path("phantom");
};

/// What a slice's file says of one of its pixels.
struct ReadSlice {
  Point3 corner;
  Vec3 row;
  Vec3 column;
  double spacing = 0;
  int rows = 0;
  int columns = 0;
  int instance = 0;
  std::vector<Uint16> pixels;
};

double number(DcmDataset& dataset, const DcmTagKey& tag, unsigned long index) {
  Float64 value = 0;
  EXPECT_TRUE(dataset.findAndGetFloat64(tag, value, index).good());
  return value;
}

Vec3 vector(DcmDataset& d, const DcmTagKey& tag, unsigned long first) {
  return {number(d, tag, first), number(d, tag, first + 1), number(d, tag, first + 2)};
}

ReadSlice readSlice(const fs::path& file) {
  DcmFileFormat format;
  EXPECT_TRUE(format.loadFile(file.c_str()).good()) << file;
  DcmDataset& d = *format.getDataset();
  ReadSlice slice;
  slice.corner = vector(d, DCM_ImagePositionPatient, 0);
  slice.row = vector(d, DCM_ImageOrientationPatient, 0);
  slice.column = vector(d, DCM_ImageOrientationPatient, 3);
  slice.spacing = number(d, DCM_PixelSpacing, 0);
  Uint16 size = 0;
  d.findAndGetUint16(DCM_Rows, size);
  slice.rows = size;
  d.findAndGetUint16(DCM_Columns, size);
  slice.columns = size;
  Sint32 instance = 0;
  d.findAndGetSint32(DCM_InstanceNumber, instance);
  slice.instance = instance;
  const Uint16* pixels = nullptr;
  unsigned long count = 0;
  EXPECT_TRUE(d.findAndGetUint16Array(DCM_PixelData, pixels, &count).good());
  slice.pixels.assign(pixels, pixels + count);
  return slice;
}

std::vector<ReadSlice> readSeries(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  std::vector<ReadSlice> slices;
  for (const auto& file : files) {
    slices.push_back(readSlice(file));
  }
  return slices;
}

/// Bright voxels in front of the porus (bone but for the letters), with their LPS places.
std::vector<Point3> brightPlaces(const std::vector<ReadSlice>& slices, double in_front_of_y) {
  std::vector<Point3> places;
  for (const ReadSlice& s : slices) {
    for (int r = 0; r < s.rows; ++r) {
      for (int c = 0; c < s.columns; ++c) {
        const Point3 p = s.corner + s.row * (s.spacing * c) + s.column * (s.spacing * r);
        const auto o = static_cast<std::size_t>(r) * static_cast<std::size_t>(s.columns) +
                       static_cast<std::size_t>(c);
        if (s.pixels[o] > 350 && p.y < in_front_of_y) {
          places.push_back(p);
        }
      }
    }
  }
  return places;
}

TEST_F(PhantomWriting, LetterLStandsOnTheLeftInTheWrittenFiles) {
  PhantomOptions options = smallPiece(91);
  options.scenario = Scenario::left_marker;
  options.field_of_view_mm = Vec3{84, 84, 10};
  const Phantom phantom = makePhantom(options);
  writePhantom(phantom, folder_);
  const auto slices = readSeries(folder_ / "dicom" / "s3");
  const Point3 porus = phantom.truth.of(Side::left).porus;
  const double middle = 0.5 * (porus.x + phantom.truth.of(Side::right).porus.x);
  // Strokes: L has no ink in its upper lateral quarter, R has.
  const double letters_front = porus.y - 11;
  int left_ink = 0;
  int left_upper = 0;
  int right_upper = 0;
  for (const Point3& p : brightPlaces(slices, letters_front)) {
    const double lateral = std::abs(p.x - middle);
    const bool upper = p.y < porus.y - 18;
    left_ink += p.x > middle ? 1 : 0;
    left_upper += upper && p.x > middle && lateral > 28.5 && lateral < 36 ? 1 : 0;
    right_upper += upper && p.x < middle && lateral > 28.5 && lateral < 36 ? 1 : 0;
  }
  EXPECT_GT(right_upper, 50);
  EXPECT_GT(left_ink, 50);
  EXPECT_EQ(left_upper, 0);
}

TEST_F(PhantomWriting, FilesHoldTheImageInShuffledOrder) {
  PhantomOptions options = smallPiece(92);
  options.field_of_view_mm = Vec3{20, 16, 10};
  options.head_rotation_deg = Vec3{6, -9, 11};
  const Phantom phantom = makePhantom(options);
  writePhantom(phantom, folder_);
  const auto slices = readSeries(folder_ / "dicom" / "s3");
  const ImageF& image = phantom.series[0].image;
  ASSERT_EQ(slices.size(), static_cast<std::size_t>(image.size()[2]));
  bool in_order = true;
  for (std::size_t n = 0; n < slices.size(); ++n) {
    const int k = slices[n].instance - 1;
    in_order = in_order && k == static_cast<int>(n);
    EXPECT_LT(distance(slices[n].corner, image.geometry().toLps(0, 0, k)), 1e-5);
    const std::size_t o = image.geometry().offset(7, 5, 0);
    EXPECT_NEAR(slices[n].pixels[o], image(7, 5, k), 0.51);
  }
  EXPECT_FALSE(in_order);
}

TEST_F(PhantomWriting, TruthIsReadBackAsItWas) {
  const Phantom phantom = makePhantom(testing::truthOnly(Scenario::contact, 93));
  writePhantom(phantom, folder_);
  std::ifstream in(folder_ / "truth" / "truth.json");
  const auto json = nlohmann::json::parse(in);
  EXPECT_EQ(json["case"], "contact");
  EXPECT_EQ(json["seed"], 93);
  EXPECT_EQ(json["side"], name(phantom.truth.side));
  EXPECT_EQ(json["series"]["CISS"], phantom.series[0].header.series_instance_uid);
  EXPECT_EQ(json["tof_motion"]["R"].size(), 3U);
  for (const Side side : kSides) {
    const auto& read = json["sides"][std::string(name(side))];
    const SideTruth& truth = phantom.truth.of(side);
    ASSERT_EQ(read["centerline"].size(), truth.nerve.size());
    EXPECT_EQ(read["radius"].size(), truth.nerve.size());
    EXPECT_DOUBLE_EQ(read["porus"][1], truth.porus.y);
    ASSERT_EQ(read["near"].size(), truth.near.size());
    for (std::size_t i = 0; i < truth.near.size(); ++i) {
      EXPECT_EQ(read["near"][i]["vessel"], truth.near[i].vessel);
      EXPECT_EQ(read["near"][i]["segment"], name(truth.near[i].zone));
      EXPECT_DOUBLE_EQ(read["near"][i]["min_distance_mm"], truth.near[i].min_distance_mm);
    }
  }
}

TEST_F(PhantomWriting, ExistingFolderIsRefusedAndLeftAlone) {
  fs::create_directories(folder_ / "kept");
  const Phantom phantom = makePhantom(testing::truthOnly(Scenario::clear, 94));
  try {
    writePhantom(phantom, folder_);
    FAIL() << "wrote over a folder";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::output_unwritable);
  }
  EXPECT_TRUE(fs::exists(folder_ / "kept"));
  EXPECT_FALSE(fs::exists(folder_ / "dicom"));
}

TEST_F(PhantomWriting, DciodvfyFindsNoErrors) {
  if (std::system("command -v dciodvfy > /dev/null 2>&1") != 0) {
    GTEST_SKIP() << "dciodvfy is not installed";
  }
  PhantomOptions options = testing::truthOnly(Scenario::clear, 95);
  options.with_tof = true;
  options.with_ce_t1 = true;
  options.tof_voxel_mm = {3, 3, 3};
  options.ce_t1_voxel_mm = {3, 3, 3};
  writePhantom(makePhantom(options), folder_);
  for (const char* series : {"s3", "s5", "s8"}) {
    const fs::path file = folder_ / "dicom" / series / "IM00001";
    const fs::path log = folder_ / "log";
    const std::string command = "dciodvfy " + file.string() + " > " + log.string() + " 2>&1";
    std::ignore = std::system(command.c_str());
    std::ifstream in(log);
    const std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    EXPECT_THAT(text, ::testing::HasSubstr("MRImage")) << series;
    EXPECT_THAT(text, ::testing::Not(::testing::HasSubstr("Error"))) << series;
  }
}

TEST(PhantomSeries, StudiesThatDifferHaveUidsOfTheirOwn) {
  PhantomOptions options = testing::truthOnly(Scenario::contact, 96);
  const auto uid = [](const PhantomOptions& o) {
    return makePhantom(o).series[0].header.series_instance_uid;
  };
  const std::string first = uid(options);
  EXPECT_EQ(uid(options), first);
  options.gap_mm = 0.2;
  EXPECT_NE(uid(options), first);
}

TEST(PhantomSeries, UidsAreStableAndUnderTheUuidRoot) {
  EXPECT_EQ(dicom::uidFrom("a"), dicom::uidFrom("a"));
  EXPECT_NE(dicom::uidFrom("a"), dicom::uidFrom("b"));
  for (const char* text : {"", "x", "neurovasc phantom/contact/1/series/3"}) {
    const std::string uid = dicom::uidFrom(text);
    EXPECT_EQ(uid.substr(0, 5), "2.25.");
    EXPECT_LE(uid.size(), 64U);
    EXPECT_NE(uid[5], '0');
  }
}

}  // namespace
}  // namespace neurovasc::phantom
