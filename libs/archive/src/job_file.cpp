#include "job_file.h"

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "neurovasc/archive/run.h"
#include "neurovasc/core/error.h"
#include "neurovasc/result/result_folder.h"

namespace neurovasc::archive {
namespace {

namespace fs = std::filesystem;

constexpr const char* kSchema = "neurovasc.job/1";

JobFile fromJson(const nlohmann::json& json) {
  JobFile job;
  JobRow& row = job.row;
  row.key = json.at("job");
  row.state = json.at("state") == name(JobState::done) ? JobState::done : JobState::failed;
  row.attempts = json.at("attempts");
  row.exit_code = json.at("exit_code");
  row.code = json.at("code");
  row.reason = json.at("reason");
  row.version = json.at("version");
  row.options_hash = json.at("options_hash");
  row.input_files = json.at("input_files");
  row.input_bytes = json.at("input_bytes");
  row.seconds = json.at("seconds");
  row.peak_mib = json.at("peak_mib");
  row.folder = json.at("folder");
  job.assessment_sha256 = json.at("assessment_sha256");
  return job;
}

}  // namespace

fs::path jobFilePath(const fs::path& output, const std::string& key) {
  return output / kJobsFolder / (key + ".json");
}

void writeJobFile(const fs::path& output, const JobFile& job) {
  const JobRow& row = job.row;
  const nlohmann::ordered_json json = {{"schema", kSchema},
                                       {"job", row.key},
                                       {"state", name(row.state)},
                                       {"attempts", row.attempts},
                                       {"exit_code", row.exit_code},
                                       {"code", row.code},
                                       {"reason", row.reason},
                                       {"version", row.version},
                                       {"options_hash", row.options_hash},
                                       {"input_files", row.input_files},
                                       {"input_bytes", row.input_bytes},
                                       {"seconds", row.seconds},
                                       {"peak_mib", row.peak_mib},
                                       {"folder", row.folder},
                                       {"assessment_sha256", job.assessment_sha256}};
  const auto replace = nlohmann::ordered_json::error_handler_t::replace;
  result::replaceFile(jobFilePath(output, row.key), json.dump(2, ' ', false, replace) + "\n");
}

std::optional<JobFile> readJobFile(const fs::path& output, const std::string& key) {
  const fs::path path = jobFilePath(output, key);
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    return std::nullopt;
  }
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  try {
    return fromJson(nlohmann::json::parse(text));
  } catch (const nlohmann::json::exception&) {
    throw Error(ErrorCode::input_unreadable, path.filename().string() + ": not a job's outcome",
                "Delete it; the study is then run again.");
  }
}

}  // namespace neurovasc::archive
