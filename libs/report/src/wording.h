#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "neurovasc/core/assessment.h"

namespace neurovasc::report {

/// @p value with @p decimals, never "-0.0".
std::string fixed(double value, int decimals);

/// "0.42 ± 0.15 mm", or without the doubt where it is not known.
std::string withDoubt(double value_mm, const std::optional<double>& sd_mm);

/// "97 %", held within 1 and 99: a probability here is never certain.
std::string percent(double fraction);

/// "12 days", or from three weeks on "8 weeks"; the sign is dropped.
std::string lapse(int days);

/// A length rounded up to a tenth of a millimetre, for "smallest that would have been seen".
std::string roundedUp(double value_mm);

/// "0.52 x 0.52 x 0.50".
std::string voxelText(const Vec3& voxel_mm);

/// " text", or nothing for nothing.
std::string spaced(const std::string& text);

/// "the attached segment".
std::string zoneWords(Zone zone);
/// "the root exit point, the attached segment and ...".
std::string zoneList(const std::vector<Zone>& zones);

/// "the anterior inferior cerebellar artery", "an artery that may be PICA", "a vein"...
std::string vesselWords(const Contact& contact);

/// Whether the vessel's name may be given without doubt.
bool nameIsLikely(const Contact& contact);

/// " in the attached segment, 4.4 mm from the root exit point", as far as it is known.
std::string placeWords(const Contact& contact);

/// The mean of the nerve's diameter and its smallest with its place. Between detachment point and
/// porus where both are known, else over the whole nerve.
struct Calibre {
  double mean_mm = 0;
  double smallest_mm = 0;
  double smallest_at_mm = 0;
  bool cisternal = false;
};
std::optional<Calibre> calibreOf(const Nerve& nerve);

/// Arc length of a landmark on the nerve's centre line.
std::optional<double> arclengthOf(const Nerve& nerve, const std::optional<Landmark>& landmark);

/// Whether images were measured on; else shapes that someone else drew.
bool hasImages(const Assessment& assessment);
/// Whether these are too thick to measure on.
bool isTooThick(const Assessment& assessment);

/// Whether it bends or dents the nerve beyond the error, by the grades.
bool deforms(const Contact& contact);

}  // namespace neurovasc::report
