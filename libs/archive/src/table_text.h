#pragma once

#include <string>
#include <vector>

namespace neurovasc::archive {

/// A line of a tab-separated table, with its end. Tabs, line ends and backslashes in cells are
/// written \t, \n and \\.
std::string tableLine(const std::vector<std::string>& cells);

/// The reverse, of a line without its end.
std::vector<std::string> tableCells(const std::string& line);

}  // namespace neurovasc::archive
