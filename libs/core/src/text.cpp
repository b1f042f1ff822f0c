#include "neurovasc/core/text.h"

#include <array>
#include <charconv>

namespace neurovasc {

std::string fixedDecimals(double value, int decimals) {
  // The largest double has 309 digits before its point.
  std::array<char, 400> buffer;
  const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                    std::chars_format::fixed, decimals);
  return {buffer.data(), result.ptr};
}

}  // namespace neurovasc
