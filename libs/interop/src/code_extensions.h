#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace neurovasc::interop {

/// The text @p bytes, written with ISO 2022 code extensions (PS3.3 C.12.1.1.2, PS3.5 6.1.2.5), in
/// UTF-8. @p character_sets are the values of Specific Character Set: "", "ISO 2022 IR 87".
///
/// Nothing for a set or an escape sequence that DICOM does not define, and for bytes that stand for
/// no letter.
std::optional<std::string> utf8FromCodeExtensions(std::string_view bytes,
                                                  const std::vector<std::string>& character_sets);

}  // namespace neurovasc::interop
