#pragma once

#include <array>
#include <cmath>

#include "json_fields.h"
#include "json_words.h"
#include "neurovasc/core/anatomy.h"

namespace neurovasc::result {

/// The landmarks column by column, as they stand in the JSON.
struct LandmarkColumns {
  static constexpr std::array<const char*, 3> kNames = {"root_exit_point", "detachment_point",
                                                        "porus"};
  std::array<std::optional<Vec3>, 3> position;
  std::array<std::optional<double>, 3> sd_mm;
  std::array<std::optional<bool>, 3> manual;

  LandmarkColumns() = default;
  explicit LandmarkColumns(const NerveLandmarks& marks) {
    const std::array<const std::optional<Landmark>*, 3> all = {
        &marks.root_exit_point, &marks.detachment_point, &marks.porus};
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (*all[i] && std::isfinite(norm((*all[i])->lps_mm))) {
        position[i] = (*all[i])->lps_mm;
        sd_mm[i] = (*all[i])->sd_mm;
        manual[i] = (*all[i])->manual;
      }
    }
  }

  NerveLandmarks landmarks() const { return {landmark(0), landmark(1), landmark(2)}; }

 private:
  std::optional<Landmark> landmark(std::size_t i) const {
    return position[i] ? std::optional<Landmark>({*position[i], sd_mm[i].value_or(std::nan("")),
                                                  manual[i].value_or(false)})
                       : std::nullopt;
  }
};

template <typename Fields>
void describe(Fields& f, NerveLandmarks& marks) {
  LandmarkColumns columns(marks);
  const auto forEach = [](auto describe_one) {
    for (std::size_t i = 0; i < LandmarkColumns::kNames.size(); ++i) {
      describe_one(LandmarkColumns::kNames[i], i);
    }
  };
  f.group("landmarks", [&](auto& inner) {
    forEach([&](const char* key, std::size_t i) { inner.point(key, columns.position[i]); });
  });
  f.group("landmark_sd_mm", [&](auto& inner) {
    forEach([&](const char* key, std::size_t i) {
      inner.number(key, columns.sd_mm[i], kLengthDecimals);
    });
  });
  f.group("landmark_manual", [&](auto& inner) {
    forEach([&](const char* key, std::size_t i) { inner.plain(key, columns.manual[i]); });
  });
  marks = columns.landmarks();
}

template <typename Fields>
void describe(Fields& f, Nerve& nerve) {
  f.word("name", nerve.name);
  f.word("status", nerve.status);
  f.textOrNull("reason", nerve.reason);
  f.tube(nerve.tube);
  describe(f, nerve.landmarks);
}

template <typename Fields>
void describe(Fields& f, VesselEvidence& e) {
  f.number("tof_over_brain", e.tof_over_brain, kProbabilityDecimals);
  f.number("ce_t1_over_brain", e.ce_t1_over_brain, kProbabilityDecimals);
  f.number("t2_over_csf", e.t2_over_csf, kProbabilityDecimals);
  f.plain("seen_on_tof", e.seen_on_tof);
  f.plain("seen_on_t2", e.seen_on_t2);
}

template <typename Fields>
void describe(Fields& f, Vessel& vessel) {
  f.text("id", vessel.id);
  f.word("kind", vessel.kind);
  f.number("kind_confidence", vessel.kind_confidence, kProbabilityDecimals);
  f.word("name", vessel.name);
  f.number("name_confidence", vessel.name_confidence, kProbabilityDecimals);
  f.tube(vessel.tube);
  f.group("evidence", [&vessel](auto& inner) { describe(inner, vessel.evidence); });
}

/// A pad without its surface.
template <typename Fields>
void describe(Fields& f, Pad& pad) {
  f.text("id", pad.id);
  f.word("side", pad.side);
  f.point("center_lps_mm", pad.center_mm);
  f.number("volume_mm3", pad.volume_mm3, kLengthDecimals);
}

}  // namespace neurovasc::result
