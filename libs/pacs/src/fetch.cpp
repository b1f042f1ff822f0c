#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "neurovasc/core/error.h"
#include "neurovasc/pacs/transfer.h"
#include "object_file.h"
#include "retry.h"

namespace neurovasc::pacs {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void throwUnwritable(const fs::path& path, const std::string& cause) {
  throw Error(ErrorCode::output_unwritable, fmt::format("{}: {}", path.string(), cause),
              "Name another output folder.");
}

/// The folder beside @p output in which objects gather, for its owner alone.
fs::path gatheringFolder(const fs::path& output) {
  const fs::path gathering = output.string() + ".partial";
  std::error_code failed;
  fs::create_directories(gathering, failed);
  if (!failed) {
    fs::permissions(gathering, fs::perms::owner_all, failed);
  }
  if (failed) {
    throwUnwritable(gathering, failed.message());
  }
  return gathering;
}

bool isWhole(const fs::path& folder, const FoundInstance& instance) {
  const auto object = readObjectFile(folder / objectFileName(instance.sop_instance_uid));
  return object && object->sop_instance_uid == instance.sop_instance_uid;
}

/// A study that is being fetched: what there is of it, and what is still missing.
class Fetch {
 public:
  Fetch(const std::string& study_instance_uid, const fs::path& folder, const Progress& progress)
      : study_(study_instance_uid), folder_(folder), progress_(progress) {}

  /// One try. What came before it breaks stays.
  void attempt(PacsConnection& pacs) {
    if (!listed_) {
      list(pacs);
    }
    for (auto& series : missing_) {
      bring(pacs, series);
    }
  }

  const FetchSummary& summary() const { return summary_; }

 private:
  using Instances = std::vector<FoundInstance>;

  void list(PacsConnection& pacs) {
    std::vector<Instances> missing;
    summary_ = {};
    total_ = 0;
    for (const auto& series : pacs.findSeries(study_)) {
      Instances instances = pacs.findInstances(study_, series.series_instance_uid);
      total_ += instances.size();
      const auto there = std::remove_if(instances.begin(), instances.end(),
                                        [&](const auto& i) { return isWhole(folder_, i); });
      summary_.already_there += static_cast<int>(std::distance(there, instances.end()));
      instances.erase(there, instances.end());
      missing.push_back(std::move(instances));
    }
    if (total_ == 0) {
      throw Error(ErrorCode::input_unreadable, "the PACS has no such study",
                  "See 'neurovasc pacs find' for those it has.");
    }
    missing_ = std::move(missing);
    listed_ = true;
  }

  void bring(PacsConnection& pacs, Instances& series) {
    if (series.empty()) {
      return;
    }
    const Instances asked = series;
    pacs.fetch(study_, asked, folder_, [&](const std::string& uid) { tick(series, uid); });
    if (!series.empty()) {
      throw TransientFailure(fmt::format("the PACS left out {} of {} objects of a series",
                                         series.size(), asked.size()),
                             "Its log says why.");
    }
  }

  void tick(Instances& series, const std::string& uid) {
    const auto came = std::find_if(series.begin(), series.end(),
                                   [&](const auto& i) { return i.sop_instance_uid == uid; });
    if (came != series.end()) {
      series.erase(came);
      ++summary_.fetched;
    }
    const int here = summary_.fetched + summary_.already_there;
    progress_.report("fetch", here / static_cast<double>(total_),
                     fmt::format("object {} of {}", here, total_));
  }

  const std::string& study_;
  const fs::path& folder_;
  const Progress& progress_;
  bool listed_ = false;
  std::size_t total_ = 0;
  std::vector<Instances> missing_;  ///< by series
  FetchSummary summary_;
};

/// What @p ask gives at the first try that does not break.
template <typename Ask>
auto asked(const PacsConfig& config, const Progress& progress, Ask ask) {
  const auto pacs = connect(config, progress);
  decltype(ask(*pacs)) answer;
  withRetries(config.retries, progress, [&] { answer = ask(*pacs); });
  return answer;
}

}  // namespace

void echo(const PacsConfig& config, const Progress& progress) { connect(config, progress)->echo(); }

std::vector<FoundStudy> findStudies(const PacsConfig& config, const StudyQuery& query,
                                    const Progress& progress) {
  validate(query);
  return asked(config, progress, [&](PacsConnection& pacs) { return pacs.findStudies(query); });
}

std::vector<FoundSeries> findSeries(const PacsConfig& config, const std::string& study_instance_uid,
                                    const Progress& progress) {
  return asked(config, progress,
               [&](PacsConnection& pacs) { return pacs.findSeries(study_instance_uid); });
}

std::vector<DescribedSeries> describeSeries(const PacsConfig& config,
                                            const std::string& study_instance_uid,
                                            const Progress& progress) {
  return asked(config, progress,
               [&](PacsConnection& pacs) { return pacs.describeSeries(study_instance_uid); });
}

std::vector<FoundInstance> findInstances(const PacsConfig& config,
                                         const std::string& study_instance_uid,
                                         const std::string& series_instance_uid,
                                         const Progress& progress) {
  return asked(config, progress, [&](PacsConnection& pacs) {
    return pacs.findInstances(study_instance_uid, series_instance_uid);
  });
}

FetchSummary fetchStudy(const PacsConfig& config, const std::string& study_instance_uid,
                        const fs::path& output, const Progress& progress) {
  if (study_instance_uid.empty()) {
    throw Error(ErrorCode::usage, "there is no study UID to fetch");
  }
  StudyQuery query;
  query.study_instance_uid = study_instance_uid;
  validate(query);
  if (fs::exists(output)) {
    throwUnwritable(output, "exists already");
  }
  const auto pacs = connect(config, progress);
  const fs::path gathering = gatheringFolder(output);
  quietDcmtk();
  Fetch fetch(study_instance_uid, gathering, progress);
  withRetries(config.retries, progress, [&] { fetch.attempt(*pacs); });
  std::error_code failed;
  fs::rename(gathering, output, failed);
  if (failed) {
    throwUnwritable(output, failed.message());
  }
  return fetch.summary();
}

}  // namespace neurovasc::pacs
