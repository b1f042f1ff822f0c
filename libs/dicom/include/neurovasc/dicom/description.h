#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace neurovasc::dicom {

/// @p text (UTF-8, as all here) without anything that names a patient: words equal to a part of one
/// of @p identifiers (names, numbers, accession; in any case, with diacritics, without them or
/// written out as in "Mueller"), words that hold such a part of four or more characters,
/// and dates (eight digits, or day, month and year with separators). Control characters become
/// blanks; the result is trimmed.
///
/// Parts of one character, and of two or three that are common in sequence names ("t2", "3d"), are
/// left alone: they name nobody.
std::string withoutIdentity(std::string_view text, const std::vector<std::string>& identifiers);

}  // namespace neurovasc::dicom
