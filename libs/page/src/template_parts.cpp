#include "template_parts.h"

#include "neurovasc/core/error.h"
#include "neurovasc/page/page.h"

namespace neurovasc::page {
namespace {

constexpr std::string_view kDataMarker = "@DATA@";

}  // namespace

void requireTemplate() {
  if (!isPageBuilt()) {
    throw Error(ErrorCode::internal, "this build holds no page",
                "Build with Node.js and npm and with NEUROVASC_PAGE on.");
  }
}

TemplateParts templateParts(std::string_view text, std::string_view marker) {
  const std::size_t first = text.find(marker);
  const std::size_t data = text.find(kDataMarker);
  const std::size_t after_first = first + marker.size();
  return {text.substr(0, first), text.substr(after_first, data - after_first),
          text.substr(data + kDataMarker.size())};
}

}  // namespace neurovasc::page
