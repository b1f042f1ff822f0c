#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace neurovasc::dicom {

/// The ways in which @p word (UTF-8) may be spelled elsewhere: in lower case without diacritics
/// ("MÜLLER" is "muller"), and with the letters written out where that is a custom ("mueller").
/// Latin, Greek and Cyrillic letters are folded; those of other scripts have no case.
std::vector<std::string> spellingsOf(std::string_view word);

}  // namespace neurovasc::dicom
