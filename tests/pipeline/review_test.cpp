#include "neurovasc/pipeline/review.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "neurovasc/core/error.h"
#include "neurovasc/core/tube.h"
#include "neurovasc/phantom/phantom.h"
#include "neurovasc/pipeline/analyze.h"
#include "neurovasc/pipeline/reassess.h"
#include "neurovasc/result/assessment_json.h"
#include "neurovasc/result/result_folder.h"
#include "neurovasc/result/run_json.h"
#include "result/sample_assessments.h"
#include "support/temporary_folder.h"

namespace neurovasc::pipeline {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

std::string textOf(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

/// A result folder that holds no images: its reports can be read and reviewed.
struct WrittenResult {
  testing::TemporaryFolder box;
  fs::path folder = box.path() / "OUT";

  WrittenResult() {
    result::StagedFolder staged(folder, false);
    staged.write("report.txt", "as it was");
    staged.write("assessment.json", result::toJson(testing::richAssessment()));
    result::RunRecord run;
    run.command = "analyze";
    run.outputs = staged.files();
    staged.write("run.json", result::toJson(run));
    staged.publish();
  }
  ReviewRequest request() const {
    ReviewRequest request;
    request.result_folder = folder.string();
    request.reader = "A. Reader";
    return request;
  }
};

ContactVerdict rejected(const std::string& id) {
  ContactVerdict verdict;
  verdict.contact_id = id;
  verdict.decision = Decision::rejected;
  return verdict;
}

TEST(Reviewing, SavesTheReadersWordAndWritesTheReportsWithIt) {
  const WrittenResult result;
  const std::string assessment = textOf(result.folder / "assessment.json");
  ReviewRequest request = result.request();
  request.verdicts = {rejected("L1")};
  const ReviewOutcome outcome = review(request, {});
  EXPECT_EQ(outcome.reviewed.sides[0].finding, Finding::not_assessable);
  EXPECT_EQ(textOf(result.folder / "assessment.json"), assessment);
  EXPECT_EQ(textOf(result.folder / "report.txt"), outcome.report);
  EXPECT_THAT(outcome.report, HasSubstr("REVIEW BY A. READER"));
  EXPECT_THAT(textOf(result.folder / "reviews.tsv"), HasSubstr("\tL1\trejected\tno\t"));
  EXPECT_FALSE(fs::exists(result.folder / "report.html")) << "there was none";
}

TEST(Reviewing, CarriesTheReviewIntoTheTablesThatAreThere) {
  const WrittenResult result;
  std::ofstream(result.folder / "contacts.tsv") << "as it was";
  ReviewRequest request = result.request();
  request.verdicts = {rejected("L1")};
  review(request, {});
  const std::string table = textOf(result.folder / "contacts.tsv");
  EXPECT_THAT(table, HasSubstr("\tL1\t"));
  EXPECT_THAT(table, HasSubstr("\tL2\t"));
  EXPECT_EQ(table.find("\tL1\t"), table.rfind("\tL1\t")) << "it does not stand after the review";
  EXPECT_NE(table.find("\tL2\t"), table.rfind("\tL2\t"));
  EXPECT_THAT(table, HasSubstr("\tA. Reader\n"));
  EXPECT_FALSE(fs::exists(result.folder / "sides.tsv")) << "there was none";
}

TEST(Reviewing, KeepsTheListOfFilesInStepWithWhatIsThere) {
  const WrittenResult result;
  review(result.request(), {});
  const auto run = nlohmann::json::parse(textOf(result.folder / "run.json"));
  std::vector<std::string> paths;
  for (const auto& output : run["outputs"]) {
    paths.push_back(output["path"]);
    EXPECT_EQ(output["sha256"], result::sha256OfFile(result.folder / paths.back()));
  }
  EXPECT_THAT(paths, ::testing::ElementsAre("assessment.json", "report.txt", "reviews.tsv"));
}

TEST(Reviewing, GoesOnFromTheReadersEarlierReviewAndLeavesOthersAlone) {
  const WrittenResult result;
  ReviewRequest request = result.request();
  request.verdicts = {rejected("L1")};
  review(request, {});
  request.reader = "B. Second";
  request.verdicts = {rejected("L2")};
  review(request, {});
  request.reader = "A. Reader";
  request.verdicts = {};
  request.zones = {{Side::left, Zone::attached_segment, ZoneStatus::clear, ""}};
  review(request, {});
  const auto reviews = reviewsOf(result.folder.string());
  ASSERT_EQ(reviews.size(), 2U);
  EXPECT_EQ(reviews[0].sides[0].finding, Finding::no_contact);
  EXPECT_EQ(reviews[1].sides[0].finding, Finding::compression);
}

TEST(Reviewing, WritesNothingWhereSomethingDoesNotFit) {
  const WrittenResult result;
  ReviewRequest request = result.request();
  request.verdicts = {rejected("L1"), rejected("R9")};
  EXPECT_THROW(review(request, {}), Error);
  EXPECT_FALSE(fs::exists(result.folder / "review.json"));
  EXPECT_EQ(textOf(result.folder / "report.txt"), "as it was");
}

TEST(Reassessing, RefusesAResultWithoutImagesAndNoLandmarks) {
  const WrittenResult result;
  NerveLandmarks landmarks;
  try {
    reassess(result.folder.string(), Side::left, landmarks, {}, {});
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::usage);
  }
  landmarks.porus = Landmark{{27, -152, 38}, 0.5, true};
  try {
    reassess(result.folder.string(), Side::left, landmarks, {}, {});
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::no_usable_series);
  }
}

/// A small phantom's result, moved after it was made.
struct MovedResult {
  testing::TemporaryFolder box;
  fs::path folder = box.path() / "elsewhere";
  Assessment assessment;

  MovedResult() {
    phantom::PhantomOptions options;
    options.size = phantom::Size::small;
    options.seed = 3;
    phantom::writePhantom(phantom::makePhantom(options), box.path() / "study");
    StudyInput input;
    input.study = (box.path() / "study").string();
    AnalyzeOptions analysis;
    analysis.pictures = analysis.page = false;
    assessment = analyze(input, (box.path() / "OUT").string(), analysis, {}).assessment;
    fs::remove_all(box.path() / "study");
    fs::rename(box.path() / "OUT", folder);
  }
};

/// How long a reassessment goes on after it is asked to stop in @p stage.
std::chrono::duration<double> stoppedAfter(const MovedResult& result, const std::string& stage,
                                           const NerveLandmarks& landmarks) {
  StopToken stop;
  std::chrono::steady_clock::time_point asked;
  const auto sink = [&](const ProgressEvent& event) {
    if (event.stage == stage && !stop.stopRequested()) {
      asked = std::chrono::steady_clock::now();
      stop.requestStop();
    }
  };
  try {
    reassess(result.folder.string(), Side::left, landmarks, {}, Progress(sink, {}, stop));
    ADD_FAILURE() << stage << " was not stopped";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::cancelled);
  }
  return std::chrono::steady_clock::now() - asked;
}

// One analysis serves all of this: it takes the longest.
TEST(Reassessing, MeasuresASideAnewFromAMovedFolderAndStopsWhenAsked) {
  const MovedResult result;
  const std::string before = textOf(result.folder / "run.json");
  const SideAssessment& left = result.assessment.sides[0];
  NerveLandmarks landmarks;
  const Point3 found = left.nerve.landmarks.root_exit_point.value().lps_mm;
  landmarks.root_exit_point = Landmark{found + Vec3{0.5, 0, -1.5}, 0, false};
  const MovedLandmarks moved = reassess(result.folder.string(), Side::left, landmarks, {}, {});
  ASSERT_TRUE(moved.reassessed.has_value());
  const auto& root = moved.reassessed->nerve.landmarks.root_exit_point;
  ASSERT_TRUE(root && root->manual);
  EXPECT_LT(distance(root->lps_mm, landmarks.root_exit_point->lps_mm), 1.0);
  EXPECT_GT(moved.landmarks.root_exit_point->sd_mm, 0);
  EXPECT_EQ(moved.reassessed->contacts.empty(), left.contacts.empty());
  for (const Contact& contact : moved.reassessed->contacts) {
    EXPECT_FALSE(contact.vessel_id.empty()) << contact.id;
  }
  EXPECT_EQ(textOf(result.folder / "run.json"), before);
  // Two seconds are meant; a machine at work on other things takes its time.
  EXPECT_LT(stoppedAfter(result, "fuse", landmarks).count(), 10);
}

}  // namespace
}  // namespace neurovasc::pipeline
