#include "neurovasc/result/review_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <iterator>
#include <utility>

#include "neurovasc/core/error.h"
#include "neurovasc/result/result_folder.h"
#include "unwritable.h"

namespace neurovasc::result {
namespace {

namespace fs = std::filesystem;

/// Held while a review is put beside others, so that two readers who save at once both stay.
class FolderLock {
 public:
  explicit FolderLock(const fs::path& folder)
      : folder_(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
    if (folder_ < 0) {
      throwUnwritable(folder.filename().string(), causeOf(errno), "Name a result folder.");
    }
    // File systems without locks have one reader at a time; nothing more can be done there.
    while (::flock(folder_, LOCK_EX) != 0 && errno == EINTR) {
    }
  }
  ~FolderLock() { ::close(folder_); }
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

 private:
  int folder_;
};

std::string textOf(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  if (!in.good() && !in.eof()) {
    throw Error(ErrorCode::input_unreadable, file.filename().string() + ": cannot be read");
  }
  return text;
}

void requireOf(const std::string& fingerprint, const Review& review) {
  if (review.assessment_sha256 != fingerprint) {
    throw Error(ErrorCode::usage,
                "the review of reader \"" + review.reader +
                    "\" is of another assessment.json than the one in this folder",
                "Keep a review beside the result that was read; move review.json away to begin a "
                "new one.");
  }
}

}  // namespace

std::string assessmentFingerprint(const fs::path& folder) {
  const fs::path file = folder / kAssessmentFile;
  std::error_code failed;
  if (!fs::is_regular_file(file, failed)) {
    throw Error(ErrorCode::input_unreadable, std::string(kAssessmentFile) + ": no such file",
                "Name a result folder that 'neurovasc analyze' made.");
  }
  return sha256OfFile(file);
}

std::vector<Review> readReviews(const fs::path& folder) {
  const fs::path file = folder / kReviewFile;
  std::error_code failed;
  if (!fs::exists(file, failed) && !failed) {
    return {};
  }
  std::vector<Review> reviews = reviewsFromJson(textOf(file));
  const std::string fingerprint = assessmentFingerprint(folder);
  for (const Review& review : reviews) {
    requireOf(fingerprint, review);
  }
  return reviews;
}

void saveReview(const fs::path& folder, const Review& review) {
  if (review.reader.find_first_not_of(" \t\r\n") == std::string::npos) {
    throw Error(ErrorCode::usage, "review: reader: the reader has no name",
                "Reviews of several readers are told apart by their names or initials.");
  }
  const FolderLock lock(folder);
  std::vector<Review> reviews = readReviews(folder);
  requireOf(assessmentFingerprint(folder), review);
  const auto same = std::find_if(reviews.begin(), reviews.end(), [&review](const Review& other) {
    return other.reader == review.reader;
  });
  if (same == reviews.end()) {
    reviews.push_back(review);
  } else {
    *same = review;
  }
  replaceFile(folder / kReviewFile, toJson(reviews));
}

}  // namespace neurovasc::result
