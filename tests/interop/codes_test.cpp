#include "neurovasc/interop/codes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>

#include "support/paths.h"
#include "verhoeff.h"

namespace neurovasc::interop {
namespace {

using ::testing::HasSubstr;

TEST(Codes, HaveOneRowForEachConceptInOrder) {
  const auto& table = codedConcepts();
  for (std::size_t i = 0; i < table.size(); ++i) {
    EXPECT_EQ(static_cast<std::size_t>(table[i].id), i) << table[i].code.meaning;
  }
  EXPECT_EQ(table.size(), static_cast<std::size_t>(Concept::retain_modified_dates) + 1);
}

TEST(Codes, StandOnceEach) {
  std::set<std::pair<std::string, std::string>> seen;
  for (const auto& row : codedConcepts()) {
    EXPECT_TRUE(seen.insert({row.code.scheme, row.code.value}).second) << row.code.value;
  }
}

TEST(Codes, OfSnomedPassTheCheckDigit) {
  int checked = 0;
  for (const auto& row : codedConcepts()) {
    if (row.code.scheme == "SCT") {
      EXPECT_TRUE(testing::passesVerhoeff(row.code.value)) << row.code.meaning;
      ++checked;
    }
  }
  EXPECT_GT(checked, 30);
  EXPECT_FALSE(testing::passesVerhoeff("56052002"));
}

TEST(Codes, FitTheElementsTheyAreWrittenTo) {
  const std::set<std::string> schemes = {"SCT", "DCM",  "UCUM",    "LN",
                                         "FMA", "UMLS", "RFC5646", "99HFSNVC"};
  for (const auto& row : codedConcepts()) {
    EXPECT_LE(row.code.value.size(), 16U) << row.code.value;      // VR SH
    EXPECT_LE(row.code.meaning.size(), 64U) << row.code.meaning;  // VR LO
    EXPECT_EQ(schemes.count(row.code.scheme), 1U) << row.code.scheme;
    EXPECT_FALSE(row.use.empty()) << row.code.value;
  }
}

TEST(Codes, ArePublishedInTheConformanceStatement) {
  std::ifstream file(testing::sourceDir() / "docs/dicom-conformance.md", std::ios::binary);
  const std::string text(std::istreambuf_iterator<char>(file), {});
  EXPECT_THAT(text, HasSubstr(codeTableMarkdown()))
      << "the table in docs/dicom-conformance.md is to be:\n"
      << codeTableMarkdown();
}

}  // namespace
}  // namespace neurovasc::interop
