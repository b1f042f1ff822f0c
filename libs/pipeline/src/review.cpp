#include "neurovasc/pipeline/review.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include "neurovasc/contact/reviewed.h"
#include "neurovasc/page/page.h"
#include "neurovasc/pipeline/reassess.h"
#include "neurovasc/report/tables.h"
#include "neurovasc/report/text_report.h"
#include "neurovasc/result/landmarks_file.h"
#include "neurovasc/result/result_folder.h"
#include "neurovasc/result/review_file.h"
#include "neurovasc/result/run_json.h"
#include "neurovasc/scene/pictures.h"
#include "pdf_output.h"
#include "read_assessment.h"
#include "run_log.h"
#include "scene_folder.h"

namespace neurovasc::pipeline {
namespace {

namespace fs = std::filesystem;

/// The reader's earlier review, or a new one.
Review beginReview(const fs::path& folder, const std::string& reader) {
  for (Review& earlier : result::readReviews(folder)) {
    if (earlier.reader == reader) {
      return std::move(earlier);
    }
  }
  Review fresh;
  fresh.reader = reader;
  fresh.assessment_sha256 = result::assessmentFingerprint(folder);
  return fresh;
}

/// Puts each of @p words into @p list, in place of what is said there of the same thing.
template <typename Word, typename Same>
void replaceWords(std::vector<Word>& list, const std::vector<Word>& words, Same same) {
  for (const Word& word : words) {
    const auto earlier = std::find_if(list.begin(), list.end(),
                                      [&](const Word& other) { return same(other, word); });
    if (earlier == list.end()) {
      list.push_back(word);
    } else {
      *earlier = word;
    }
  }
}

void addWords(const ReviewRequest& request, Review& review) {
  replaceWords(review.verdicts, request.verdicts,
               [](const ContactVerdict& a, const ContactVerdict& b) {
                 return a.contact_id == b.contact_id;
               });
  replaceWords(review.zones, request.zones, [](const ZoneVerdict& a, const ZoneVerdict& b) {
    return a.side == b.side && a.zone == b.zone;
  });
  review.added.insert(review.added.end(), request.added.begin(), request.added.end());
}

bool anyGiven(const NerveLandmarks& landmarks) {
  return landmarks.root_exit_point || landmarks.detachment_point || landmarks.porus;
}

/// The review with those sides reassessed that the file holds landmarks of.
Review moveLandmarks(Review review, const Assessment& assessment, const ReviewRequest& request,
                     const Progress& progress) {
  if (request.landmarks_file.empty()) {
    return review;
  }
  const ManualLandmarks landmarks = result::readLandmarks(request.landmarks_file);
  for (const Side side : kSides) {
    if (anyGiven(landmarks.of(side))) {
      review = contact::withMovedLandmarks(
          std::move(review), assessment,
          reassess(request.result_folder, side, landmarks.of(side), {request.threads}, progress));
    }
  }
  return review;
}

/// The pictures that a result folder holds.
std::vector<page::PagePicture> picturesIn(const fs::path& folder,
                                          const scene::SceneContent& content) {
  std::vector<page::PagePicture> pictures;
  for (const auto& picture : scene::pictureFiles(content)) {
    const fs::path file = folder / result::kPicturesFolder / picture.name;
    if (std::error_code ignored; fs::exists(file, ignored)) {
      pictures.push_back({picture.name, picture.title, file.string()});
    }
  }
  return pictures;
}

/// What a folder shows beside its findings; empty where it holds no images.
struct Shown {
  scene::SceneContent scene;
  std::vector<page::PagePicture> pictures;
};

Shown shownIn(const fs::path& folder) {
  Shown shown;
  if (fs::exists(folder / result::kVolumesFolder)) {
    shown.scene = readScene(folder);
    shown.pictures = picturesIn(folder, shown.scene);
  }
  return shown;
}

std::string pageOf(Shown shown, const Assessment& assessment,
                   std::vector<ReviewedAssessment> reviews, const std::string& report,
                   const Progress& progress) {
  page::PageContent content;
  content.assessment = assessment;
  content.reviews = std::move(reviews);
  content.report = report;
  content.scene = std::move(shown.scene);
  content.pictures = std::move(shown.pictures);
  content.versions = softwareVersions();
  return page::reportPage(content, {}, progress);
}

/// Replaces files of a folder and keeps their fingerprints for run.json.
class Replaced {
 public:
  explicit Replaced(fs::path folder) : folder_(std::move(folder)) {}

  void write(std::string_view name, const std::string& content) {
    result::replaceFile(folder_ / name, content);
    files_.push_back({std::string(name), content.size(), result::sha256(content)});
  }

  /// A result without run.json was put together by hand; there is nothing to keep in step then.
  void listInRun() const {
    std::ifstream file(folder_ / result::kRunFile, std::ios::binary);
    if (file) {
      const std::string run{std::istreambuf_iterator<char>(file), {}};
      result::replaceFile(folder_ / result::kRunFile, result::withOutputs(run, files_));
    }
  }

 private:
  fs::path folder_;
  std::vector<result::OutputFile> files_;
};

}  // namespace

std::vector<ReviewedAssessment> reviewsOf(const std::string& result_folder) {
  const Assessment assessment = readAssessment(result_folder);
  std::vector<ReviewedAssessment> applied;
  for (const Review& one : result::readReviews(result_folder)) {
    applied.push_back(contact::reviewed(assessment, one));
  }
  return applied;
}

std::string writeReviewedReports(const std::string& result_folder, const Progress& progress) {
  const fs::path folder(result_folder);
  const Assessment assessment = readAssessment(folder);
  const std::vector<ReviewedAssessment> reviews = reviewsOf(result_folder);
  const std::string report = report::textReport(assessment, {}, reviews);
  std::vector<std::pair<std::string_view, std::string>> contents = {
      {result::kTextReportFile, report}, {result::kReviewsTableFile, report::reviewsTsv(reviews)}};
  const auto addWhereThere = [&](std::string_view file, const auto& make) {
    if (fs::exists(folder / file)) {
      contents.emplace_back(file, make());
    }
  };
  addWhereThere("contacts.tsv", [&] { return report::contactsTsv(assessment, reviews); });
  addWhereThere("sides.tsv", [&] { return report::sidesTsv(assessment, reviews); });
  addWhereThere("dictionary.tsv", report::dataDictionaryTsv);
  Shown shown = shownIn(folder);
  addWhereThere(result::kPdfFile,
                [&] { return studyPdf(assessment, shown.pictures, reviews, progress); });
  if (page::isPageBuilt()) {
    addWhereThere(result::kPageFile,
                  [&] { return pageOf(std::move(shown), assessment, reviews, report, progress); });
  }
  progress.report("write", 0, "reports");
  Replaced files(folder);
  for (const auto& [file, content] : contents) {
    files.write(file, content);
  }
  files.listInRun();
  return report;
}

ReviewOutcome review(const ReviewRequest& request, const Progress& progress) {
  const Assessment assessment = readAssessment(request.result_folder);
  ReviewOutcome outcome;
  outcome.review = beginReview(request.result_folder, request.reader);
  outcome.review = moveLandmarks(std::move(outcome.review), assessment, request, progress);
  addWords(request, outcome.review);
  outcome.review.time = std::chrono::system_clock::now();
  outcome.reviewed = contact::reviewed(assessment, outcome.review);
  progress.stop().throwIfStopped();
  result::saveReview(request.result_folder, outcome.review);
  // What was said is saved: the reports follow whatever comes, so that they say the same.
  outcome.report = writeReviewedReports(request.result_folder, {});
  return outcome;
}

}  // namespace neurovasc::pipeline
