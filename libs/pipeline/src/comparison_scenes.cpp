#include "comparison_scenes.h"

#include <algorithm>
#include <utility>

#include "neurovasc/report/report_text.h"
#include "neurovasc/scene/dates.h"
#include "scene_folder.h"

namespace neurovasc::pipeline {
namespace {

std::vector<Pad> padsOf(const Comparison& comparison, std::size_t n) {
  std::vector<Pad> pads;
  for (const ComparedPad& pad : comparison.pads) {
    if (pad.date == n && !pad.pad.surface.empty()) {
      pads.push_back(pad.pad);
    }
  }
  return pads;
}

/// The contact of @p listed that @p tracked is at date @p n, under the number of @p tracked.
std::optional<Contact> followed(const TrackedContact& tracked, std::size_t n,
                                const std::vector<Contact>& listed) {
  const std::string& id = tracked.dates[n].contact_id;
  const auto found = std::find_if(listed.begin(), listed.end(),
                                  [&id](const Contact& contact) { return contact.id == id; });
  if (found == listed.end()) {
    return std::nullopt;
  }
  Contact contact = *found;
  contact.id = tracked.id;
  return contact;
}

void renumber(scene::SceneSide& side, const Comparison& comparison, std::size_t n) {
  const std::vector<Contact> listed = std::exchange(side.contacts, {});
  for (const SideComparison& compared : comparison.sides) {
    if (compared.side != side.side) {
      continue;
    }
    for (const TrackedContact& tracked : compared.contacts) {
      if (auto contact = followed(tracked, n, listed)) {
        side.contacts.push_back(*std::move(contact));
      }
    }
  }
}

scene::SceneContent sceneOf(const Comparison& comparison, followup::FollowupDate date,
                            const std::filesystem::path& folder, std::size_t n) {
  scene::SceneContent content = readShapes(folder, std::move(date.assessment));
  content.t2 = windowed(std::move(date.t2));
  if (date.tof) {
    content.tof = windowed(std::move(*date.tof));
  }
  content.pads = padsOf(comparison, n);
  content.label = comparison.label;
  for (scene::SceneSide& side : content.sides) {
    renumber(side, comparison, n);
  }
  const auto& registration = comparison.dates[n].registration;
  return registration ? scene::inFrame(std::move(content), registration->date_from_first.inverse())
                      : content;
}

}  // namespace

std::vector<DateScene> scenesOf(const Comparison& comparison,
                                std::vector<followup::FollowupDate> dates,
                                const std::vector<std::filesystem::path>& folders) {
  const std::vector<std::string> titles = report::comparisonText(comparison).date_titles;
  std::vector<DateScene> scenes;
  for (std::size_t n = 0; n < dates.size(); ++n) {
    scenes.push_back({titles[n], sceneOf(comparison, std::move(dates[n]), folders[n], n)});
  }
  return scenes;
}

}  // namespace neurovasc::pipeline
