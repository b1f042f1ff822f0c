#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <fstream>
#include <iterator>
#include <random>

#include "dicom/test_files.h"
#include "neurovasc/core/error.h"
#include "neurovasc/dicom/catalogue.h"
#include "neurovasc/dicom/series_reader.h"
#include "support/temporary_folder.h"

/// Files made to exhaust memory or the stack, or simply broken.
namespace neurovasc::dicom {
namespace {

using ::testing::HasSubstr;
using testing::TemporaryFolder;
using testing::TestSlice;
using testing::writeSlice;
using testing::writeStack;

std::string reasonFor(const std::filesystem::path& path) {
  const StudyCatalogue catalogue = scanStudies(path);
  EXPECT_TRUE(catalogue.studies.empty());
  return catalogue.skipped.empty() ? "" : catalogue.skipped[0].reason;
}

long peakMemoryKiB() {
  struct rusage usage {};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

std::string fileHead() { return std::string(128, '\0') + "DICM"; }

/// An element header, little endian explicit, of the long form.
std::string element(unsigned group, unsigned number, const char* vr, unsigned length) {
  std::string out;
  for (const unsigned value : {group, number}) {
    out += static_cast<char>(value & 0xFF);
    out += static_cast<char>(value >> 8);
  }
  out += vr;
  out += std::string(2, '\0');
  for (int shift = 0; shift < 32; shift += 8) {
    out += static_cast<char>((length >> shift) & 0xFF);
  }
  return out;
}

/// A compressed icon in a sequence, all of undefined length (PS3.5 A.4); @p fragment_length is what
/// its one fragment of four bytes says of itself.
std::string icon(unsigned fragment_length) {
  constexpr unsigned kUndefined = 0xFFFFFFFF;
  const auto item = [](unsigned number, unsigned length) {
    std::string out = element(0xFFFE, number, "", length);
    return out.erase(4, 2);  // delimiters have no VR
  };
  return element(0x0088, 0x0200, "SQ", kUndefined) + item(0xE000, kUndefined) +
         element(0x7FE0, 0x0010, "OB", kUndefined) + item(0xE000, 0) +
         item(0xE000, fragment_length) + "icon" + item(0xE0DD, 0) + item(0xE00D, 0) +
         item(0xE0DD, 0);
}

/// @p path with @p bytes before its pixels.
void insertBeforePixels(const std::filesystem::path& path, const std::string& bytes) {
  std::ifstream in(path, std::ios::binary);
  std::string content((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  const std::size_t pixels = content.rfind(element(0x7FE0, 0x0010, "OB", 0xFFFFFFFF));
  ASSERT_NE(pixels, std::string::npos);
  content.insert(pixels, bytes);
  std::ofstream(path, std::ios::binary | std::ios::trunc) << content;
}

TEST(HugeHeaders, AreNotTakenIntoMemory) {
  const TemporaryFolder folder;
  const std::filesystem::path path = folder.path("video.dcm");
  constexpr unsigned kLength = 300U << 20U;
  std::ofstream(path, std::ios::binary) << fileHead() << element(0x0042, 0x0011, "OB", kLength);
  std::filesystem::resize_file(path, std::filesystem::file_size(path) + kLength);
  const long before_kib = peakMemoryKiB();
  EXPECT_THAT(reasonFor(path), HasSubstr("more than 256 MiB that are no pixels"));
  EXPECT_LT(peakMemoryKiB() - before_kib, 100 * 1024);
}

TEST(CompressedIcons, DoNotSpoilTheirImage) {
  const TemporaryFolder folder;
  TestSlice slice;
  slice.grid.size[2] = 2;
  writeStack(
      folder.path(), slice, [](int) { return false; }, EXS_RLELossless);
  for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
    insertBeforePixels(entry.path(), icon(4));
  }
  const StudyCatalogue catalogue = scanStudies(folder.path());
  ASSERT_TRUE(catalogue.skipped.empty()) << catalogue.skipped[0].reason;
  const SeriesImage loaded = loadSeries(catalogue.studies.at(0).study.series.at(0));
  EXPECT_TRUE(loaded.series.missing_slices.empty());
  EXPECT_EQ(loaded.image(1, 0, 1), static_cast<float>(slice.pixel(1, 0, 1)));
}

TEST(CompressedIcons, ThatReachBeyondTheFileAreDamage) {
  const TemporaryFolder folder;
  const auto path = writeSlice(folder.path() / "a", {}, EXS_RLELossless);
  insertBeforePixels(path, icon(1U << 30U));
  EXPECT_THAT(reasonFor(path), HasSubstr("broken"));
}

TEST(HostileFiles, CannotClaimMoreSlicesThanTheyHold) {
  const TemporaryFolder folder;
  TestSlice slice;
  slice.edit = [](DcmDataset& d) { d.putAndInsertString(DCM_NumberOfFrames, "2000000000"); };
  EXPECT_THAT(reasonFor(writeSlice(folder.path() / "a", slice)), HasSubstr("truncated"));
}

TEST(HostileFiles, CannotClaimAHugeImage) {
  const TemporaryFolder folder;
  TestSlice slice;
  slice.edit = [](DcmDataset& d) {
    d.putAndInsertUint16(DCM_Rows, 65535);
    d.putAndInsertUint16(DCM_Columns, 65535);
  };
  EXPECT_THAT(reasonFor(writeSlice(folder.path() / "a", slice)),
              HasSubstr("impossible image size"));
}

TEST(HostileFiles, CannotClaimThatAFewBytesUnpackToMuch) {
  const TemporaryFolder folder;
  const TestSlice slice;
  const auto path = writeSlice(folder.path() / "a", slice, EXS_RLELossless);
  DcmFileFormat file;
  ASSERT_TRUE(file.loadFile(path.c_str()).good());
  file.getDataset()->putAndInsertUint16(DCM_Rows, 8192);
  file.getDataset()->putAndInsertUint16(DCM_Columns, 8192);
  ASSERT_TRUE(file.saveFile(path.c_str(), EXS_RLELossless).good());
  EXPECT_THAT(reasonFor(path), HasSubstr("too few compressed pixels"));
}

TEST(HostileFiles, CannotNestWithoutEnd) {
  const TemporaryFolder folder;
  std::string bytes = fileHead();
  for (int depth = 0; depth < 200000; ++depth) {
    bytes += element(0x0008, 0x1140, "SQ", 0xFFFFFFFF);
    bytes += std::string("\xFE\xFF\x00\xE0\xFF\xFF\xFF\xFF", 8);
  }
  EXPECT_THAT(reasonFor(folder.write("deep", bytes)), HasSubstr("nest too deep"));
}

TEST(HostileFiles, CannotSpeakOfLengthsBeyondTheirEnd) {
  const TemporaryFolder folder;
  const std::string bytes = fileHead() + element(0x0008, 0x0070, "UT", 0xF0000000) + "short";
  EXPECT_THAT(reasonFor(folder.write("long", bytes)), HasSubstr("truncated"));
}

TEST(HostileFiles, CannotBeMadeOfMillionsOfElements) {
  const TemporaryFolder folder;
  std::string bytes = fileHead();
  const std::string small = element(0x0009, 0x1001, "UN", 0);
  bytes.reserve(small.size() * 1'600'000);
  for (int i = 0; i < 1'550'000; ++i) {
    bytes += small;
  }
  EXPECT_THAT(reasonFor(folder.write("many", bytes)), HasSubstr("too many elements"));
}

/// Each byte of the header spoilt in turn, a few times over: nothing may crash or take memory.
TEST(HostileFiles, NeverCrashHoweverTheyAreDamaged) {
  const TemporaryFolder folder;
  const auto sound = testing::writeEnhanced(folder.path() / "sound", {});
  std::ifstream in(sound, std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(in)), {});
  std::filesystem::remove(sound);
  const long before = peakMemoryKiB();
  std::mt19937 random(7);
  for (int trial = 0; trial < 400; ++trial) {
    std::string damaged = bytes;
    for (int hit = 0; hit < 3; ++hit) {
      damaged[132 + random() % (damaged.size() - 132)] = static_cast<char>(random() % 256);
    }
    const auto path = folder.write("damaged", damaged);
    try {
      for (const StudyEntry& entry : scanStudies(path).studies) {
        for (const Series& series : entry.study.series) {
          loadSeries(series, 1);
        }
      }
    } catch (const Error& error) {
      EXPECT_NE(error.code(), ErrorCode::internal);
    }
  }
  EXPECT_LT(peakMemoryKiB() - before, 200 * 1024);
}

}  // namespace
}  // namespace neurovasc::dicom
