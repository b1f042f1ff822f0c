#include "table_text.h"

namespace neurovasc::archive {

std::string tableLine(const std::vector<std::string>& cells) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    line += i == 0 ? "" : "\t";
    for (const char c : cells[i]) {
      line += c == '\t'   ? std::string("\\t")
              : c == '\n' ? std::string("\\n")
              : c == '\\' ? std::string("\\\\")
                          : std::string(1, c);
    }
  }
  return line + "\n";
}

std::vector<std::string> tableCells(const std::string& line) {
  std::vector<std::string> cells(1);
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\t') {
      cells.emplace_back();
    } else if (line[i] == '\\' && i + 1 < line.size()) {
      const char next = line[++i];
      cells.back() += next == 't' ? '\t' : next == 'n' ? '\n' : next;
    } else {
      cells.back() += line[i];
    }
  }
  return cells;
}

}  // namespace neurovasc::archive
