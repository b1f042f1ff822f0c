#include "neurovasc/result/review_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <thread>

#include "neurovasc/core/error.h"
#include "neurovasc/result/assessment_json.h"
#include "neurovasc/result/result_folder.h"
#include "result/sample_assessments.h"
#include "result/sample_reviews.h"
#include "result/schema_check.h"
#include "support/temporary_folder.h"

namespace neurovasc::result {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

void writeText(const fs::path& file, const std::string& text) {
  std::ofstream(file, std::ios::binary) << text;
}

std::string textOf(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

/// A folder with an assessment, and a review of it.
struct ReviewedFolder {
  testing::TemporaryFolder box;
  Review review = testing::richReview();

  ReviewedFolder() {
    writeText(folder() / "assessment.json", toJson(testing::richAssessment()));
    review.assessment_sha256 = assessmentFingerprint(folder());
  }
  fs::path folder() const { return box.path(); }
};

/// The message of the error that @p work throws.
template <typename Work>
std::string messageOf(ErrorCode expected, Work work) {
  try {
    work();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), expected) << error.what();
    return error.message();
  }
  ADD_FAILURE() << "nothing was thrown";
  return {};
}

TEST(ReviewJson, ComesBackEqual) {
  const std::string json = toJson({testing::richReview(), Review{}});
  EXPECT_EQ(toJson(reviewsFromJson(json)), json);
}

TEST(ReviewJson, IsValidByItsSchema) {
  const std::string json = toJson({testing::richReview()});
  EXPECT_THAT(testing::schemaErrors("neurovasc.review-1", json), IsEmpty());
}

TEST(ReviewJson, HoldsAReassessedSideInTheFormOfAnAssessments) {
  const auto review = nlohmann::json::parse(toJson({testing::richReview()}))["reviews"][0];
  auto assessment = nlohmann::json::parse(toJson(testing::richAssessment()));
  assessment["sides"][1] = review["landmarks"][0]["reassessed"];
  assessment["vessels"][0] = review["landmarks"][0]["vessels"][0];
  EXPECT_THAT(testing::schemaErrors("neurovasc.assessment-1", assessment.dump()), IsEmpty());
}

TEST(ReviewJson, SchemaRefusesAnUnknownDecisionAndAMissingKey) {
  auto json = nlohmann::json::parse(toJson({testing::richReview()}));
  json["reviews"][0]["verdicts"][0]["decision"] = "perhaps";
  EXPECT_THAT(testing::schemaErrors("neurovasc.review-1", json.dump()), Not(IsEmpty()));
  json = nlohmann::json::parse(toJson({testing::richReview()}));
  json["reviews"][0].erase("time");
  EXPECT_THAT(testing::schemaErrors("neurovasc.review-1", json.dump()), Not(IsEmpty()));
}

TEST(ReviewJson, GivesBackWhatTheReaderSaid) {
  const Review review = reviewsFromJson(toJson({testing::richReview()})).at(0);
  EXPECT_EQ(review.reader, "A. Reader");
  EXPECT_EQ(review.time, testing::richReview().time);
  ASSERT_EQ(review.verdicts.size(), 2U);
  EXPECT_EQ(review.verdicts[0].decision, Decision::accepted);
  EXPECT_EQ(review.verdicts[0].campos_benitez, CamposBenitezGrade::severe);
  EXPECT_EQ(review.verdicts[1].kind, ReviewedKind::pad);
  EXPECT_FALSE(review.verdicts[1].state.has_value());
  EXPECT_EQ(review.added.at(0).side, Side::right);
  EXPECT_DOUBLE_EQ(review.added[0].distance_mm.value(), 0.125);
  EXPECT_EQ(review.read_first.at(0).finding, Finding::contact);
  ASSERT_TRUE(review.landmarks.at(0).reassessed.has_value());
  EXPECT_EQ(review.landmarks[0].reassessed->nerve.side, Side::right);
  EXPECT_TRUE(review.landmarks[0].landmarks.porus->manual);
}

TEST(ReviewJson, NamesThePlaceOfWhatItCannotRead) {
  const std::string good = toJson({testing::richReview()});
  const auto messageWith = [&good](const std::string& from, const std::string& to) {
    std::string bad = good;
    bad.replace(bad.find(from), from.size(), to);
    return messageOf(ErrorCode::input_unreadable, [&bad] { reviewsFromJson(bad); });
  };
  EXPECT_THAT(messageWith("\"accepted\"", "\"perhaps\""),
              HasSubstr("review.json: reviews[0].verdicts[0].decision: \"perhaps\" is none of"));
  EXPECT_THAT(messageWith("2026-11-21T", "21.11.2026 "),
              HasSubstr("reviews[0]: time: expected the form 2026-"));
  EXPECT_THAT(messageWith("neurovasc.review/1", "neurovasc.review/9"), HasSubstr("schema"));
}

TEST(ReviewFile, KeepsReadersApartAndReplacesTheSameReadersEarlierWord) {
  ReviewedFolder result;
  saveReview(result.folder(), result.review);
  Review second = result.review;
  second.reader = "B. Reader";
  second.verdicts.clear();
  saveReview(result.folder(), second);
  result.review.added.clear();
  saveReview(result.folder(), result.review);
  const std::vector<Review> read = readReviews(result.folder());
  ASSERT_EQ(read.size(), 2U);
  EXPECT_EQ(read[0].reader, "A. Reader");
  EXPECT_EQ(read[0].verdicts.size(), 2U);
  EXPECT_TRUE(read[0].added.empty());
  EXPECT_EQ(read[1].reader, "B. Reader");
  EXPECT_EQ(read[1].added.size(), 1U);
}

TEST(ReviewFile, LosesNoneOfManyReadersWhoSaveAtOnce) {
  const ReviewedFolder result;
  std::vector<std::thread> readers;
  for (int i = 0; i < 8; ++i) {
    readers.emplace_back([&result, i] {
      Review mine = result.review;
      mine.reader = "reader " + std::to_string(i);
      saveReview(result.folder(), mine);
    });
  }
  for (std::thread& reader : readers) {
    reader.join();
  }
  EXPECT_EQ(readReviews(result.folder()).size(), 8U);
}

TEST(ReviewFile, LeavesTheAssessmentAndNothingElseBesideIt) {
  const ReviewedFolder result;
  const std::string before = textOf(result.folder() / "assessment.json");
  saveReview(result.folder(), result.review);
  EXPECT_EQ(textOf(result.folder() / "assessment.json"), before);
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(result.folder())) {
    names.push_back(entry.path().filename().string());
  }
  EXPECT_THAT(names, ::testing::UnorderedElementsAre("assessment.json", "review.json"));
}

TEST(ReviewFile, RefusesAReviewOfAnotherAssessment) {
  const ReviewedFolder result;
  saveReview(result.folder(), result.review);
  writeText(result.folder() / "assessment.json", toJson(testing::clearAssessment()));
  EXPECT_THAT(messageOf(ErrorCode::usage, [&] { readReviews(result.folder()); }),
              HasSubstr("\"A. Reader\" is of another assessment.json"));
  const std::string kept = textOf(result.folder() / "review.json");
  Review fresh = result.review;
  fresh.reader = "B. Reader";
  fresh.assessment_sha256 = assessmentFingerprint(result.folder());
  messageOf(ErrorCode::usage, [&] { saveReview(result.folder(), fresh); });
  EXPECT_EQ(textOf(result.folder() / "review.json"), kept);
}

TEST(ReviewFile, RefusesAReaderWithoutAName) {
  ReviewedFolder result;
  result.review.reader = "  ";
  EXPECT_THAT(messageOf(ErrorCode::usage, [&] { saveReview(result.folder(), result.review); }),
              HasSubstr("reader"));
  EXPECT_FALSE(fs::exists(result.folder() / "review.json"));
}

TEST(ReviewFile, HoldsNoReviewWhereNobodySavedOne) {
  const ReviewedFolder result;
  EXPECT_TRUE(readReviews(result.folder()).empty());
}

TEST(ReviewFile, IsNeverDeletedByANewAnalysisInTheSamePlace) {
  const ReviewedFolder result;
  writeText(result.folder() / "run.json",
            R"({"schema": "neurovasc.run/1", "outputs": [{"path": "assessment.json"}]})");
  EXPECT_NO_THROW(StagedFolder(result.folder(), true));
  saveReview(result.folder(), result.review);
  EXPECT_THAT(messageOf(ErrorCode::output_unwritable, [&] { StagedFolder(result.folder(), true); }),
              HasSubstr("review.json"));
}

TEST(ReplaceFile, LeavesTheOldContentWhereTheNewCannotBeWritten) {
  const testing::TemporaryFolder box;
  EXPECT_THROW(replaceFile(box.path() / "absent" / "a.txt", "new"), Error);
  replaceFile(box.path() / "a.txt", "old");
  replaceFile(box.path() / "a.txt", "new");
  EXPECT_EQ(textOf(box.path() / "a.txt"), "new");
}

}  // namespace
}  // namespace neurovasc::result
