#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace neurovasc::interop {

/// A corner of pixels: (0, 0) is the outer corner of pixel (0, 0), in pixels from there.
using Corner = std::array<int, 2>;

/// The borders of a mask of @p columns x @p rows (columns fastest) as closed polygons along pixel
/// edges, corners alone, first not repeated. Outer borders enclose their pixels in one sense of
/// turning and holes in the other; pixels that touch at a corner alone are apart.
std::vector<std::vector<Corner>> outlinesOf(const std::vector<std::uint8_t>& mask, int columns,
                                            int rows);

/// Pixels of the mask that have a neighbour (of four) outside it, in the order of the mask.
std::vector<std::size_t> borderPixels(const std::vector<std::uint8_t>& mask, int columns, int rows);

}  // namespace neurovasc::interop
