#include <algorithm>
#include <array>

#include "neurovasc/archive/report.h"
#include "neurovasc/core/error.h"
#include "neurovasc/core/text.h"
#include "neurovasc/result/clinical_table.h"

namespace neurovasc::archive {
namespace {

using page::Doubt;

constexpr double kMostPoints = 4;
/// May change the finding.
constexpr double kGrave = 2;
/// The images contradict the clinic: nothing is more worth a look.
constexpr double kContradiction = 3;
/// Something to know.
constexpr double kSlight = 0.5;

constexpr std::array<Zone, 4> kRootZones = {Zone::root_exit_point, Zone::attached_segment,
                                            Zone::root_detachment_point, Zone::transition_zone};

void addRegistrations(std::vector<Doubt>& doubts, const Assessment& assessment,
                      const DoubtOptions& options) {
  for (const Registration& registration : assessment.registrations) {
    const std::string moving(name(registration.moving));
    if (!registration.accepted) {
      doubts.push_back({"registration", moving + " could not be brought to T2", kGrave});
    } else if (registration.error_mm.value_or(0) >= options.registration_mm) {
      doubts.push_back({"registration",
                        moving + " was brought to T2 within " +
                            fixedDecimals(*registration.error_mm, 2) + " mm only",
                        *registration.error_mm / options.registration_mm});
    }
  }
}

const SideAssessment* sideOf(const Assessment& assessment, Side side) {
  const auto found = std::find_if(assessment.sides.begin(), assessment.sides.end(),
                                  [side](const SideAssessment& s) { return s.side == side; });
  return found == assessment.sides.end() ? nullptr : &*found;
}

void addToldSides(std::vector<Doubt>& doubts, const Assessment& assessment) {
  for (const result::ClinicalSide& told : result::clinicalTable(assessment)) {
    const SideAssessment* side = sideOf(assessment, told.side);
    if (!told.symptoms.value_or(false) || side == nullptr) {
      continue;
    }
    const std::string start = "the clinic names " + std::string(name(told.side)) + ", where ";
    if (side->finding == Finding::no_contact) {
      doubts.push_back({"told_side", start + "no vessel touches", kContradiction});
    } else if (side->finding == Finding::not_assessable) {
      doubts.push_back({"told_side", start + "not enough could be seen", kGrave});
    }
  }
}

void addContacts(std::vector<Doubt>& doubts, const SideAssessment& side,
                 const DoubtOptions& options) {
  for (const Contact& contact : side.contacts) {
    const double probability = contact.contact_probability.value_or(0);
    if (probability >= options.lowest_probability && probability <= options.highest_probability) {
      doubts.push_back(
          {"probability",
           contact.id + " touches with a probability of " + fixedDecimals(probability, 2), 1});
    }
    if (contact.kind == VesselKind::unknown) {
      doubts.push_back({"unknown_vessel", contact.id + " is of unknown kind", kSlight});
    }
  }
}

void addZones(std::vector<Doubt>& doubts, const SideAssessment& side) {
  for (const ZoneFinding& zone : side.zones) {
    const bool is_root =
        std::find(kRootZones.begin(), kRootZones.end(), zone.zone) != kRootZones.end();
    if (is_root && zone.status == ZoneStatus::not_assessable) {
      doubts.push_back({"not_assessable",
                        std::string(name(side.side)) + " " + std::string(name(zone.zone)) +
                            " cannot be assessed",
                        kSlight});
    }
  }
}

void addNerve(std::vector<Doubt>& doubts, const SideAssessment& side) {
  const std::string whose = "the " + std::string(name(side.side)) + " nerve was ";
  if (side.nerve.status == NerveStatus::not_found) {
    doubts.push_back({"nerve", whose + "not found", kGrave});
  } else if (side.nerve.status == NerveStatus::partial) {
    doubts.push_back({"nerve", whose + "found in part", kSlight});
  }
}

/// Cuts the points of each kind at kMostPoints, from the first doubt on.
void limitKinds(std::vector<Doubt>& doubts) {
  for (std::size_t i = 0; i < doubts.size(); ++i) {
    double before = 0;
    for (std::size_t j = 0; j < i; ++j) {
      before += doubts[j].kind == doubts[i].kind ? doubts[j].points : 0;
    }
    doubts[i].points = std::min(doubts[i].points, kMostPoints - before);
  }
}

void require(bool holds, const char* message) {
  if (!holds) {
    throw Error(ErrorCode::usage, message);
  }
}

}  // namespace

void validate(const DoubtOptions& options) {
  require(options.registration_mm > 0, "registration_mm is not above 0");
  require(options.lowest_probability >= 0 && options.highest_probability <= 1 &&
              options.lowest_probability <= options.highest_probability,
          "lowest_probability and highest_probability are no range within 0 to 1");
}

std::vector<Doubt> doubtsOf(const Assessment& assessment, const DoubtOptions& options) {
  std::vector<Doubt> doubts;
  addRegistrations(doubts, assessment, options);
  addToldSides(doubts, assessment);
  for (const SideAssessment& side : assessment.sides) {
    addNerve(doubts, side);
    addContacts(doubts, side, options);
    addZones(doubts, side);
  }
  limitKinds(doubts);
  return doubts;
}

}  // namespace neurovasc::archive
