#include "review_text.h"

#include <algorithm>

#include "neurovasc/core/calendar.h"
#include "phrases.h"
#include "text_layout.h"
#include "wording.h"

namespace neurovasc::report {
namespace {

/// A comment on one line: line breaks would end a row, tabulators a cell.
std::string onOneLine(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](unsigned char c) { return c < ' '; }, ' ');
  return text;
}

template <typename Enum>
std::string words(const char* list, Enum value) {
  return say(std::string("review.") + list + "." + std::string(name(value)));
}

std::string gradesOf(const Contact& contact) {
  if (!contact.campos_benitez && !contact.sindou) {
    return {};
  }
  const auto grade = [](const auto& value) {
    return value ? std::string(name(*value)) : say("cell.unknown");
  };
  return say("review.grades", {{"campos_benitez", grade(contact.campos_benitez)},
                               {"sindou", grade(contact.sindou)}});
}

/// "AICA, attached segment, touches, grades moderate (Campos-Benitez) and III (Sindou)"
std::string described(const Contact& contact) {
  const bool named =
      contact.vessel_name != VesselName::unknown && contact.vessel_name != VesselName::vein;
  std::vector<std::string> parts = {named ? std::string(name(contact.vessel_name))
                                          : say("cell.kind." + std::string(name(contact.kind)))};
  if (contact.zone) {
    parts.emplace_back(neurovasc::words(*contact.zone));
  }
  if (contact.state) {
    parts.push_back(words("state", *contact.state));
  }
  if (const std::string grades = gradesOf(contact); !grades.empty()) {
    parts.push_back(grades);
  }
  return joinedBy(", ", parts);
}

const Contact* standingContact(const SideAssessment& side, const std::string& id) {
  const auto found = std::find_if(side.contacts.begin(), side.contacts.end(),
                                  [&id](const Contact& contact) { return contact.id == id; });
  return found == side.contacts.end() ? nullptr : &*found;
}

std::string readersCell(const ReviewedContact& one, const SideAssessment& side) {
  const Contact* after = standingContact(side, one.id);
  if (one.by_reader) {
    return say("review.added", {{"contact", after == nullptr ? "" : described(*after)}});
  }
  if (!one.verdict) {
    return say("review.not_judged");
  }
  if (!one.standing) {
    return one.verdict->decision == Decision::rejected ? say("review.rejected") : say("review.pad");
  }
  if (after != nullptr && (one.verdict->regrades() || one.verdict->renames())) {
    return say("review.changed_to", {{"contact", described(*after)}});
  }
  return say(one.verdict->decision == Decision::accepted ? "review.accepted" : "review.not_judged");
}

/// The table without its titles where it has no rows.
TextTable unlessEmpty(TextTable table) { return table.size() > 1 ? table : TextTable{}; }

TextTable contactsOf(const ReviewedAssessment& reviewed) {
  TextTable table = {{say("review.column.contact"), say("review.column.program"),
                      say("review.column.reader"), say("review.column.comment")}};
  for (std::size_t i = 0; i < reviewed.sides.size(); ++i) {
    for (const ReviewedContact& one : reviewed.sides[i].contacts) {
      table.push_back({one.id, one.measured ? described(*one.measured) : say("review.not_found"),
                       readersCell(one, reviewed.assessment.sides[i]), onOneLine(one.comment)});
    }
  }
  return unlessEmpty(table);
}

TextTable zonesOf(const ReviewedAssessment& reviewed) {
  TextTable table = {{say("review.column.zone"), say("review.column.program"),
                      say("review.column.reader"), say("review.column.comment")}};
  for (const ReviewedSide& side : reviewed.sides) {
    for (const ReviewedZone& zone : side.zones) {
      table.push_back({say("review.zone", {{"side", std::string(name(side.side))},
                                           {"zone", std::string(neurovasc::words(zone.zone))}}),
                       words("zone_status", zone.measured), words("zone_status", zone.status),
                       onOneLine(zone.comment)});
    }
  }
  return unlessEmpty(table);
}

std::vector<std::string> findingsOf(const ReviewedSide& side) {
  const std::string which(name(side.side));
  std::vector<std::string> sentences;
  if (side.read_first) {
    const std::string comment = onOneLine(side.read_first->comment);
    sentences.push_back(
        say("review.read_first", {{"side", which},
                                  {"finding", words("finding", side.read_first->finding)},
                                  {"comment", comment.empty() ? "" : " (" + comment + ")"}}));
  }
  if (side.reassessed) {
    sentences.push_back(say("review.reassessed", {{"side", which}}));
  }
  sentences.push_back(
      say(side.finding == side.measured ? "review.same_finding" : "review.other_finding",
          {{"side", capitalised(which)},
           {"finding", words("finding", side.finding)},
           {"measured", words("finding", side.measured)}}));
  return sentences;
}

/// "2026-11-21 10:15 UTC"
std::string minuteOf(std::chrono::system_clock::time_point time) {
  std::string text = utcText(time);
  constexpr std::size_t kMinutes = 16;
  text[10] = ' ';
  return text.substr(0, kMinutes) + " UTC";
}

}  // namespace

ReviewText reviewText(const ReviewedAssessment& reviewed) {
  ReviewText text;
  text.title = say("title.review", {{"reader", upperCase(onOneLine(reviewed.reader))},
                                    {"time", minuteOf(reviewed.time)}});
  for (const ReviewedSide& side : reviewed.sides) {
    const auto sentences = findingsOf(side);
    text.findings.insert(text.findings.end(), sentences.begin(), sentences.end());
  }
  text.contacts = contactsOf(reviewed);
  text.zones = zonesOf(reviewed);
  return text;
}

}  // namespace neurovasc::report
