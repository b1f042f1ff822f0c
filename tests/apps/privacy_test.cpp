// Nothing that names the patient stands in a log, JSON, report, table or file name
// (docs/logging-policy.md).

#include <gtest/gtest.h>

#include <filesystem>

#include "program.h"

namespace neurovasc {
namespace {

namespace fs = std::filesystem;

/// What the sample study's DICOM headers hold of its invented patient.
const std::vector<std::string>& planted() {
  static const std::vector<std::string> words = {"PHANTOM^", "2.25."};
  return words;
}

void expectNone(const std::string& text, const std::string& where) {
  for (const auto& word : planted()) {
    EXPECT_EQ(text.find(word), std::string::npos) << word << " stands in " << where;
  }
}

TEST(Privacy, HoldsForEveryFileOutsideSource) {
  const fs::path result = testing::sampleResult();
  int files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(result)) {
    const std::string relative = fs::relative(entry.path(), result).string();
    if (relative.rfind("source", 0) == 0 || !entry.is_regular_file()) {
      continue;
    }
    expectNone(relative, "a file name");
    expectNone(testing::readText(entry.path()), relative);
    ++files;
  }
  EXPECT_GT(files, 10);
}

TEST(Privacy, HoldsForEverythingSaidOnTheTerminal) {
  const testing::RunResult run =
      testing::runProgram({"inspect", testing::sampleStudy().string(), "--verbose"});
  expectNone(run.out, "stdout");
  expectNone(run.err, "stderr");
}

TEST(Privacy, KeepsTheSourceHeadersToTheirOwner) {
  const fs::path source = testing::sampleResult() / "source";
  ASSERT_TRUE(fs::is_directory(source));
  EXPECT_EQ(fs::status(source).permissions() & fs::perms::all, fs::perms::owner_all);
}

}  // namespace
}  // namespace neurovasc
