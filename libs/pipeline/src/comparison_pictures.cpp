#include "comparison_pictures.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "neurovasc/scene/dates.h"
#include "neurovasc/scene/mesh_io.h"
#include "neurovasc/scene/surface.h"

namespace neurovasc::pipeline {
namespace {

namespace fs = std::filesystem;
using result::ResultFile;
using result::StagedFolder;

std::string gapLine(const char* when, const ContactSighting& sighting) {
  return sighting.distance_mm ? fmt::format("gap {}: {:.2f} mm", when, *sighting.distance_mm)
                              : fmt::format("{}: not within 3 mm", when);
}

std::string vesselLine(const TrackedContact& contact) {
  const auto listed =
      std::find_if(contact.dates.rbegin(), contact.dates.rend(),
                   [](const ContactSighting& sighting) { return !sighting.contact_id.empty(); });
  const ContactSighting& seen = listed == contact.dates.rend() ? contact.dates.back() : *listed;
  const std::string vessel(seen.vessel_name == VesselName::unknown ? name(seen.kind)
                                                                   : name(seen.vessel_name));
  return seen.zone ? fmt::format("{}, {}", vessel, name(*seen.zone)) : vessel;
}

std::string stateLine(const TrackedContact& contact) {
  std::string state(contact.state ? name(*contact.state) : "near, touches at neither date");
  std::replace(state.begin(), state.end(), '_', ' ');
  return state;
}

bool isTouching(const ContactSighting& sighting) {
  return sighting.contact_probability.value_or(0) >= 0.5;
}

/// Where the first date has the contact on its nerve.
std::optional<Point3> placeOf(const TrackedContact& contact, const scene::SceneContent& first,
                              Side side) {
  for (const scene::SceneNerve& nerve : first.nerves) {
    const bool own = nerve.name == NerveName::facial && nerve.side == side;
    if (own && nerve.tube.size() >= 2 && contact.arclength_mm) {
      return pointAt(nerve.tube.points_mm, *contact.arclength_mm);
    }
  }
  return std::nullopt;
}

std::vector<scene::FollowedPlace> placesOf(const Comparison& comparison,
                                           const scene::SceneContent& first) {
  std::vector<scene::FollowedPlace> places;
  for (const SideComparison& side : comparison.sides) {
    for (const TrackedContact& contact : side.contacts) {
      if (const auto place = placeOf(contact, first, side.side)) {
        places.push_back(
            {contact.id,
             side.side,
             *place,
             isTouching(contact.dates.front()),
             isTouching(contact.dates.back()),
             {vesselLine(contact), stateLine(contact), gapLine("before", contact.dates.front()),
              gapLine("now", contact.dates.back())}});
      }
    }
  }
  return places;
}

std::vector<scene::PictureFile> written(const std::string& directory,
                                        const scene::DatesScene& scene, const Progress& progress) {
  scene::writeDatesPictures(scene, directory, {}, progress);
  return scene::datesPictureFiles(scene);
}

scene::DatesScene datesScene(const Comparison& comparison, const std::vector<DateScene>& dates) {
  return scene::inCommonField({dates.front().scene, dates.back().scene, dates.front().title,
                               dates.back().title, placesOf(comparison, dates.front().scene)});
}

}  // namespace

void drawPadSurfaces(std::vector<ComparedPad>& pads) {
  scene::SurfaceOptions options;
  options.close_at_border = true;
  options.smoothing_iterations = 10;  // takes off the steps where a neighbour bars the way
  for (ComparedPad& pad : pads) {
    if (!pad.share.empty()) {
      pad.pad.surface = scene::extractSurface(pad.share, 0.5, options);
    }
  }
}

std::vector<ResultFile> writePadMeshes(const StagedFolder& folder,
                                       const std::vector<ComparedPad>& pads) {
  std::vector<ResultFile> files;
  for (const ComparedPad& pad : pads) {
    for (const char* extension : {"stl", "vtp"}) {
      if (pad.pad.surface.empty()) {
        continue;
      }
      const std::string path = fmt::format("{}/pad_date{}_{}.{}", result::kMeshesFolder,
                                           pad.date + 1, pad.pad.id, extension);
      scene::writeMesh(pad.pad.surface, folder.path(path).string());
      files.push_back({path, fmt::format("pad {} of date {}, surface, LPS mm of that date",
                                         pad.pad.id, pad.date + 1)});
    }
  }
  return files;
}

std::vector<scene::PictureFile> drawComparison(const StagedFolder& folder,
                                               const Comparison& comparison,
                                               const std::vector<DateScene>& dates,
                                               const Progress& progress) {
  const std::string directory = folder.path(std::string(result::kPicturesFolder)).string();
  fs::create_directories(directory);
  if (dates.size() > 1) {
    return written(directory, datesScene(comparison, dates), progress);
  }
  scene::writePictures(dates.front().scene, directory, {}, progress);
  return scene::pictureFiles(dates.front().scene);
}

}  // namespace neurovasc::pipeline
