#include "neurovasc/followup/reasons.h"

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <regex>
#include <sstream>
#include <string>

#include "support/paths.h"

namespace neurovasc::followup {
namespace {

/// What docs/follow-up.md says under "Reasons", by name.
std::map<std::string, std::string> documentedReasons() {
  std::ifstream file(testing::sourceDir() / "docs/follow-up.md");
  std::stringstream all;
  all << file.rdbuf();
  const std::string page = all.str();
  const auto begin = page.find("\n## Reasons\n");
  const std::string section = std::regex_replace(
      page.substr(begin, page.find("\n## ", begin + 1) - begin), std::regex("\n  "), " ");
  std::map<std::string, std::string> reasons;
  const std::regex item("- `([a-z0-9_]+)`: ([^\n]*)");
  for (std::sregex_iterator each(section.begin(), section.end(), item), end; each != end; ++each) {
    reasons[(*each)[1]] = (*each)[2];
  }
  return reasons;
}

TEST(Reasons, AreThoseOfTheDocumentsAndNoOthers) {
  const auto documented = documentedReasons();
  EXPECT_EQ(documented.size(), kReasons.size());
  for (const Reason reason : kReasons) {
    const auto found = documented.find(std::string(name(reason)));
    ASSERT_NE(found, documented.end()) << name(reason);
    // "(of one date alone)" may follow.
    EXPECT_EQ(found->second.rfind(words(reason), 0), 0U) << found->second;
  }
}

}  // namespace
}  // namespace neurovasc::followup
