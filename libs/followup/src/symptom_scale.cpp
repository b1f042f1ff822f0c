#include "symptom_scale.h"

#include <array>
#include <string_view>

namespace neurovasc::followup {
namespace {

/// The least drop that counts. Readers of graded scales agree poorly (kappa 0.4 to 0.65 over five
/// scales), so a whole grade, or its like where the scale is finer.
struct LeastDrop {
  std::string_view scale;
  double drop;
};
constexpr std::array<LeastDrop, 4> kLeastDrops = {
    {{"SMC", 1}, {"Cohen", 1}, {"HFS-7", 4}, {"percent", 25}}};

std::optional<double> leastDrop(const Symptom& look) {
  for (const LeastDrop& row : kLeastDrops) {
    if (row.scale == look.scale) {
      return row.drop;
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<bool> isFree(const Symptom& look) {
  if (!look.score || !leastDrop(look)) {
    return std::nullopt;
  }
  return *look.score <= 0;
}

std::optional<bool> isLess(const Symptom& now, const Symptom& before) {
  const std::optional<double> drop = leastDrop(now);
  const bool comparable = now.scale == before.scale && now.scale_version == before.scale_version;
  if (!drop || !comparable || !now.score || !before.score) {
    return std::nullopt;
  }
  return *before.score - *now.score >= *drop;
}

}  // namespace neurovasc::followup
