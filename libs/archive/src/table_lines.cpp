#include "table_lines.h"

#include <sstream>

#include "neurovasc/core/error.h"
#include "table_text.h"

namespace neurovasc::archive {

void TableForm::refuse(std::size_t line, const std::string& cause) const {
  throw Error(ErrorCode::input_unreadable, name + ", line " + std::to_string(line) + ": " + cause,
              hint);
}

void TableForm::forEachLine(
    std::string_view text,
    const std::function<void(const std::vector<std::string>&, std::size_t)>& visit) const {
  std::istringstream lines{std::string(text)};
  std::string line;
  std::size_t number = 0;
  while (std::getline(lines, line)) {
    ++number;
    if (!line.empty() && line.back() == '\r') {
      line.pop_back();
    }
    const std::vector<std::string> cells = tableCells(line);
    if (number == 1 && cells != columns) {
      refuse(1, "its columns are not " + header().substr(0, header().size() - 1));
    }
    if (number == 1 || line.empty()) {
      continue;
    }
    if (cells.size() != columns.size()) {
      refuse(number, std::to_string(cells.size()) + " columns in place of " +
                         std::to_string(columns.size()));
    }
    visit(cells, number);
  }
  if (number == 0) {
    refuse(1, "it is empty");
  }
}

std::string TableForm::header() const { return tableLine(columns); }

}  // namespace neurovasc::archive
