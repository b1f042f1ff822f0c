#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <fstream>
#include <random>

#include "dicom/test_files.h"
#include "neurovasc/core/error.h"
#include "neurovasc/dicom/catalogue.h"
#include "neurovasc/dicom/series_reader.h"
#include "result/temporary_folder.h"

/// Files made to exhaust memory or the stack, or simply broken.
namespace neurovasc::dicom {
namespace {

using ::testing::HasSubstr;
using testing::TemporaryFolder;
using testing::TestSlice;
using testing::writeSlice;

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
