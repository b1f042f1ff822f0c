#include "pontomedullary_level.h"

namespace neurovasc::anatomy {

double pontomedullaryLevelMm(const Anatomy& anatomy) {
  double sum = 0;
  int count = 0;
  for (const Nerve& nerve : anatomy.nerves) {
    if (nerve.name == NerveName::facial && !nerve.tube.empty()) {
      sum += anatomy.frame.head_from_lps(nerve.tube.points_mm.front()).z;
      ++count;
    }
  }
  return count > 0 ? sum / count : -4;
}

}  // namespace neurovasc::anatomy
