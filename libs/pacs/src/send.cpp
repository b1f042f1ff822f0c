#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "neurovasc/core/error.h"
#include "neurovasc/pacs/transfer.h"
#include "retry.h"

namespace neurovasc::pacs {
namespace {

/// Objects on their way, and which of them the peer has.
class Send {
 public:
  Send(const std::vector<ObjectFile>& objects, const Progress& progress)
      : objects_(objects), progress_(progress) {}

  /// One try: asks what is there, then sends the rest. What went through before it breaks stays.
  void attempt(PacsConnection& pacs) {
    const std::set<std::string> there = present(pacs);
    std::vector<ObjectFile> missing;
    for (const auto& object : objects_) {
      if (there.count(object.sop_instance_uid) == 0 && sent_.count(object.sop_instance_uid) == 0) {
        missing.push_back(object);
      }
    }
    if (!missing.empty()) {
      pacs.store(missing, [&](const std::string& uid) { tick(uid); });
    }
  }

  SendSummary summary() const {
    SendSummary summary;
    summary.sent = static_cast<int>(sent_.size());
    summary.already_there = static_cast<int>(objects_.size() - sent_.size());
    return summary;
  }

 private:
  /// UIDs that the peer has of the series that are sent. Asked anew at each try: an object whose
  /// answer got lost when the connection broke may be there.
  std::set<std::string> present(PacsConnection& pacs) const {
    std::set<std::pair<std::string, std::string>> series;
    for (const auto& object : objects_) {
      series.insert({object.study_instance_uid, object.series_instance_uid});
    }
    std::set<std::string> uids;
    for (const auto& [study, one] : series) {
      for (const auto& instance : pacs.findInstances(study, one)) {
        uids.insert(instance.sop_instance_uid);
      }
    }
    return uids;
  }

  void tick(const std::string& uid) {
    sent_.insert(uid);
    progress_.report("send",
                     static_cast<double>(sent_.size()) / static_cast<double>(objects_.size()),
                     fmt::format("object {} of {}", sent_.size(), objects_.size()));
  }

  const std::vector<ObjectFile>& objects_;
  const Progress& progress_;
  std::set<std::string> sent_;
};

int committedOf(const std::vector<ObjectFile>& objects, const std::vector<std::string>& kept) {
  const std::set<std::string> uids(kept.begin(), kept.end());
  return static_cast<int>(std::count_if(objects.begin(), objects.end(), [&](const auto& object) {
    return uids.count(object.sop_instance_uid) > 0;
  }));
}

/// The number of objects that the peer vouches for.
int commit(PacsConnection& pacs, const PacsConfig& config, const std::vector<ObjectFile>& objects,
           const Progress& progress) {
  if (pacs.commitment() == Commitment::off) {
    return 0;
  }
  progress.report("commit", 0, "waiting for the PACS to say that it keeps the objects");
  int committed = 0;
  std::string cause;
  try {
    withRetries(config.retries, progress,
                [&] { committed = committedOf(objects, pacs.commit(objects)); });
    cause = fmt::format("the PACS vouches for {} of {} objects", committed, objects.size());
  } catch (const Error& error) {
    if (error.code() != ErrorCode::network_refused) {
      throw;
    }
    cause = error.message();
  }
  if (committed < static_cast<int>(objects.size())) {
    if (pacs.commitment() == Commitment::required) {
      throw Error(ErrorCode::network_refused, "no storage commitment: " + cause,
                  "The objects are sent. Send again to ask again, or set dimse.commitment to "
                  "when_offered.");
    }
    progress.warn("no storage commitment: " + cause);
  }
  return committed;
}

}  // namespace

SendSummary sendObjects(const PacsConfig& config, const std::vector<ObjectFile>& objects,
                        const Progress& progress) {
  if (objects.empty()) {
    throw Error(ErrorCode::usage, "there are no objects to send");
  }
  const auto pacs = connect(config, progress);
  Send send(objects, progress);
  withRetries(config.retries, progress, [&] { send.attempt(*pacs); });
  SendSummary summary = send.summary();
  summary.committed = commit(*pacs, config, objects, progress);
  return summary;
}

}  // namespace neurovasc::pacs
