#include "neurovasc/pipeline/analyze.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include "neurovasc/core/mesh.h"
#include "neurovasc/imaging/image_io.h"
#include "neurovasc/page/page.h"
#include "neurovasc/pipeline/masks.h"
#include "neurovasc/pipeline/render.h"
#include "neurovasc/result/assessment_json.h"
#include "neurovasc/scene/mesh_io.h"
#include "outputs.h"
#include "support/temporary_folder.h"

namespace neurovasc::pipeline {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

/// A T2 volume without any contrast, fine enough to measure on.
StudyInput flatStudy(const testing::TemporaryFolder& box) {
  GridGeometry grid;
  grid.size = {60, 50, 30};
  grid.spacing_mm = {0.6, 0.6, 0.6};
  grid.origin_mm = {-18, -140, 20};
  const fs::path file = box.path() / "t2.nii.gz";
  imaging::writeImage(ImageF(grid, 100.0F), file.string());
  StudyInput input;
  input.t2 = file.string();
  return input;
}

TEST(Publishing, IsStoppedBeforeTheResultIsInItsPlace) {
  const testing::TemporaryFolder box;
  result::StagedFolder folder(box.path() / "OUT", false);
  const StopToken stop;
  StopToken(stop).requestStop();
  EXPECT_THROW(publish(folder, Progress({}, {}, stop)), Error);
  EXPECT_FALSE(fs::exists(box.path() / "OUT"));
}

TEST(Publishing, IsNotTakenBackByAStopThatComesWithTheLastReport) {
  const testing::TemporaryFolder box;
  result::StagedFolder folder(box.path() / "OUT", false);
  StopToken stop;
  const auto interrupt = [&stop](const ProgressEvent&) { stop.requestStop(); };
  EXPECT_NO_THROW(publish(folder, Progress(interrupt, {}, stop)));
  EXPECT_TRUE(fs::exists(box.path() / "OUT"));
}

TEST(Analyze, ReportsNothingThatCouldBeStoppedOnceTheResultIsThere) {
  const testing::TemporaryFolder box;
  const fs::path out = box.path() / "OUT";
  int reports = 0;
  const auto sink = [&](const ProgressEvent& event) {
    ++reports;
    EXPECT_FALSE(fs::exists(out)) << event.stage << ": " << event.text;
  };
  analyze(flatStudy(box), out.string(), {}, Progress(sink, {}, {}));
  EXPECT_GT(reports, 2);
  EXPECT_TRUE(fs::exists(out));
}

TEST(Analyze, WritesAnAssessmentOfAStudyWithoutAnyContrast) {
  const testing::TemporaryFolder box;
  const fs::path out = box.path() / "OUT";
  const AnalyzeOutcome outcome = analyze(flatStudy(box), out.string(), {}, {});
  EXPECT_EQ(outcome.failure, ErrorCode::nerve_not_found);
  std::ifstream file(out / "assessment.json");
  const Assessment read = result::assessmentFromJson(
      std::string{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()});
  ASSERT_EQ(read.sides.size(), 2U);
  for (const auto& side : read.sides) {
    EXPECT_EQ(side.finding, Finding::not_assessable);
    EXPECT_EQ(side.nerve.status, NerveStatus::not_found);
    ASSERT_EQ(side.zones.size(), kZones.size());
    EXPECT_EQ(side.zones[3].zone, Zone::transition_zone);
    EXPECT_THAT(side.zones[3].reason, HasSubstr("no contrast"));
  }
  EXPECT_EQ(read.series.size(), 1U);
  EXPECT_EQ(read.series_used.t2, "s1");
  EXPECT_EQ(read.series_used.tof, "");
  EXPECT_FALSE(read.pads) << "nobody looks for pads yet";
}

TEST(Analyze, SaysOnHowManyThreadsItRan) {
  const testing::TemporaryFolder box;
  AnalyzeOptions options;
  options.threads = 0;  // all
  analyze(flatStudy(box), box.path("OUT"), options, {});
  std::stringstream run;
  run << std::ifstream(box.path("OUT/run.json")).rdbuf();
  EXPECT_THAT(run.str(), ::testing::ContainsRegex("\"threads\": [1-9]"));
}

/// A tube of 8 mm length and 0.5 mm radius as a surface file.
std::string shortTube(const testing::TemporaryFolder& box, const std::string& name, double x_mm) {
  Tube tube;
  tube.points_mm = {{x_mm, -4, 20}, {x_mm, 4, 20}};
  tube.radius_mm = {0.5, 0.5};
  const std::string file = box.path(name);
  scene::writeMesh(tubeSurface(tube, 16), box.path("written.stl"));
  fs::rename(box.path("written.stl"), file);
  return file;
}

TEST(MeasureMasks, MakesUpNothingThatNoImageShowed) {
  const testing::TemporaryFolder box;
  MaskRequest request;
  request.nerve = {shortTube(box, "nerve.STL", 0), std::nullopt};
  request.vessels = {{shortTube(box, "vessel.stl", 1.3), std::nullopt}};
  const MaskOutcome outcome = measureMasks(request, box.path("OUT"), {});
  ASSERT_EQ(outcome.assessment.sides[0].contacts.size(), 1U);
  EXPECT_NEAR(outcome.assessment.sides[0].contacts[0].distance_mm.value_or(-1), 0.3, 0.05);
  std::stringstream text;
  text << std::ifstream(box.path("OUT/assessment.json")).rdbuf();
  for (const char* key :
       {"kind_confidence", "name_confidence", "t2_over_csf", "resolution", "pads", "csf_snr"}) {
    EXPECT_THAT(text.str(), HasSubstr("\"" + std::string(key) + "\": null"));
    EXPECT_THAT(text.str(), ::testing::Not(HasSubstr("\"" + std::string(key) + "\": 0")));
  }
}

TEST(MeasureMasks, WritesPageAndPdfAsAnAnalysisDoes) {
  const testing::TemporaryFolder box;
  MaskRequest request;
  request.nerve = {shortTube(box, "nerve.stl", 0), std::nullopt};
  request.vessels = {{shortTube(box, "vessel.stl", 1.3), std::nullopt}};
  const MaskOutcome outcome = measureMasks(request, box.path("OUT"), {});
  const auto contents = [&box](const std::string& name) {
    std::stringstream text;
    text << std::ifstream(box.path("OUT/" + name)).rdbuf();
    return text.str();
  };
  EXPECT_EQ(contents("report.pdf").substr(0, 5), "%PDF-");
  EXPECT_THAT(contents("assessment.json"), HasSubstr("\"report.pdf\""));
  if (page::isPageBuilt()) {
    EXPECT_THAT(contents("report.html"), HasSubstr(outcome.assessment.sides[0].contacts[0].id));
    EXPECT_THAT(contents("report.html"), HasSubstr("Research use only"));
  }
}

TEST(RenderResult, LeavesNothingWhereThePictureCannotBePut) {
  const testing::TemporaryFolder box;
  analyze(flatStudy(box), box.path("OUT"), {}, {});
  fs::create_directories(box.path("overview.png/occupied"));
  try {
    renderResult(box.path("OUT"), "overview", box.path("overview.png"), true, {}, {});
    FAIL() << "a folder was replaced by a picture";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::output_unwritable);
  }
  EXPECT_FALSE(fs::exists(box.path("overview.png.part.png")));
}

}  // namespace
}  // namespace neurovasc::pipeline
