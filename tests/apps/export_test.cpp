#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "program.h"
#include "support/dicom_check.h"

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
                               "seg,seg-fractional,sr,sc,stl,burned-in,rtstruct", "--output",
                               scratch.path("out")});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(fs::status(scratch.path("out")).permissions(), fs::perms::owner_all);
  int checked = 0;
  for (const auto& entry : fs::directory_iterator(scratch.path("out"))) {
    const auto errors = testing::dicomErrors(entry.path().string());
    if (!errors) {
      GTEST_SKIP() << "dciodvfy (dicom3tools) is not installed";
    }
    EXPECT_THAT(*errors, IsEmpty()) << entry.path().filename();
    ++checked;
  }
  EXPECT_GT(checked, 20);
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
  const auto run = runProgram({"analyze", testing::sampleStudy().string(), "--without", "pictures",
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

TEST(Export, RefusesKindsItDoesNotKnow) {
  const TemporaryFolder scratch;
  const auto run = runProgram({"export", testing::sampleResult().string(), "--to", "seg,hologram",
                               "--output", scratch.path("out")});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err, HasSubstr("hologram"));
}

}  // namespace
}  // namespace neurovasc
