#include "neurovasc/pipeline/pacs.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <functional>
#include <set>

#include "neurovasc/core/error.h"
#include "neurovasc/interop/own_objects.h"
#include "neurovasc/interop/picture_object.h"
#include "neurovasc/interop/rejection_note.h"
#include "neurovasc/interop/source_study.h"
#include "neurovasc/pdf/notice.h"
#include "neurovasc/pipeline/export.h"
#include "neurovasc/result/result_folder.h"
#include "neurovasc/result/review_file.h"
#include "private_folder.h"

namespace neurovasc::pipeline {
namespace {

namespace fs = std::filesystem;
using pacs::FoundSeries;
using pacs::ObjectFile;
using pacs::PacsConfig;

constexpr std::string_view kRejectionModality = "KO";
constexpr std::string_view kUnreviewedHint =
    "Review it by 'neurovasc review' or in the viewer, or give --unreviewed.";

std::set<std::string> seriesOf(const std::vector<ObjectFile>& objects) {
  std::set<std::string> series;
  for (const auto& object : objects) {
    series.insert(object.series_instance_uid);
  }
  return series;
}

/// What this program put into a study before, and what it took back.
class EarlierResults {
 public:
  EarlierResults(const PacsConfig& config, const std::string& study_instance_uid,
                 const Progress& progress)
      : config_(config), study_(study_instance_uid), progress_(progress) {
    for (auto& series : pacs::findSeries(config, study_instance_uid, progress)) {
      all_.insert(series.series_instance_uid);
      if (interop::isOwnSeries(series.manufacturer, series.series_description)) {
        own_.push_back(std::move(series));
      } else if (series.manufacturer.empty() && startsAsOwn(series.series_description)) {
        progress.warn(
            "the PACS does not tell who made a series that may be an earlier result: it stays");
      }
    }
  }

  /// Throws where a series of @p objects has been rejected: the PACS would hide it.
  void requireNotRejected(const std::vector<ObjectFile>& objects) const {
    for (const auto& series : seriesOf(objects)) {
      if (isRejected(series)) {
        throw Error(ErrorCode::usage, "the PACS holds a later result in place of this one",
                    "Analyse the study again, or review this result once more, to send anew.");
      }
    }
  }

  /// Sends a note on each series that @p is_old takes, unless there is one; returns how many were
  /// rejected now.
  int reject(const interop::ExportContext& context,
             const std::function<bool(const FoundSeries&)>& is_old) const {
    int rejected = 0;
    for (const auto& series : own_) {
      const bool old = series.modality != kRejectionModality && is_old(series);
      if (old && !isRejected(series.series_instance_uid)) {
        rejected += reject(series, context) ? 1 : 0;
      }
    }
    return rejected;
  }

 private:
  static bool startsAsOwn(const std::string& description) {
    return description.rfind(interop::kOwnDescription, 0) == 0;
  }

  bool isRejected(const std::string& series_instance_uid) const {
    return all_.count(interop::rejectionSeriesUid(series_instance_uid)) > 0;
  }

  bool reject(const FoundSeries& series, const interop::ExportContext& context) const {
    std::vector<interop::RejectedObject> objects;
    for (const auto& instance :
         pacs::findInstances(config_, study_, series.series_instance_uid, progress_)) {
      if (instance.sop_class_uid.empty()) {
        progress_.warn("the PACS does not tell what an earlier result consists of: it stays");
        return false;
      }
      objects.push_back({instance.sop_class_uid, instance.sop_instance_uid});
    }
    if (objects.empty()) {
      return false;
    }
    const PrivateFolder folder;
    interop::writeRejectionNote(series.series_instance_uid, objects, context,
                                folder.path("note.dcm"));
    pacs::sendObjects(config_, pacs::objectFiles({folder.path("note.dcm")}), progress_);
    return true;
  }

  const PacsConfig& config_;
  const std::string& study_;
  const Progress& progress_;
  std::set<std::string> all_;  ///< series of the study, anyone's
  std::vector<FoundSeries> own_;
};

/// Now, UTC, as DICOM's date and time.
std::pair<std::string, std::string> dicomNow() {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm utc{};
  gmtime_r(&now, &utc);
  const auto digits = [&](const char* format) {
    std::string text(16, '\0');
    text.resize(std::strftime(text.data(), text.size(), format, &utc));
    return text;
  };
  return {digits("%Y%m%d"), digits("%H%M%S")};
}

/// The context of objects that refer to no image, in the study that @p file is of.
interop::ExportContext contextOf(const fs::path& file, const std::string& fingerprint) {
  const auto [date, time] = dicomNow();
  return {interop::SourceStudy::fromObject(file.string()), fingerprint, date, time};
}

void requireReviewed(const std::string& result_folder, const SendOptions& options) {
  if (!options.unreviewed && result::readReviews(result_folder).empty()) {
    throw Error(ErrorCode::usage, "nobody has reviewed this result", std::string(kUnreviewedHint));
  }
}

}  // namespace

void validate(const SendOptions& options) {
  ExportOptions exports;
  exports.kinds = options.kinds;
  exports.threads = options.threads;
  validate(exports);
  for (const auto& kind : exportKinds()) {
    const bool asked =
        std::find(options.kinds.begin(), options.kinds.end(), kind.name) != options.kinds.end();
    if (asked && !kind.dicom) {
      throw Error(ErrorCode::usage, fmt::format("--kinds: {} is no DICOM object", kind.name),
                  "'neurovasc export --help' lists the kinds.");
    }
  }
}

SendOutcome sendResult(const std::string& result_folder, const PacsConfig& config,
                       const SendOptions& options, const Progress& progress) {
  validate(options);
  pacs::validate(config);
  requireReviewed(result_folder, options);
  const PrivateFolder folder;
  ExportOptions exports;
  exports.kinds = options.kinds;
  exports.study = options.study;
  exports.organization = options.organization;
  exports.threads = options.threads;
  exportResult(result_folder, folder.path("objects").string(), exports, progress);
  const std::vector<ObjectFile> objects = pacs::objectFiles({folder.path("objects")});
  const std::string& study = objects[0].study_instance_uid;
  const EarlierResults earlier(config, study, progress);
  earlier.requireNotRejected(objects);
  SendOutcome outcome;
  outcome.objects = pacs::sendObjects(config, objects, progress);
  const std::set<std::string> current = seriesOf(objects);
  outcome.replaced_series =
      earlier.reject(contextOf(objects[0].path, ""), [&](const FoundSeries& series) {
        return current.count(series.series_instance_uid) == 0 &&
               !interop::isOfComparison(series.series_description);
      });
  return outcome;
}

pacs::SendSummary sendFiles(const std::vector<std::string>& paths, const PacsConfig& config,
                            bool unreviewed, const Progress& progress) {
  const std::vector<ObjectFile> objects = pacs::objectFiles({paths.begin(), paths.end()});
  const bool any_own = std::any_of(objects.begin(), objects.end(), [](const ObjectFile& object) {
    return interop::isOwnObject(object.path.string());
  });
  if (any_own && !unreviewed) {
    throw Error(ErrorCode::usage,
                "there are results among the files, which nobody may have reviewed",
                "Send the result folder, which says who did, or give --unreviewed.");
  }
  return pacs::sendObjects(config, objects, progress);
}

void sendNotice(const std::string& study_folder, const std::vector<std::string>& reason,
                const PacsConfig& config, const Progress& progress) {
  std::string text;
  for (const auto& paragraph : reason) {
    text += paragraph + "\n";
  }
  const std::vector<ObjectFile> images = pacs::objectFiles({study_folder});
  const interop::ExportContext context = contextOf(images[0].path, result::sha256(text));
  const PrivateFolder folder;
  interop::writeNoticeCapture(pdf::noticePicture("No result of this study", reason), context,
                              folder.path("notice.dcm"));
  const std::vector<ObjectFile> objects = pacs::objectFiles({folder.path("notice.dcm")});
  const EarlierResults earlier(config, images[0].study_instance_uid, progress);
  pacs::sendObjects(config, objects, progress);
  earlier.reject(context, [&](const FoundSeries& series) {
    return series.series_description == interop::kNoticeDescription &&
           series.series_instance_uid != objects[0].series_instance_uid;
  });
}

}  // namespace neurovasc::pipeline
