#include "neurovasc/pipeline/input.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <memory>

#include "load.h"
#include "neurovasc/core/error.h"
#include "neurovasc/phantom/phantom.h"
#include "neurovasc/pipeline/analyze.h"
#include "neurovasc/pipeline/masks.h"
#include "run_log.h"
#include "support/temporary_folder.h"

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
    box() = std::make_unique<testing::TemporaryFolder>();
    for (const std::uint64_t seed : {3U, 4U}) {
      phantom::PhantomOptions options;
      options.size = phantom::Size::small;
      options.seed = seed;
      options.with_tof = false;
      options.voxel_mm = {1.0, 1.0, 1.0};
      phantom::writePhantom(phantom::makePhantom(options), folder() / std::to_string(seed));
    }
  }
  static void TearDownTestSuite() { box().reset(); }
  static fs::path folder() { return box()->path(); }

 private:
  static std::unique_ptr<testing::TemporaryFolder>& box() {
    static std::unique_ptr<testing::TemporaryFolder> made;
    return made;
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

TEST(StudyInput, TakesNoChoiceAmongSeriesWhereVolumesAreGiven) {
  StudyInput numbered;
  numbered.t2 = "t2.nii.gz";
  numbered.study_number = 1;
  EXPECT_EQ(codeOf([&] { validate(numbered); }), ErrorCode::usage);
  StudyInput roled;
  roled.t2 = "t2.nii.gz";
  roled.role_overrides["s2"] = SeriesRole::tof;
  EXPECT_EQ(codeOf([&] { validate(roled); }), ErrorCode::usage);
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

TEST(MaskInput, HasNoLabelWhereItIsASurface) {
  EXPECT_EQ(parseMaskInput("nerve.STL").label, std::nullopt);
  EXPECT_EQ(codeOf([] { parseMaskInput("nerve.STL:1"); }), ErrorCode::usage);
}

TEST_F(TwoStudies, AreListedApart) {
  StudyInput input;
  input.study = folder().string();
  const Inspection found = inspect(input, 0, {});
  ASSERT_EQ(found.studies.size(), 2U);
  EXPECT_EQ(found.patients, 2);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(found.studies[i].number, static_cast<int>(i) + 1);
    EXPECT_EQ(found.studies[i].study.series.size(), 1U);
    EXPECT_TRUE(found.studies[i].study.cisternography.has_value());
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

TEST_F(TwoStudies, TellWhichSlicesTurnedOutDamagedOnLoading) {
  StudyInput input;
  input.study = (folder() / "3").string();
  const Study scanned = inspect(input, 1, {}).studies.at(0).study;
  const fs::path slice = scanned.series.at(*scanned.cisternography).frames.at(5).path;
  const fs::path aside = folder().string() + "-slice";
  // The slice goes when all headers have been read, before any pixel is.
  const auto take_away_after_scanning = [&](const ProgressEvent& event) {
    if (event.stage == "scan" && event.fraction >= 1 && fs::exists(slice)) {
      fs::rename(slice, aside);
    }
  };
  const RunLog log("analyze", Progress(take_away_after_scanning, {}, {}), {}, 1);
  const LoadedStudy loaded = loadStudyInput(input, {}, 1, log);
  fs::rename(aside, slice);
  const Series& t2 = loaded.study.series.at(*loaded.study.cisternography);
  EXPECT_EQ(t2.missing_slices, std::vector<int>{5});
  EXPECT_EQ(t2.problems.back().kind, SeriesProblemKind::unreadable_files);
  const std::vector<std::string> warnings = log.warnings();
  EXPECT_EQ(std::count_if(warnings.begin(), warnings.end(),
                          [](const std::string& text) {
                            return text.find(" slices of the cisternography series") !=
                                   std::string::npos;
                          }),
            1);
  for (const std::string& warning : warnings) {
    EXPECT_EQ(warning.find(slice.filename().string()), std::string::npos) << warning;
  }
}

TEST_F(TwoStudies, KeepTheirNumberWhenOneIsChosen) {
  StudyInput input;
  input.study = folder().string();
  const Inspection all = inspect(input, 0, {});
  input.study_number = 2;
  const Inspection one = inspect(input, 0, {});
  ASSERT_EQ(one.studies.size(), 1U);
  EXPECT_EQ(one.studies[0].number, 2);
  EXPECT_EQ(one.studies[0].study.series[0].geometry, all.studies[1].study.series[0].geometry);
}

TEST_F(TwoStudies, AreNotThree) {
  StudyInput input;
  input.study = folder().string();
  input.study_number = 3;
  EXPECT_EQ(codeOf([&] { analyze(input, (folder() / "out").string(), {}, {}); }), ErrorCode::usage);
  EXPECT_EQ(codeOf([&] { inspect(input, 0, {}); }), ErrorCode::usage);
}

}  // namespace
}  // namespace neurovasc::pipeline
