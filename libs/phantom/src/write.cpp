#include <algorithm>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "neurovasc/core/error.h"
#include "neurovasc/phantom/phantom.h"

namespace neurovasc::phantom {
namespace {

using Json = nlohmann::ordered_json;
using Path = std::filesystem::path;

Json toJson(const Vec3& v) { return {v.x, v.y, v.z}; }

Json toJson(const Matrix3& m) {
  Json rows = Json::array();
  for (int r = 0; r < 3; ++r) {
    rows.push_back({m(r, 0), m(r, 1), m(r, 2)});
  }
  return rows;
}

Json toJson(const NearVessel& near) {
  return {{"vessel", near.vessel},
          {"kind", name(near.kind)},
          {"min_distance_mm", near.min_distance_mm},
          {"diameter_mm", near.diameter_mm},
          {"nerve_point", toJson(near.nerve_point)},
          {"vessel_point", toJson(near.vessel_point)},
          {"arclength_from_root_mm", near.arclength_mm},
          {"segment", name(near.zone)}};
}

Json toJson(const SideTruth& side) {
  Json line = Json::array();
  for (const Point3& p : side.nerve.points_mm) {
    line.push_back(toJson(p));
  }
  Json near = Json::array();
  for (const NearVessel& vessel : side.near) {
    near.push_back(toJson(vessel));
  }
  return {{"centerline", line},
          {"radius", side.nerve.radius_mm},
          {"root", toJson(side.root_exit_point)},
          {"rdp", toJson(side.detachment_point)},
          {"porus", toJson(side.porus)},
          {"near", near}};
}

Json toJson(const std::vector<PadTruth>& pads) {
  Json list = Json::array();
  for (const PadTruth& pad : pads) {
    list.push_back(
        {{"side", name(pad.side)}, {"center", toJson(pad.center)}, {"volume_mm3", pad.volume_mm3}});
  }
  return list;
}

Json toJson(const Truth& truth) {
  Json series = Json::object();
  for (const auto& [role, uid] : truth.series_uids) {
    series[role] = uid;
  }
  Json sides = Json::object();
  for (const Side side : kSides) {
    sides[std::string(name(side))] = toJson(truth.of(side));
  }
  return {
      {"case", truth.scenario},
      {"seed", truth.seed},
      {"side", name(truth.side)},
      {"series", series},
      {"tof_motion",
       {{"R", toJson(truth.tof_from_t2.rotation)}, {"t", toJson(truth.tof_from_t2.translation)}}},
      {"labels",
       {{"1", "VII left"}, {"2", "VII right"}, {"3", "artery"}, {"4", "vein"}, {"5", "pad"}}},
      {"pads", toJson(truth.pads)},
      {"sides", sides}};
}

Volume<std::uint16_t> stored(const ImageF& image) {
  static constexpr float kLargest = 65535;
  Volume<std::uint16_t> out(image.geometry());
  std::transform(image.begin(), image.end(), out.begin(), [](float value) {
    return static_cast<std::uint16_t>(std::lround(std::clamp(value, 0.0F, kLargest)));
  });
  return out;
}

void makeFolder(const Path& folder) {
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  if (failed) {
    throw Error(ErrorCode::output_unwritable,
                "cannot make " + folder.string() + ": " + failed.message(),
                "check the rights of the folder it stands in");
  }
}

void writeTruth(const Truth& truth, const Path& file) {
  std::ofstream out(file, std::ios::binary);
  out << toJson(truth).dump(1) << "\n";
  out.close();
  if (!out) {
    throw Error(ErrorCode::output_unwritable, "cannot write " + file.string(),
                "check the free space");
  }
}

void writeAll(const Phantom& phantom, const Path& folder) {
  makeFolder(folder / "dicom");
  makeFolder(folder / "truth");
  for (const PhantomSeries& series : phantom.series) {
    dicom::writeMrSeries(stored(series.image), series.header, folder / "dicom" / series.folder);
  }
  writeTruth(phantom.truth, folder / "truth" / "truth.json");
}

/// Puts @p partial in the place of @p directory; the old one goes only when the new one is there.
std::error_code putInPlace(const Path& partial, const Path& directory) {
  std::error_code failed;
  std::error_code ignored;
  if (!std::filesystem::exists(directory)) {
    std::filesystem::rename(partial, directory, failed);
    return failed;
  }
  const Path old = directory.string() + ".old";
  std::filesystem::rename(directory, old, failed);
  if (failed) {
    return failed;
  }
  std::filesystem::rename(partial, directory, failed);
  if (failed) {
    std::filesystem::rename(old, directory, ignored);
  } else {
    std::filesystem::remove_all(old, ignored);
  }
  return failed;
}

}  // namespace

void writePhantom(const Phantom& phantom, const Path& directory, bool overwrite) {
  if (!overwrite && std::filesystem::exists(directory)) {
    throw Error(ErrorCode::output_unwritable, directory.string() + " exists already",
                "choose another folder or remove it");
  }
  const Path partial = directory.string() + ".partial";
  std::error_code ignored;
  std::filesystem::remove_all(partial, ignored);
  std::error_code failed;
  try {
    writeAll(phantom, partial);
    failed = putInPlace(partial, directory);
  } catch (...) {
    std::filesystem::remove_all(partial, ignored);
    throw;
  }
  if (failed) {
    std::filesystem::remove_all(partial, ignored);
    throw Error(ErrorCode::output_unwritable,
                "cannot write " + directory.string() + ": " + failed.message(),
                "check the rights of the folder it stands in");
  }
}

}  // namespace neurovasc::phantom
