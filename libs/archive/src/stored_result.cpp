#include "stored_result.h"

#include <fstream>
#include <iterator>
#include <string>

#include "neurovasc/core/error.h"
#include "neurovasc/result/assessment_json.h"
#include "neurovasc/result/result_folder.h"

namespace neurovasc::archive {

Assessment readStoredAssessment(const std::filesystem::path& folder) {
  std::ifstream file(folder / result::kAssessmentFile, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  if (!file) {
    throw Error(ErrorCode::input_unreadable,
                "results/" + folder.filename().string() + ": its assessment.json cannot be read",
                "Run the study again with 'neurovasc archive retry'.");
  }
  return result::assessmentFromJson(text);
}

}  // namespace neurovasc::archive
