#pragma once

#include <cstdint>
#include <vector>

namespace neurovasc::interop {

/// Writes RESEARCH into the upper left corner of an image of @p columns x @p rows in @p grey on
/// black, in letters of 5 x 7 pixels; what does not fit is cut off.
void stampResearch(std::vector<std::uint16_t>& pixels, int columns, int rows, std::uint16_t grey);

}  // namespace neurovasc::interop
