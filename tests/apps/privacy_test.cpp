// Nothing that names the patient stands in a log, JSON, report, table or file name
// (docs/logging-policy.md).

#include <gtest/gtest.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>

#include "patient.h"
#include "program.h"

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
  static const std::vector<std::string> words = {lowerCase(kPatient.surname),
                                                 lowerCase(kPatient.first_name),
                                                 lowerCase(kPatient.id),
                                                 lowerCase(kPatient.accession),
                                                 kPatient.birth_date,
                                                 "1961-12-27",
                                                 kPatient.study_date,
                                                 "2023-04-19",
                                                 "2.25."};
  return words;
}

void expectNone(const std::string& text, const std::string& where) {
  const std::string folded = lowerCase(text);
  for (const auto& word : planted()) {
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
  for (const auto& word : {kPatient.surname, kPatient.id, kPatient.accession, kPatient.birth_date,
                           kPatient.study_date}) {
    EXPECT_NE(headers.find(lowerCase(word)), std::string::npos) << word;
  }
  EXPECT_NE(lowerCase(study.string()).find(lowerCase(kPatient.surname)), std::string::npos);
}

TEST(Privacy, HoldsForEveryFileOutsideSource) {
  const fs::path result = testing::sampleResult();
  int files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(result)) {
    const std::string relative = fs::relative(entry.path(), result).string();
    if (relative.rfind("source", 0) == 0 || !entry.is_regular_file()) {
      continue;
    }
    const std::string content = contentOf(entry.path());
    EXPECT_FALSE(content.empty()) << relative;
    expectNone(relative, "a file name");
    expectNone(content, relative);
    ++files;
  }
  EXPECT_GT(files, 10);
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

TEST(Privacy, HoldsForEverythingSaidOnTheTerminal) {
  const testing::RunResult run =
      testing::runProgram({"inspect", testing::sampleStudy().string(), "--verbose"});
  EXPECT_NE(run.out.find("cisternography"), std::string::npos);
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
