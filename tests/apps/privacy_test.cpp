// Nothing that names the patient stands in a log, JSON, report, table or file name
// (docs/logging-policy.md).

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>

#include "neurovasc/imaging/image_io.h"
#include "neurovasc/result/assessment_json.h"
#include "patient.h"
#include "program.h"
#include "support/dicom_check.h"

namespace neurovasc {
namespace {

namespace fs = std::filesystem;
using testing::kPatient;

std::string lowerCase(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

/// What leads to the sample study's invented patient; "2.25." begins its UIDs.
const std::vector<std::string>& planted() {
  static const std::vector<std::string> words = {
      lowerCase(kPatient.surname),   lowerCase(kPatient.first_name),
      lowerCase(kPatient.id),        lowerCase(kPatient.accession),
      kPatient.birth_date,           "1961-12-27",
      kPatient.study_date,           "2023-04-19",
      lowerCase(kPatient.physician), lowerCase(kPatient.institution),
      lowerCase(kPatient.secret),    "2.25."};
  return words;
}

void expectNone(const std::string& text, const std::string& where,
                const std::vector<std::string>& words = planted()) {
  const std::string folded = lowerCase(text);
  for (const auto& word : words) {
    EXPECT_EQ(folded.find(word), std::string::npos) << word << " stands in " << where;
  }
}

/// A file's content, of a compressed one what is inside.
std::string contentOf(const fs::path& file) {
  if (file.extension() != ".gz") {
    return testing::readText(file);
  }
  std::string content;
  std::array<char, 65536> block{};
  gzFile in = gzopen(file.c_str(), "rb");
  for (int read = 1; in != nullptr && read > 0;) {
    read = gzread(in, block.data(), block.size());
    content.append(block.data(), static_cast<std::size_t>(std::max(read, 0)));
  }
  gzclose(in);
  return content;
}

TEST(Privacy, IsTestedOnAStudyThatHoldsThePatient) {
  const fs::path study = testing::sampleStudy();
  std::string headers;
  for (const auto& entry : fs::recursive_directory_iterator(study)) {
    if (entry.is_regular_file()) {
      headers = lowerCase(testing::readText(entry.path()));
      break;
    }
  }
  for (const auto& word :
       {kPatient.surname, kPatient.id, kPatient.accession, kPatient.birth_date, kPatient.study_date,
        kPatient.physician, kPatient.institution, kPatient.secret}) {
    EXPECT_NE(headers.find(lowerCase(word)), std::string::npos) << word;
  }
  EXPECT_NE(lowerCase(study.string()).find(lowerCase(kPatient.surname)), std::string::npos);
  int surnames = 0;
  for (std::size_t at = 0;
       (at = headers.find(lowerCase(kPatient.surname), at)) != std::string::npos; ++at) {
    ++surnames;
  }
  EXPECT_GT(surnames, 200) << "few text elements name the patient";
}

/// Looks into every file of @p folder but those of source/, whose place is for identity, and into
/// the text of PDF files; returns how many there were.
int expectNoneIn(const fs::path& folder) {
  int files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const std::string relative = fs::relative(entry.path(), folder).string();
    expectNone(relative, "a file name");
    if (relative.rfind("source", 0) == 0 || !entry.is_regular_file()) {
      continue;
    }
    const std::string content = contentOf(entry.path());
    EXPECT_FALSE(content.empty()) << relative;
    expectNone(content, relative);
    if (entry.path().extension() == ".pdf") {
      expectNone(testing::runCommand("pdftotext '" + entry.path().string() + "' -").output,
                 "the text of " + relative);
    }
    ++files;
  }
  return files;
}

void expectNoneSaid(const testing::RunResult& run) {
  EXPECT_EQ(run.exit_code, 0) << run.err;
  expectNone(run.out, "stdout");
  expectNone(run.err, "stderr");
}

TEST(Privacy, HoldsForEveryFileOutsideSource) {
  EXPECT_GT(expectNoneIn(testing::sampleResult()), 10);
}

TEST(Privacy, HoldsForAComparisonWithItsStudiesAndForWhatIsSaidOnTheWay) {
  expectNoneSaid(testing::sampleComparisonRun());
  EXPECT_TRUE(fs::exists(testing::sampleComparison() / "dates/1/assessment.json"));
  EXPECT_GT(expectNoneIn(testing::sampleComparison()), 10);
}

TEST(Privacy, HoldsForAReviewAndTheReportsWrittenAnew) {
  const testing::TemporaryFolder scratch;
  fs::copy(testing::sampleResult(), scratch.path("result"), fs::copy_options::recursive);
  expectNoneSaid(testing::runProgram({"review", scratch.path("result"), "--reader", "AB", "--zone",
                                      "left:CP=clear", "--verbose"}));
  expectNoneIn(scratch.path("result"));
}

TEST(Privacy, HoldsForEveryPlainKindOfExport) {
  const testing::TemporaryFolder scratch;
  expectNoneSaid(testing::runProgram({"export", testing::sampleResult().string(), "--to",
                                      "mesh-stl,vtp,obj,ply,gltf,nifti,seg-nrrd,bids,slicer",
                                      "--verbose", "--output", scratch.path("out")}));
  EXPECT_GT(expectNoneIn(scratch.path("out")), 10);
}

TEST(Privacy, HoldsForPicturesWithoutHiddenText) {
  int pictures = 0;
  for (const auto& entry : fs::directory_iterator(testing::sampleResult() / "pictures")) {
    const std::string content = testing::readText(entry.path());
    for (const char* compressed_text : {"zTXt", "iTXt"}) {
      EXPECT_EQ(content.find(compressed_text), std::string::npos) << entry.path();
    }
    ++pictures;
  }
  EXPECT_GT(pictures, 0);
}

/// How far the grid's foremost corner lies before @p point, mm: y of LPS grows backward.
double reachesBefore(const GridGeometry& grid, const Point3& point) {
  double reach_mm = 0;
  for (const int i : {0, grid.size[0] - 1}) {
    for (const int j : {0, grid.size[1] - 1}) {
      for (const int k : {0, grid.size[2] - 1}) {
        reach_mm = std::max(reach_mm, point.y - grid.toLps(i, j, k).y);
      }
    }
  }
  return reach_mm;
}

TEST(Privacy, HoldsForVolumesWhichEndBehindTheEyes) {
  // Eyes begin some 50 mm before the nerve's root, the face lies farther in front.
  constexpr double kBehindEyes_mm = 45;
  const fs::path result = testing::sampleResult();
  const Assessment assessment =
      result::assessmentFromJson(testing::readText(result / "assessment.json"));
  const auto& root = assessment.sides.at(0).nerve.landmarks.root_exit_point;
  ASSERT_TRUE(root.has_value());
  int volumes = 0;
  for (const char* folder : {"volumes", "masks"}) {
    for (const auto& entry : fs::directory_iterator(result / folder)) {
      const std::string file = entry.path().string();
      if (entry.path().extension() == ".gz") {
        EXPECT_LT(reachesBefore(imaging::readImage(file).geometry(), root->lps_mm), kBehindEyes_mm)
            << entry.path().filename();
        ++volumes;
      }
    }
  }
  EXPECT_GE(volumes, 3);
}

TEST(Privacy, HoldsForEverythingSaidOnTheTerminal) {
  const testing::RunResult run =
      testing::runProgram({"inspect", testing::sampleStudy().string(), "--verbose"});
  EXPECT_NE(run.out.find("cisternography"), std::string::npos);
  expectNone(run.out, "stdout");
  expectNone(run.err, "stderr");
}

/// The UIDs of the sample study's first file.
std::vector<std::string> sourceUids() {
  DcmFileFormat file;
  const fs::path header = testing::sampleResult() / "source/t2/0001.dcm";
  EXPECT_TRUE(file.loadFile(header.c_str()).good());
  std::vector<std::string> uids;
  for (const DcmTagKey& tag :
       {DCM_StudyInstanceUID, DCM_SeriesInstanceUID, DCM_SOPInstanceUID, DCM_FrameOfReferenceUID}) {
    OFString uid;
    EXPECT_TRUE(file.getDataset()->findAndGetOFString(tag, uid).good());
    uids.emplace_back(uid.c_str());
  }
  return uids;
}

TEST(Privacy, HoldsForEveryDicomObjectThatIsDeidentified) {
  const testing::TemporaryFolder scratch;
  const testing::RunResult run = testing::runProgram(
      {"export", testing::sampleResult().string(), "--to",
       "seg,seg-fractional,sr,sc,pdf,stl,burned-in,rtstruct", "--deidentify", "--site-key",
       scratch.path("site.key"), "--output", scratch.path("out")});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  std::vector<std::string> words = planted();
  words.pop_back();  // the root of UIDs, which new ones have as well
  const std::vector<std::string> uids = sourceUids();
  words.insert(words.end(), uids.begin(), uids.end());
  int objects = 0;
  for (const auto& entry : fs::recursive_directory_iterator(scratch.path("out"))) {
    if (entry.is_regular_file()) {
      expectNone(testing::readText(entry.path()), entry.path().filename().string(), words);
      ++objects;
    }
  }
  EXPECT_GT(objects, 10);
}

TEST(Privacy, AsksForASiteKeyToDeidentify) {
  const testing::RunResult run =
      testing::runProgram({"export", testing::sampleResult().string(), "--to", "seg",
                           "--deidentify", "--output", "/nowhere"});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_NE(run.err.find("--site-key"), std::string::npos);
}

TEST(Privacy, KeepsTheSourceHeadersToTheirOwner) {
  const fs::path source = testing::sampleResult() / "source";
  ASSERT_TRUE(fs::is_directory(source));
  EXPECT_EQ(fs::status(source).permissions() & fs::perms::all, fs::perms::owner_all);
}

}  // namespace
}  // namespace neurovasc
