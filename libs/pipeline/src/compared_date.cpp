#include "compared_date.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <string>

#include "neurovasc/core/error.h"
#include "neurovasc/result/comparison_json.h"

namespace neurovasc::pipeline {
namespace {

namespace fs = std::filesystem;

/// JSON keeps gaps to 1e-4 mm.
constexpr double kSameGapMm = 1e-3;

const Contact* findIn(const SideAssessment& side, const std::string& id) {
  const auto found = std::find_if(side.contacts.begin(), side.contacts.end(),
                                  [&id](const Contact& contact) { return contact.id == id; });
  return found == side.contacts.end() ? nullptr : &*found;
}

/// A contact of @p side as it was compared: of the date's own result, or of the side measured
/// again.
const Contact* findContact(const ComparedDate& date, Side side, const Assessment& assessment,
                           const std::string& id) {
  for (const MeasuredAnew& anew : date.measured_anew) {
    if (anew.assessment.side == side) {
      return findIn(anew.assessment, id);
    }
  }
  for (const SideAssessment& own : assessment.sides) {
    if (own.side == side) {
      return findIn(own, id);
    }
  }
  return nullptr;
}

bool isSame(const ContactSighting& sighting, const Contact* contact) {
  return contact != nullptr &&
         contact->distance_mm.has_value() == sighting.distance_mm.has_value() &&
         (!contact->distance_mm ||
          std::abs(*contact->distance_mm - *sighting.distance_mm) <= kSameGapMm);
}

}  // namespace

Comparison readComparison(const fs::path& folder) {
  const fs::path file = folder / std::string(result::kComparisonFile);
  std::ifstream stream(file, std::ios::binary);
  if (!stream) {
    throw Error(ErrorCode::input_unreadable, fmt::format("{}: cannot be read", file.string()),
                "Name a result folder that 'neurovasc compare' made.");
  }
  return result::comparisonFromJson(std::string(std::istreambuf_iterator<char>(stream), {}));
}

void requireCompared(const Comparison& comparison, std::size_t n, const fs::path& folder,
                     const Assessment& assessment) {
  for (const SideComparison& side : comparison.sides) {
    for (const TrackedContact& contact : side.contacts) {
      const ContactSighting& seen = contact.dates[n];
      if (!seen.contact_id.empty() &&
          !isSame(seen, findContact(comparison.dates[n], side.side, assessment, seen.contact_id))) {
        throw Error(ErrorCode::not_a_pair,
                    fmt::format("{}: is not the result that was compared as date {}",
                                folder.string(), n + 1),
                    "Name the dates' folders in order of time, or compare again.");
      }
    }
  }
}

}  // namespace neurovasc::pipeline
