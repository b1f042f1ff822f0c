#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <regex>

#include "neurovasc/interop/report_object.h"
#include "neurovasc/result/assessment_json.h"
#include "program.h"
#include "support/dicom_check.h"
#include "support/paths.h"

namespace neurovasc {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::readText;
using testing::runProgram;
using testing::TemporaryFolder;

/// The sample result without the headers of its source.
std::string withoutSource(const TemporaryFolder& scratch) {
  fs::copy(testing::sampleResult(), scratch.path() / "bare", fs::copy_options::recursive);
  fs::remove_all(scratch.path() / "bare" / "source");
  return scratch.path("bare");
}

TEST(Export, GivesDicomObjectsWithoutAnErrorForTheValidator) {
  const TemporaryFolder scratch;
  const auto run = runProgram({"export", testing::sampleResult().string(), "--to",
                               "seg,seg-fractional,sr,sc,pdf,stl,burned-in,rtstruct", "--output",
                               scratch.path("out")});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(fs::status(scratch.path("out")).permissions(), fs::perms::owner_all);
  int checked = 0;
  for (const auto& entry : fs::directory_iterator(scratch.path("out"))) {
    if (entry.path().extension() != ".dcm") {
      continue;
    }
    const auto errors = testing::dicomErrors(entry.path().string());
    if (!errors) {
      GTEST_SKIP() << "dciodvfy (dicom3tools) is not installed";
    }
    EXPECT_THAT(*errors, IsEmpty()) << entry.path().filename();
    ++checked;
  }
  EXPECT_GT(checked, 20);
}

TEST(Export, GivesTheMasksThatSlicersFileGivesWhenItIsResampledAnew) {
  if (testing::runCommand("/usr/bin/python3 -c 'import pydicom, numpy'").status != 0) {
    GTEST_SKIP() << "python3-pydicom and python3-numpy are not installed";
  }
  const TemporaryFolder scratch;
  const auto run = runProgram({"export", testing::sampleResult().string(), "--to",
                               "seg,seg-fractional,slicer", "--output", scratch.path("out")});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const auto compared = testing::runCommand(
      "/usr/bin/python3 " + (testing::sourceDir() / "tests/interop/resample_seg.py").string() +
      " " + scratch.path("out/slicer/anatomy.seg.nrrd") + " " + scratch.path("out/seg.dcm") + " " +
      scratch.path("out/seg-fractional.dcm"));
  EXPECT_EQ(compared.status, 0) << compared.output;
}

TEST(Export, GivesTheSameBytesFromTheStudyAsFromItsHeaders) {
  const TemporaryFolder scratch;
  const std::string bare = withoutSource(scratch);
  ASSERT_EQ(runProgram({"export", testing::sampleResult().string(), "--to", "sr", "--output",
                        scratch.path("kept")})
                .exit_code,
            0);
  const auto run = runProgram({"export", bare, "--to", "sr", "--study",
                               testing::sampleStudy().string(), "--output", scratch.path("given")});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  for (const char* file : {"sr.dcm", "seg.dcm"}) {
    EXPECT_EQ(readText(scratch.path() / "kept" / file), readText(scratch.path() / "given" / file));
  }
}

/// The sample result with a review: its first contact rejected, the left detachment point moved.
std::string reviewedResult(const TemporaryFolder& scratch) {
  fs::copy(testing::sampleResult(), scratch.path() / "read", fs::copy_options::recursive);
  const Assessment assessment =
      result::assessmentFromJson(readText(testing::sampleResult() / "assessment.json"));
  const SideAssessment& right = assessment.sides[1];
  const Point3 moved = assessment.sides[0].nerve.landmarks.detachment_point->lps_mm;
  std::ofstream(scratch.path("moved.json"))
      << fmt::format(R"({{"frame": "LPS", "left_detachment_point": [{}, {}, {}]}})", moved.x + 0.4,
                     moved.y, moved.z);
  const auto run = runProgram({"review", scratch.path("read"), "--reader", "A. Reader", "--reject",
                               right.contacts.at(0).id, "--landmarks", scratch.path("moved.json")});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  return scratch.path("read");
}

/// What a report can hold of a result.
std::string heldByReport(const fs::path& result) {
  Assessment assessment = result::assessmentFromJson(readText(result / "assessment.json"));
  assessment.series.clear();
  assessment.series_used = {};
  assessment.registrations.clear();
  assessment.clinical = {};
  return result::toJson(assessment);
}

/// The sample result, and finished ones of other studies where the environment names their folder.
std::vector<fs::path> finishedResults() {
  std::vector<fs::path> results = {testing::sampleResult()};
  if (const char* more = std::getenv("NEUROVASC_RESULTS_DIR")) {
    for (const auto& entry : fs::directory_iterator(more)) {
      if (fs::exists(entry.path() / "assessment.json") && fs::exists(entry.path() / "source")) {
        results.push_back(entry.path());
      }
    }
  }
  return results;
}

TEST(Export, WritesReportsThatGiveTheAssessmentBack) {
  for (const fs::path& result : finishedResults()) {
    const TemporaryFolder scratch;
    const auto run =
        runProgram({"export", result.string(), "--to", "sr", "--output", scratch.path("out")});
    ASSERT_EQ(run.exit_code, 0) << run.err;
    EXPECT_EQ(result::toJson(interop::readReport(scratch.path("out/sr.dcm"))), heldByReport(result))
        << result.filename();
  }
}

TEST(Export, WritesASegmentationThatContactTakes) {
  const TemporaryFolder scratch;
  const std::string seg = scratch.path("out/seg.dcm");
  ASSERT_EQ(runProgram({"export", testing::sampleResult().string(), "--to", "seg", "--output",
                        scratch.path("out")})
                .exit_code,
            0);
  const auto contact = [&](const std::string& label) {
    return runProgram({"contact", "--nerve", seg + ":2", "--vessel", seg + ":" + label, "--side",
                       "right", "--output", scratch.path("measured" + label)});
  };
  const auto unknown = contact("99");
  EXPECT_EQ(unknown.exit_code, 3);
  std::smatch vessel;
  ASSERT_TRUE(std::regex_search(unknown.err, vessel, std::regex(R"((\d+) \([^)]*V\d+\))")))
      << unknown.err;
  const auto measured = contact(vessel[1].str());
  EXPECT_EQ(measured.exit_code, 0) << measured.err;
  EXPECT_THAT(measured.out, HasSubstr("RIGHT FACIAL NERVE"));
}

TEST(Export, WritesARejectedContactAndAMovedLandmarkWithBothValuesAndTheReader) {
  const TemporaryFolder scratch;
  const std::string result = reviewedResult(scratch);
  const auto run = runProgram({"export", result, "--to", "sr", "--output", scratch.path("out")});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const auto errors = testing::dicomErrors(scratch.path("out/sr-1.dcm"));
  EXPECT_THAT(errors.value_or(std::vector<std::string>{}), IsEmpty());
  if (testing::runCommand("/usr/bin/python3 -c 'import pydicom'").status != 0) {
    GTEST_SKIP() << "python3-pydicom is not installed";
  }
  const std::string script =
      "/usr/bin/python3 " + (testing::sourceDir() / "tests/interop/").string();
  const auto words =
      testing::runCommand(script + "read_review.py " + scratch.path("out/sr-1.dcm")).output;
  EXPECT_THAT(words, HasSubstr("contact R1: program"));
  EXPECT_THAT(words, HasSubstr("A. Reader Rejected"));
  EXPECT_THAT(words, HasSubstr("landmark RDP: program at"));
  EXPECT_THAT(words, HasSubstr("A. Reader at"));
  const auto values = testing::runCommand(script + "compare_sr.py " + scratch.path("out/sr-1.dcm") +
                                          " " + result + "/assessment.json");
  EXPECT_EQ(values.status, 0) << values.output;
}

TEST(Export, OfAReadersReportNamesReadersItDoesNotKnow) {
  const TemporaryFolder scratch;
  const auto run = runProgram({"export", testing::sampleResult().string(), "--to", "sr", "--reader",
                               "Nobody", "--output", scratch.path("out")});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err, HasSubstr("Nobody"));
}

TEST(Export, AsksForTheStudyWhereTheResultKeepsNoHeaders) {
  const TemporaryFolder scratch;
  const auto run = runProgram(
      {"export", withoutSource(scratch), "--to", "seg", "--output", scratch.path("out")});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err, HasSubstr("--study"));
  EXPECT_FALSE(fs::exists(scratch.path("out")));
}

TEST(Export, WritesPlainKindsWithoutTheStudy) {
  const TemporaryFolder scratch;
  const auto run =
      runProgram({"export", withoutSource(scratch), "--to",
                  "mesh-stl,vtp,obj,ply,gltf,nifti,seg-nrrd", "--output", scratch.path("out")});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  for (const char* file :
       {"mesh-stl/brain.stl", "vtp/brain.vtp", "obj/brain.obj", "ply/brain.ply", "gltf/scene.glb",
        "nifti/anatomy.nii.gz", "nifti/t2.nii.gz", "seg-nrrd/anatomy.seg.nrrd"}) {
    EXPECT_GT(fs::file_size(scratch.path() / "out" / file), 0U) << file;
  }
}

TEST(Export, GoesIntoTheResultOfAnalyzeAndIntoItsRecord) {
  const TemporaryFolder scratch;
  const auto run =
      runProgram({"analyze", testing::sampleStudy().string(), "--without", "pictures,page,pdf",
                  "--export", "sr,nifti", "--output", scratch.path("out")});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(fs::status(scratch.path("out/export")).permissions(), fs::perms::owner_all);
  EXPECT_THAT(readText(scratch.path("out/run.json")), HasSubstr("export/seg.dcm"));
  EXPECT_TRUE(fs::exists(scratch.path("out/export/nifti/anatomy.nii.gz")));
}

TEST(Export, OfDicomIsRefusedBeforeAnAnalysisThatKeepsNoHeaders) {
  const TemporaryFolder scratch;
  const auto run = runProgram({"analyze", testing::sampleStudy().string(), "--without", "source",
                               "--export", "sr", "--output", scratch.path("out")});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err, HasSubstr("--export"));
}

TEST(Export, GivesASceneForSlicerInWhichEverythingIsThere) {
  const TemporaryFolder scratch;
  const auto run = runProgram({"export", testing::sampleResult().string(), "--to", "slicer",
                               "--output", scratch.path("out")});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const fs::path scene = scratch.path() / "out/slicer/scene.mrml";
  const auto check = testing::runCommand(
      "/usr/bin/python3 " + (testing::sourceDir() / "tests/interop/check_scene.py").string() + " " +
      scene.string());
  EXPECT_EQ(check.status, 0);
  EXPECT_EQ(check.output, "");
  EXPECT_THAT(readText(scene), HasSubstr("facial nerve (VII), left"));
  EXPECT_THAT(readText(scratch.path() / "out/slicer/contacts.mrk.json"), HasSubstr("L1 "));
}

TEST(Export, ReplacesWhatAnExportMadeWhenAskedToAndNothingElse) {
  const TemporaryFolder scratch;
  const auto run = [&](const char* kind, std::vector<std::string> more = {}) {
    std::vector<std::string> words = {
        "export", testing::sampleResult().string(), "--to", kind, "--output", scratch.path("out")};
    words.insert(words.end(), more.begin(), more.end());
    return runProgram(words).exit_code;
  };
  EXPECT_EQ(run("vtp"), 0);
  EXPECT_EQ(run("mesh-stl"), 8);
  EXPECT_EQ(run("mesh-stl", {"--overwrite"}), 0);
  EXPECT_TRUE(fs::exists(scratch.path("out/mesh-stl/brain.stl")));
  EXPECT_FALSE(fs::exists(scratch.path("out/vtp"))) << "of the export before";
  std::ofstream(scratch.path("out/notes.txt")) << "mine";
  EXPECT_EQ(run("vtp", {"--overwrite"}), 8);
  EXPECT_EQ(readText(scratch.path("out/notes.txt")), "mine");
}

TEST(Export, NeverReplacesAResult) {
  const TemporaryFolder scratch;
  fs::copy_file(testing::sampleResult() / "assessment.json", scratch.path("assessment.json"));
  const auto run = runProgram({"export", testing::sampleResult().string(), "--to", "vtp",
                               "--overwrite", "--output", scratch.path().string()});
  EXPECT_EQ(run.exit_code, 8);
  EXPECT_THAT(run.err, HasSubstr("is a result itself"));
  EXPECT_TRUE(fs::exists(scratch.path("assessment.json")));
}

TEST(Export, RefusesKindsItDoesNotKnow) {
  const TemporaryFolder scratch;
  const auto run = runProgram({"export", testing::sampleResult().string(), "--to", "seg,hologram",
                               "--output", scratch.path("out")});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err, HasSubstr("hologram"));
}

}  // namespace
}  // namespace neurovasc
