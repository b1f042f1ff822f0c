#include "page_template.h"

namespace neurovasc::page {

std::string_view pageTemplate() { return {}; }
std::string_view cohortTemplate() { return {}; }

}  // namespace neurovasc::page
