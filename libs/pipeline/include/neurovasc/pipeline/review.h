#pragma once

#include <string>
#include <vector>

#include "neurovasc/core/progress.h"
#include "neurovasc/core/review.h"

namespace neurovasc::pipeline {

/// What a reader has to say of a result. Words on a contact or zone replace this reader's earlier
/// ones; contacts are added to them.
struct ReviewRequest {
  std::string result_folder;
  std::string reader;                    ///< name or initials; one review each
  std::vector<ContactVerdict> verdicts;  ///< at most one of a contact
  std::vector<AddedContact> added;
  std::vector<ZoneVerdict> zones;
  std::string landmarks_file;  ///< moved ones of either side, as analyze() reads them; empty: none
  int threads = 0;
};

struct ReviewOutcome {
  Review review;  ///< as it was saved
  ReviewedAssessment reviewed;
  std::string report;  ///< the text of report.txt
};

/// The reviews of a result folder, each applied to its assessment; none where nobody saved one.
/// Throws Error: input_unreadable, usage (a review of another assessment.json, or one that does not
/// fit it).
std::vector<ReviewedAssessment> reviewsOf(const std::string& result_folder);

/// Saves what a reader says in the folder's review.json, and writes what people read of it anew,
/// see writeReviewedReports(). Sides whose landmarks were moved are reassessed before anything is
/// written, and a stop takes effect until then. assessment.json stays as it is.
///
/// Throws Error: usage (what does not fit the assessment, by field and cause), input_unreadable,
/// output_unwritable, cancelled (nothing was written then), and what reassess() throws.
ReviewOutcome review(const ReviewRequest& request, const Progress& progress);

/// Writes report.txt and reviews.tsv, and, where the folder has them, contacts.tsv, sides.tsv and
/// their dictionary, report.pdf and, if this build can make it, report.html anew, with every
/// reader's review beside the program's findings. Each file is
/// replaced whole, and run.json's list of files with them. Returns the text of report.txt.
std::string writeReviewedReports(const std::string& result_folder, const Progress& progress);

}  // namespace neurovasc::pipeline
