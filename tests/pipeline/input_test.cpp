#include "neurovasc/pipeline/input.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <functional>

#include "neurovasc/core/error.h"
#include "neurovasc/phantom/phantom.h"
#include "neurovasc/pipeline/analyze.h"
#include "neurovasc/pipeline/masks.h"

namespace neurovasc::pipeline {
namespace {

namespace fs = std::filesystem;

ErrorCode codeOf(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.code();
  }
  ADD_FAILURE() << "nothing was thrown";
  return ErrorCode::internal;
}

/// Two small studies of two invented patients in one folder.
class TwoStudies : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    // Test programs run side by side: each has a folder of its own.
    std::string pattern = (fs::temp_directory_path() / "neurovasc-test-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder() = pattern;
    for (const std::uint64_t seed : {3U, 4U}) {
      phantom::PhantomOptions options;
      options.size = phantom::Size::small;
      options.seed = seed;
      options.with_tof = false;
      options.voxel_mm = {1.0, 1.0, 1.0};
      phantom::writePhantom(phantom::makePhantom(options), folder() / std::to_string(seed));
    }
  }
  static void TearDownTestSuite() { fs::remove_all(folder()); }
  static fs::path& folder() {
    static fs::path path;
    return path;
  }
};

TEST(StudyInput, NeedsExactlyOneKind) {
  EXPECT_EQ(codeOf([] { validate(StudyInput{}); }), ErrorCode::usage);
  StudyInput both;
  both.study = "folder";
  both.t2 = "t2.nii.gz";
  EXPECT_EQ(codeOf([&] { validate(both); }), ErrorCode::usage);
  StudyInput zeroth;
  zeroth.study = "folder";
  zeroth.study_number = 0;
  EXPECT_EQ(codeOf([&] { validate(zeroth); }), ErrorCode::usage);
}

TEST(AnalyzeOptions, NeedASide) {
  AnalyzeOptions none;
  none.sides.clear();
  EXPECT_EQ(codeOf([&] { validate(none); }), ErrorCode::usage);
  EXPECT_NO_THROW(validate(AnalyzeOptions{}));
}

TEST(MaskInput, IsAFileWithAnOptionalLabel) {
  EXPECT_EQ(parseMaskInput("drawn.seg.nrrd:3").file, "drawn.seg.nrrd");
  EXPECT_EQ(parseMaskInput("drawn.seg.nrrd:3").label, 3);
  EXPECT_EQ(parseMaskInput("nerve.nii.gz").label, std::nullopt);
  EXPECT_EQ(codeOf([] { parseMaskInput("drawn.seg.nrrd:three"); }), ErrorCode::usage);
}

TEST_F(TwoStudies, AreListedApart) {
  StudyInput input;
  input.study = folder().string();
  const Inspection found = inspect(input, 0, {});
  ASSERT_EQ(found.studies.size(), 2U);
  EXPECT_EQ(found.patients, 2);
  for (const auto& study : found.studies) {
    EXPECT_EQ(study.series.size(), 1U);
    EXPECT_TRUE(study.cisternography.has_value());
  }
}

TEST_F(TwoStudies, AreRefusedWithAListThatNamesNobody) {
  StudyInput input;
  input.study = folder().string();
  try {
    analyze(input, (folder() / "out").string(), {}, {});
    FAIL() << "two studies were mixed";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::usage);
    EXPECT_NE(error.hint().find("--study"), std::string::npos);
    EXPECT_EQ(std::string(error.what()).find("PHANTOM"), std::string::npos);
  }
  EXPECT_FALSE(fs::exists(folder() / "out"));
}

TEST_F(TwoStudies, CanBeChosenByNumber) {
  StudyInput input;
  input.study = folder().string();
  input.study_number = 3;
  EXPECT_EQ(codeOf([&] { analyze(input, (folder() / "out").string(), {}, {}); }), ErrorCode::usage);
}

}  // namespace
}  // namespace neurovasc::pipeline
