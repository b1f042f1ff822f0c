#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace neurovasc::testing {

/// What is wrong with @p json by docs/schemas/@p schema.json, a line each; empty when it is valid.
std::vector<std::string> schemaErrors(const std::string& schema, std::string_view json);

}  // namespace neurovasc::testing
