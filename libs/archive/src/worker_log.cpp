#include "worker_log.h"

#include <nlohmann/json.hpp>

namespace neurovasc::archive {
namespace {

// Some thousand warnings; a worker that says more is broken.
constexpr std::uintmax_t kMostBytes = 1U << 20U;

std::string textOf(const nlohmann::json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

}  // namespace

WorkerLog::WorkerLog(const std::filesystem::path& file) : file_(file, std::ios::binary) {}

void WorkerLog::keep(const std::string& line) {
  if (bytes_ + line.size() < kMostBytes) {
    file_ << line << '\n';
    bytes_ += line.size() + 1;
  } else {
    ++dropped_;
  }
}

void WorkerLog::take(const std::string& line) {
  const auto json = nlohmann::json::parse(line, nullptr, false);
  const std::string event = json.is_object() ? textOf(json, "event") : std::string();
  if (event == "progress") {
    // The stages are enough; each has many reports.
    if (textOf(json, "stage") != stage_) {
      stage_ = textOf(json, "stage");
      keep(nlohmann::ordered_json{{"event", "stage"}, {"stage", stage_}}.dump());
    }
  } else if (event == "warning") {
    keep(line);
  } else if (event == "error") {
    error_ = textOf(json, "message");
    error_code_ = textOf(json, "code");
    keep(line);
  } else {
    ++dropped_;  // where it wrote to, and what libraries print
  }
}

void WorkerLog::close(const std::string& outcome) {
  file_ << nlohmann::ordered_json{{"event", "end"}, {"outcome", outcome}, {"dropped", dropped_}}
               .dump()
        << '\n';
  file_.close();
}

}  // namespace neurovasc::archive
