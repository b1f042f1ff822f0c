#include "stored_result.h"

#include <fstream>
#include <iterator>
#include <string>

#include "neurovasc/core/error.h"
#include "neurovasc/result/assessment_json.h"
#include "neurovasc/result/comparison_json.h"
#include "neurovasc/result/result_folder.h"

namespace neurovasc::archive {
namespace {

std::string contentOf(const std::filesystem::path& folder, std::string_view name,
                      const char* command) {
  std::ifstream file(folder / name, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), {}};
  if (!file) {
    throw Error(ErrorCode::input_unreadable,
                (folder.parent_path().filename() / folder.filename()).string() + ": its " +
                    std::string(name) + " cannot be read",
                std::string("Make it again with 'neurovasc archive ") + command + "'.");
  }
  return text;
}

}  // namespace

Assessment readStoredAssessment(const std::filesystem::path& folder) {
  return result::assessmentFromJson(contentOf(folder, result::kAssessmentFile, "retry"));
}

Comparison readStoredComparison(const std::filesystem::path& folder) {
  return result::comparisonFromJson(contentOf(folder, result::kComparisonFile, "compare --retry"));
}

}  // namespace neurovasc::archive
