#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace neurovasc::report {

/// Columns that UTF-8 text takes: its code points (none used here is wide or combining).
std::size_t widthOf(std::string_view text);

/// @p text broken at blanks into lines of at most @p width columns, each ended by a newline; the
/// first line begins with @p first_indent blanks, the others with @p indent. A longer word is cut.
std::string wrapped(std::string_view text, std::size_t width, std::size_t first_indent,
                    std::size_t indent);

using Row = std::vector<std::string>;

/// @p rows with columns aligned, two blanks apart and @p indent blanks at the left. The last column
/// is wrapped to keep within @p width.
std::string alignedTable(const std::vector<Row>& rows, std::size_t width, std::size_t indent);

/// "a", "a and b", "a, b and c".
std::string inWords(const std::vector<std::string>& items);

/// @p text cut to @p width columns, the last one "…" where something was cut.
std::string shortened(const std::string& text, std::size_t width);

std::string joinedBy(std::string_view separator, const std::vector<std::string>& items);

/// @p text without a full stop at its end, to be put into a sentence.
std::string unended(std::string text);

std::string capitalised(std::string text);  ///< first letter, ASCII
std::string upperCase(std::string text);    ///< ASCII

}  // namespace neurovasc::report
