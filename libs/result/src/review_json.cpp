#include <set>

#include "json_reader.h"
#include "neurovasc/result/review_file.h"
#include "review_fields.h"

namespace neurovasc::result {
namespace {

constexpr const char* kSchema = "neurovasc.review/1";

Reader checkedDocument(const Json& json) {
  const Reader document(json, std::string(kReviewFile), ErrorCode::input_unreadable);
  if (const std::string schema = document.at("schema").text(); schema != kSchema) {
    document.at("schema").fail("\"" + schema + "\" is not " + kSchema);
  }
  if (document.at("frame").text() != "LPS") {
    document.at("frame").fail("expected LPS");
  }
  return document;
}

/// Throws where a reader stands twice: one of the two would be lost at the next saving.
void requireOneEach(const Reader& document) {
  std::set<std::string> readers;
  for (const Reader& review : document.at("reviews").items()) {
    if (!readers.insert(review.at("reader").text()).second) {
      review.at("reader").fail("this reader stands here twice");
    }
  }
}

}  // namespace

std::string toJson(const std::vector<Review>& reviews) {
  FieldWriter fields;
  fields.text("schema", kSchema);
  fields.text("frame", "LPS");
  auto listed = reviews;
  fields.list("reviews", listed);
  return documentText(fields.take());
}

std::vector<Review> reviewsFromJson(std::string_view text) {
  const Json json = parsedJson(text, std::string(kReviewFile));
  const Reader document = checkedDocument(json);
  requireOneEach(document);
  FieldReader fields(document, Keys::all);
  std::vector<Review> reviews;
  fields.list("reviews", reviews);
  return reviews;
}

}  // namespace neurovasc::result
