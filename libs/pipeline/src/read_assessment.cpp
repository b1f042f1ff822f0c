#include "read_assessment.h"

#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <string>

#include "neurovasc/core/error.h"
#include "neurovasc/result/assessment_json.h"
#include "neurovasc/result/result_folder.h"

namespace neurovasc::pipeline {

Assessment readAssessment(const std::filesystem::path& folder) {
  const std::filesystem::path file = folder / std::string(result::kAssessmentFile);
  std::ifstream stream(file, std::ios::binary);
  if (!stream) {
    throw Error(ErrorCode::input_unreadable, fmt::format("{}: cannot be read", file.string()),
                "Name a result folder that 'neurovasc analyze' made.");
  }
  const std::string json(std::istreambuf_iterator<char>(stream), {});
  return result::assessmentFromJson(json);
}

}  // namespace neurovasc::pipeline
