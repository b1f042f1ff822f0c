#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace neurovasc::dicom {

/// Without leading and trailing blanks and nulls, which DICOM pads with.
std::string_view trimmed(std::string_view text);

std::string lowered(std::string_view text);

/// The parts between @p separator, trimmed; an empty text has none.
std::vector<std::string> split(std::string_view text, char separator);

/// A finite decimal number with nothing after it.
std::optional<double> parseNumber(std::string_view text);
std::optional<int> parseInteger(std::string_view text);

/// The nearest integer, where an int can hold it.
std::optional<int> nearestInteger(double value);

bool isWordCharacter(char c);  ///< ASCII letter or digit, or part of a non-ASCII character

/// Words: the longest runs of word characters.
std::vector<std::string_view> words(std::string_view text);

/// @p text of DICOM character set @p charset as UTF-8. Of a set that cannot be converted the ASCII
/// part is kept, and nothing at all where it changes sets by escape sequences (ISO 2022).
std::string toUtf8(std::string_view text, std::string_view charset);

}  // namespace neurovasc::dicom
