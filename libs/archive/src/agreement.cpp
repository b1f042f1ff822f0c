#include "neurovasc/archive/agreement.h"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <set>
#include <tuple>

#include "neurovasc/core/error.h"
#include "neurovasc/core/text.h"
#include "table_text.h"

namespace neurovasc::archive {
namespace {

/// What an opinion is about: a zone of a side of an item.
using Place = std::tuple<std::string, Side, Zone>;
/// About a whole side: the first zone stands for all.
constexpr Zone kWholeSide = Zone::root_exit_point;
/// Where compression comes from (Tomii 2003): a finding takes all of them.
constexpr std::array<Zone, 4> kRootZones = {Zone::root_exit_point, Zone::attached_segment,
                                            Zone::root_detachment_point, Zone::transition_zone};

struct Rater {
  std::string name;
  std::map<Place, ZoneStatus> zones;
  std::map<Place, ZoneStatus> sides;
};

Place placeOf(const Reading& reading) { return {reading.item, reading.side, reading.zone}; }

/// Empty where too few of its zones were read to say.
std::optional<ZoneStatus> sideStatus(const std::map<Place, ZoneStatus>& zones,
                                     const std::string& item, Side side) {
  std::set<ZoneStatus> met;
  std::size_t read = 0;
  for (const Zone zone : kRootZones) {
    const auto found = zones.find({item, side, zone});
    if (found != zones.end()) {
      met.insert(found->second);
      ++read;
    }
  }
  if (met.count(ZoneStatus::contact) > 0) {
    return ZoneStatus::contact;
  }
  if (read < kRootZones.size()) {
    return std::nullopt;
  }
  return met.count(ZoneStatus::not_assessable) > 0 ? ZoneStatus::not_assessable : ZoneStatus::clear;
}

Rater raterOf(const std::string& name, const std::vector<Reading>& readings) {
  Rater rater;
  rater.name = name;
  for (const Reading& reading : readings) {
    if (!rater.zones.emplace(placeOf(reading), reading.status).second) {
      throw Error(ErrorCode::usage,
                  name + ": item " + reading.item + " has two readings of one zone",
                  "Leave one of the lines.");
    }
  }
  for (const auto& [place, status] : rater.zones) {
    const auto& [item, side, zone] = place;
    if (const auto whole = sideStatus(rater.zones, item, side)) {
      rater.sides[{item, side, kWholeSide}] = *whole;
    }
  }
  return rater;
}

void requireOnList(const std::map<Place, ZoneStatus>& list, const Readings& reader) {
  for (const Reading& reading : reader.readings) {
    if (list.count(placeOf(reading)) == 0) {
      throw Error(ErrorCode::usage,
                  reader.reader + ": item " + reading.item + ", " +
                      std::string(name(reading.side)) + " " + std::string(name(reading.zone)) +
                      " is not on the list",
                  "Give the readings with the key of their own list.");
    }
  }
}

std::vector<Rater> ratersOf(const std::vector<KeyRow>& key, const std::vector<Readings>& readers) {
  std::vector<Reading> program;
  for (const KeyRow& row : key) {
    program.push_back(row.program);
  }
  std::vector<Rater> raters;
  const Rater machine = raterOf("program", program);
  std::set<std::string> names = {machine.name};
  for (const Readings& reader : readers) {
    if (!names.insert(reader.reader).second) {
      throw Error(ErrorCode::usage, "two raters are called " + reader.reader,
                  "The name of a reader is that of the file of readings, without .tsv.");
    }
    requireOnList(machine.zones, reader);
    raters.push_back(raterOf(reader.reader, reader.readings));
  }
  raters.push_back(machine);
  return raters;
}

/// What a row of the result is about.
struct Group {
  std::string scope;
  std::string name;
  std::map<Place, ZoneStatus> Rater::*opinions;
  std::function<bool(const Place&)> holds;
};

std::vector<Group> groups() {
  const auto all = [](const Place&) { return true; };
  std::vector<Group> list = {{"zone", "all", &Rater::zones, all}};
  for (const Zone zone : kZones) {
    list.push_back({"zone", std::string(name(zone)), &Rater::zones,
                    [zone](const Place& place) { return std::get<Zone>(place) == zone; }});
  }
  list.push_back({"side", "all", &Rater::sides, all});
  for (const Side side : kSides) {
    list.push_back({"side", std::string(name(side)), &Rater::sides,
                    [side](const Place& place) { return std::get<Side>(place) == side; }});
  }
  return list;
}

/// What all of @p raters say of each place of @p group on which all have an opinion.
std::vector<std::vector<std::string>> opinionsOf(const std::vector<const Rater*>& raters,
                                                 const Group& group) {
  std::vector<std::vector<std::string>> items;
  for (const auto& [place, status] : raters.front()->*group.opinions) {
    std::vector<std::string> opinions;
    for (const Rater* rater : raters) {
      const auto found = (rater->*group.opinions).find(place);
      if (found != (rater->*group.opinions).end()) {
        opinions.emplace_back(name(found->second));
      }
    }
    if (opinions.size() == raters.size() && group.holds(place)) {
      items.push_back(std::move(opinions));
    }
  }
  return items;
}

AgreementRow pairRow(const Rater& first, const Rater& second, const Group& group) {
  std::vector<std::string> a;
  std::vector<std::string> b;
  for (const auto& opinions : opinionsOf({&first, &second}, group)) {
    a.push_back(opinions[0]);
    b.push_back(opinions[1]);
  }
  return {first.name + ", " + second.name, "cohen", group.scope, group.name, cohenKappa(a, b)};
}

std::vector<const Rater*> readersAmong(const std::vector<Rater>& raters) {
  std::vector<const Rater*> readers;
  for (std::size_t i = 0; i + 1 < raters.size(); ++i) {
    readers.push_back(&raters[i]);
  }
  return readers;
}

std::string decimals(const std::optional<double>& value) {
  return value ? fixedDecimals(*value, 3) : std::string();
}

}  // namespace

std::vector<AgreementRow> agreementOf(const std::vector<KeyRow>& key,
                                      const std::vector<Readings>& readers) {
  if (readers.empty()) {
    throw Error(ErrorCode::usage, "there are no readings", "Name a file of each reader.");
  }
  const std::vector<Rater> raters = ratersOf(key, readers);
  std::vector<AgreementRow> rows;
  for (std::size_t i = 0; i < raters.size(); ++i) {
    for (std::size_t j = i + 1; j < raters.size(); ++j) {
      for (const Group& group : groups()) {
        rows.push_back(pairRow(raters[i], raters[j], group));
      }
    }
  }
  if (readers.size() > 2) {
    const std::string all = "all readers (" + std::to_string(readers.size()) + ")";
    for (const Group& group : groups()) {
      rows.push_back({all, "fleiss", group.scope, group.name,
                      fleissKappa(opinionsOf(readersAmong(raters), group))});
    }
  }
  return rows;
}

std::string toTsv(const std::vector<AgreementRow>& rows) {
  std::string text = tableLine({"scope", "group", "raters", "method", "items", "observed",
                                "expected", "kappa", "ci95_low", "ci95_high"});
  for (const AgreementRow& row : rows) {
    const Kappa& kappa = row.kappa;
    text += tableLine({row.scope, row.group, row.raters, row.method, std::to_string(kappa.items),
                       fixedDecimals(kappa.observed, 3), fixedDecimals(kappa.expected, 3),
                       decimals(kappa.value), decimals(kappa.low), decimals(kappa.high)});
  }
  return text;
}

}  // namespace neurovasc::archive
