#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "neurovasc/core/review.h"

namespace neurovasc::result {

inline constexpr std::string_view kReviewFile = "review.json";

/// review.json, schema "neurovasc.review/1" (docs/schemas/neurovasc.review-1.json): one entry of
/// `reviews` for each reader, in the order in which they first saved. mm, LPS; numbers rounded and
/// null written as in assessment.json. Times are UTC, to the second: the readers', not the
/// patient's.
std::string toJson(const std::vector<Review>& reviews);

/// The reverse. Throws Error(input_unreadable) naming the place and the cause
/// ("reviews[0].verdicts[2].decision"), a reader who stands there twice included.
std::vector<Review> reviewsFromJson(std::string_view json);

/// The SHA-256 of a result folder's assessment.json. Throws Error(input_unreadable).
std::string assessmentFingerprint(const std::filesystem::path& folder);

/// All reviews in a result folder; none without review.json. Throws Error(usage) where one is of
/// another assessment.json than the folder's: it says nothing of this one.
std::vector<Review> readReviews(const std::filesystem::path& folder);

/// Puts @p review into the folder's review.json, in place of the same reader's earlier one; other
/// readers' stay as they are, also when they save at the same moment. The file is replaced whole or
/// not at all, and on the disk when this returns.
///
/// Throws Error(usage) for a review of another assessment.json and for a reader without a name,
/// Error(output_unwritable), and what readReviews() throws.
void saveReview(const std::filesystem::path& folder, const Review& review);

}  // namespace neurovasc::result
