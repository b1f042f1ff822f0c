#pragma once

#include <string>

namespace neurovasc::report {

/// The rows of dataDictionaryTsv() for reviewsTsv().
std::string reviewDictionary();

}  // namespace neurovasc::report
