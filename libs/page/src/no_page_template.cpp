#include "page_template.h"

namespace neurovasc::page {

std::string_view pageTemplate() { return {}; }

}  // namespace neurovasc::page
