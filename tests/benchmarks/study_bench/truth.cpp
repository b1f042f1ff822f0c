#include "truth.h"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "neurovasc/core/error.h"

namespace neurovasc::bench {
namespace {

Point3 point(const nlohmann::json& values) {
  return {values.at(0).get<double>(), values.at(1).get<double>(), values.at(2).get<double>()};
}

RigidTransform transform(const nlohmann::json& motion) {
  RigidTransform out;
  for (int row = 0; row < 3; ++row) {
    for (int column = 0; column < 3; ++column) {
      out.rotation(row, column) = motion.at("R").at(row).at(column).get<double>();
    }
  }
  out.translation = point(motion.at("t"));
  return out;
}

}  // namespace

RegistrationTruth readRegistrationTruth(const std::filesystem::path& case_folder) {
  const std::filesystem::path file = case_folder / "truth" / "truth.json";
  std::ifstream stream(file);
  const nlohmann::json json = nlohmann::json::parse(stream, nullptr, false);
  if (json.is_discarded()) {
    throw Error(ErrorCode::input_unreadable, file.string() + " is absent or not JSON",
                "give a folder of cases, each with dicom/ and truth/truth.json");
  }
  RegistrationTruth truth{transform(json.at("tof_motion")), {}};
  for (const auto& side : json.at("sides")) {
    for (const auto& values : side.at("centerline")) truth.nerve_points.push_back(point(values));
  }
  return truth;
}

RegistrationError errorAtNerves(const RigidTransform& estimate, const RegistrationTruth& truth) {
  RegistrationError error;
  for (const Point3& p : truth.nerve_points) {
    const double distance = norm(estimate(p) - truth.tof_from_t2(p));
    error.mean_mm += distance / static_cast<double>(truth.nerve_points.size());
    error.max_mm = std::max(error.max_mm, distance);
  }
  return error;
}

}  // namespace neurovasc::bench
