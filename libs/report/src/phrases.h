#pragma once

#include <string_view>

namespace neurovasc::report {

/// templates/report.phrases as compiled in.
std::string_view phraseText();

}  // namespace neurovasc::report
