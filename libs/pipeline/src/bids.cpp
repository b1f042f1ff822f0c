#include "neurovasc/pipeline/bids.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <string_view>
#include <utility>

#include "bids_output.h"
#include "date_folder.h"
#include "export_job.h"
#include "neurovasc/core/error.h"
#include "neurovasc/interop/bids_dataset.h"
#include "neurovasc/pipeline/analyze.h"
#include "neurovasc/pipeline/compare.h"
#include "neurovasc/pipeline/export.h"
#include "neurovasc/result/result_folder.h"
#include "outputs.h"

namespace neurovasc::pipeline {
namespace {

namespace fs = std::filesystem;
using interop::BidsDataset;
using interop::BidsEntities;
using interop::BidsParticipant;
using interop::BidsSession;

std::string withoutKey(const std::string& label, const std::string& key) {
  return label.rfind(key, 0) == 0 ? label.substr(key.size()) : label;
}

/// "sub-01 ses-preop", as people write it.
std::string nameOf(const BidsEntities& entities) {
  return entities.session.empty()
             ? "sub-" + entities.participant
             : fmt::format("sub-{} ses-{}", entities.participant, entities.session);
}

/// The sessions in the order that the options name; the labels that no session has are none's.
std::vector<BidsSession> ordered(const BidsParticipant& participant,
                                 const std::vector<std::string>& order) {
  if (order.empty()) {
    return participant.isOrdered() ? participant.sessions : std::vector<BidsSession>{};
  }
  std::vector<BidsSession> sessions;
  for (const std::string& label : order) {
    const auto found =
        std::find_if(participant.sessions.begin(), participant.sessions.end(),
                     [&](const BidsSession& s) { return s.label == withoutKey(label, "ses-"); });
    if (found != participant.sessions.end()) {
      sessions.push_back(*found);
    }
  }
  return sessions;
}

/// One run over participants: what is there, and what became of it.
class ParticipantRun {
 public:
  ParticipantRun(const BidsRequest& request, const BidsDataset& dataset, const Progress& progress)
      : request_(request), dataset_(dataset), progress_(progress) {}

  void run(const BidsParticipant& participant) {
    for (const BidsSession& session : participant.sessions) {
      const BidsEntities entities{participant.label, session.label};
      attempt(nameOf(entities), [&] { return runSession(session, entities); });
    }
    if (const auto sessions = comparable(participant); sessions.size() > 1) {
      attempt(fmt::format("sub-{} comparison", participant.label),
              [&] { return runComparison(participant, sessions); });
    }
  }

  BidsOutcome outcome() && { return std::move(outcome_); }

 private:
  /// Counts @p work, which says whether there was anything to do; what fails is kept in words.
  template <typename Work>
  void attempt(const std::string& what, Work work) {
    progress_.stop().throwIfStopped();
    try {
      ++(work() ? outcome_.done : outcome_.kept);
    } catch (const Error& error) {
      if (error.code() == ErrorCode::cancelled || error.code() == ErrorCode::output_unwritable) {
        throw;
      }
      outcome_.failures.push_back(what + ": " + error.message());
      progress_.warn(outcome_.failures.back());
    }
  }

  fs::path resultOf(const BidsEntities& entities) const {
    const std::string name =
        entities.session.empty()
            ? "sub-" + entities.participant
            : fmt::format("sub-{}_ses-{}", entities.participant, entities.session);
    return fs::path(request_.output) / "sourcedata" / "neurovasc" / name;
  }

  fs::path folderOf(const BidsEntities& entities) const {
    return fs::path(request_.output) / interop::bidsFolder(entities) / "anat";
  }

  bool runSession(const BidsSession& session, const BidsEntities& entities) {
    if (fs::exists(folderOf(entities))) {
      return false;
    }
    for (const std::string& note : session.notes) {
      progress_.warn(nameOf(entities) + ": " + note);
    }
    if (!isResultFolder(resultOf(entities))) {
      analyzed(session, resultOf(entities));
    }
    written(session, entities);
    return true;
  }

  void analyzed(const BidsSession& session, const fs::path& target) const {
    if (session.t2.empty()) {
      throw Error(ErrorCode::no_usable_series, "no T2w image in its anat folder");
    }
    StudyInput input;
    input.t2 = session.t2.string();
    input.tof = session.tof.string();
    input.ce_t1 = session.ce_t1.string();
    AnalyzeOptions options;
    options.pictures = request_.pictures;
    options.page = request_.page;
    options.pdf = request_.pdf;
    options.threads = request_.threads;
    analyze(input, target.string(), options, progress_);
  }

  /// The session's anat folder, whole or not at all.
  void written(const BidsSession& session, const BidsEntities& entities) const {
    result::StagedFolder folder(folderOf(entities), false);
    const ExportOptions options;
    ExportJob job(resultOf(entities), options, progress_);
    const std::size_t prefix = std::string_view("anat/").size();
    writeBidsSession(job, {entities, urisOf(session)},
                     [&](const std::string& file) { return folder.path(file.substr(prefix)); });
    publish(folder, progress_);
  }

  std::map<SeriesRole, std::string> urisOf(const BidsSession& session) const {
    std::map<SeriesRole, std::string> uris;
    for (const auto& [role, image] :
         {std::pair{SeriesRole::cisternography, session.t2},
          std::pair{SeriesRole::tof, session.tof}, std::pair{SeriesRole::ce_t1, session.ce_t1}}) {
      if (!image.empty()) {
        uris[role] = "bids:raw:" + image.lexically_relative(dataset_.root).generic_string();
      }
    }
    return uris;
  }

  /// The sessions of which there are results to compare, in order of time.
  std::vector<BidsSession> comparable(const BidsParticipant& participant) const {
    std::vector<BidsSession> sessions = ordered(participant, request_.session_order);
    sessions.erase(std::remove_if(sessions.begin(), sessions.end(),
                                  [&](const BidsSession& s) {
                                    return !isResultFolder(resultOf({participant.label, s.label}));
                                  }),
                   sessions.end());
    return sessions;
  }

  bool runComparison(const BidsParticipant& participant, const std::vector<BidsSession>& sessions) {
    const fs::path target = fs::path(request_.output) / "sourcedata" / "neurovasc" /
                            fmt::format("sub-{}_comparison", participant.label);
    const bool to_do = !fs::exists(target);
    if (to_do) {
      compare(compareRequest(participant, sessions), target.string(), progress_);
    }
    copied(target / "comparison.json", participant, "comparison.json");
    copied(target / std::string(result::kPageFile), participant, "report.html");
    copied(target / std::string(result::kTextReportFile), participant, "report.txt");
    return to_do;
  }

  CompareRequest compareRequest(const BidsParticipant& participant,
                                const std::vector<BidsSession>& sessions) const {
    CompareRequest request;
    for (const BidsSession& session : sessions) {
      request.dates.push_back(resultOf({participant.label, session.label}).string());
      request.study_days.push_back(session.scan_day);
      if (!session.surgery_day.empty()) {
        request.surgery_date = session.surgery_day;
      }
    }
    if (!participant.isOrdered()) {
      request.study_days.clear();
    }
    request.pictures = request_.pictures;
    request.page = request_.page;
    request.pdf = request_.pdf;
    request.threads = request_.threads;
    return request;
  }

  void copied(const fs::path& file, const BidsParticipant& participant,
              const std::string& name) const {
    const fs::path target = fs::path(request_.output) / ("sub-" + participant.label) /
                            fmt::format("sub-{}_desc-nvc_{}", participant.label, name);
    if (fs::exists(file)) {
      fs::copy_file(file, target, fs::copy_options::overwrite_existing);
    }
  }

  const BidsRequest& request_;
  const BidsDataset& dataset_;
  const Progress& progress_;
  BidsOutcome outcome_;
};

std::vector<BidsParticipant> chosen(const BidsDataset& dataset,
                                    const std::vector<std::string>& labels) {
  if (labels.empty()) {
    return dataset.participants;
  }
  std::vector<BidsParticipant> participants;
  for (const std::string& given : labels) {
    const auto found = std::find_if(
        dataset.participants.begin(), dataset.participants.end(),
        [&](const BidsParticipant& p) { return p.label == withoutKey(given, "sub-"); });
    if (found == dataset.participants.end()) {
      throw Error(ErrorCode::usage,
                  fmt::format("--participant-label: the dataset has no participant '{}'", given),
                  fmt::format("It has {}, the first is '{}'.", dataset.participants.size(),
                              dataset.participants.front().label));
    }
    participants.push_back(*found);
  }
  return participants;
}

/// The way from the output up to the dataset, where the output lies inside of it; other paths may
/// name patients.
interop::BidsSource sourceOf(const BidsRequest& request) {
  const fs::path way = fs::weakly_canonical(request.dataset)
                           .lexically_relative(fs::weakly_canonical(request.output));
  const bool is_up = !way.empty() && std::all_of(way.begin(), way.end(),
                                                 [](const fs::path& p) { return p == ".."; });
  return {is_up ? way.generic_string() : ""};
}

void refuseOutputOverRaw(const BidsRequest& request) {
  std::error_code ignored;
  if (fs::equivalent(request.dataset, request.output, ignored)) {
    throw Error(ErrorCode::usage, "the output is the raw dataset itself",
                "Name a folder of its own, for example BIDS_DIR/derivatives/neurovasc.");
  }
}

}  // namespace

void validate(const BidsRequest& request) {
  if (request.dataset.empty()) {
    throw Error(ErrorCode::usage, "no BIDS dataset was given");
  }
  if (request.output.empty()) {
    throw Error(ErrorCode::usage, "no output folder was given",
                "For example BIDS_DIR/derivatives/neurovasc.");
  }
  if (request.session_order.size() == 1) {
    throw Error(ErrorCode::usage, "--session-order names one session",
                "Name two or more, the earliest first.");
  }
  if (request.threads < 0) {
    throw Error(ErrorCode::usage, "--threads must be 0 or more");
  }
}

BidsOutcome bidsParticipants(const BidsRequest& request, const Progress& progress) {
  validate(request);
  refuseOutputOverRaw(request);
  const BidsDataset dataset = interop::readBidsDataset(request.dataset);
  const std::vector<BidsParticipant> participants = chosen(dataset, request.participants);
  std::error_code failed;
  fs::create_directories(fs::path(request.output) / "sourcedata" / "neurovasc", failed);
  if (failed) {
    throw Error(ErrorCode::output_unwritable,
                fmt::format("{}: cannot be made: {}", request.output, failed.message()));
  }
  writeBidsRoot(sourceOf(request),
                [&](const std::string& file) { return fs::path(request.output) / file; });
  ParticipantRun run(request, dataset, progress);
  for (std::size_t n = 0; n < participants.size(); ++n) {
    progress.report("participant",
                    static_cast<double>(n) / static_cast<double>(participants.size()),
                    "sub-" + participants[n].label);
    run.run(participants[n]);
  }
  return std::move(run).outcome();
}

}  // namespace neurovasc::pipeline
