#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace neurovasc::archive {

/// A tab-separated table that people or other programs hand in.
struct TableForm {
  std::string name;                  ///< for messages, "qc.tsv"
  std::vector<std::string> columns;  ///< in this order
  std::string hint;                  ///< what to do about a table that is refused

  /// Throws Error(input_unreadable): "qc.tsv, line 3: ...".
  [[noreturn]] void refuse(std::size_t line, const std::string& cause) const;

  /// Calls @p visit with the cells and the number (from 1) of each line below the header. Empty
  /// lines are skipped, ends of lines may be those of Windows. refuse()s a wrong header and lines
  /// of more or fewer cells.
  void forEachLine(std::string_view text,
                   const std::function<void(const std::vector<std::string>& cells,
                                            std::size_t line)>& visit) const;

  /// The header, as a line.
  std::string header() const;
};

}  // namespace neurovasc::archive
