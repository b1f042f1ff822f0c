#pragma once

#include <string>

namespace neurovasc {

/// @p value with so many decimals and a point, whatever the process's locale: "-0.250".
std::string fixedDecimals(double value, int decimals);

}  // namespace neurovasc
