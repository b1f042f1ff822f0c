#include "neurovasc/core/fused_study.h"

namespace neurovasc {

bool Coverage::containsAll(const GridGeometry& region) const {
  // Both are boxes, so the corners tell.
  for (int corner = 0; corner < 8; ++corner) {
    Vec3 index;
    for (int axis = 0; axis < 3; ++axis) {
      const bool upper = (corner >> axis & 1) != 0;
      index[axis] = upper ? region.size[static_cast<std::size_t>(axis)] - 1 : 0;
    }
    if (!contains(region.toLps(index))) {
      return false;
    }
  }
  return true;
}

}  // namespace neurovasc
