#include "page_output.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "neurovasc/imaging/image_io.h"
#include "neurovasc/pipeline/analyze.h"
#include "support/temporary_folder.h"

namespace neurovasc::pipeline {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string textOf(const std::string& file) {
  std::stringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

/// Analyses a T2 volume that shows nothing into @p box and returns what was warned of.
std::string analyzeFlat(const testing::TemporaryFolder& box, const AnalyzeOptions& options) {
  GridGeometry grid;
  grid.size = {60, 50, 30};
  grid.spacing_mm = {0.6, 0.6, 0.6};
  grid.origin_mm = {-18, -140, 20};
  StudyInput input;
  input.t2 = box.path("t2.nii.gz");
  imaging::writeImage(ImageF(grid, 100.0F), input.t2);
  std::string warnings;
  const auto note = [&warnings](std::string_view text) { warnings += std::string(text) + "\n"; };
  analyze(input, box.path("OUT"), options, Progress({}, note, {}));
  return warnings;
}

TEST(AnalyzedPage, IsWrittenAndListedOrSaidToBeMissing) {
  const testing::TemporaryFolder box;
  const std::string warnings = analyzeFlat(box, {});
  const bool written = std::filesystem::exists(box.path("OUT/report.html"));
  EXPECT_EQ(written, page::isPageBuilt());
  EXPECT_EQ(warnings.find("no report.html") == warnings.npos, written);
  EXPECT_EQ(textOf(box.path("OUT/assessment.json")).find("report.html") != std::string::npos,
            written);
  // A build without the page is no property of the study.
  EXPECT_THAT(textOf(box.path("OUT/report.txt")), Not(HasSubstr("report.html")));
}

TEST(AnalyzedPage, IsLeftOutOnRequestWithoutAWord) {
  const testing::TemporaryFolder box;
  AnalyzeOptions options;
  options.page = false;
  EXPECT_THAT(analyzeFlat(box, options), Not(HasSubstr("report.html")));
  EXPECT_FALSE(std::filesystem::exists(box.path("OUT/report.html")));
}

TEST(AnalyzedPdf, IsWrittenAndListedUnlessItIsLeftOut) {
  const testing::TemporaryFolder with;
  analyzeFlat(with, {});
  EXPECT_EQ(textOf(with.path("OUT/report.pdf")).rfind("%PDF-1.5", 0), 0U);
  EXPECT_THAT(textOf(with.path("OUT/assessment.json")), HasSubstr("report.pdf"));
  const testing::TemporaryFolder without;
  AnalyzeOptions options;
  options.pdf = false;
  analyzeFlat(without, options);
  EXPECT_FALSE(std::filesystem::exists(without.path("OUT/report.pdf")));
}

}  // namespace
}  // namespace neurovasc::pipeline
