#pragma once

#include <string>

#include "json_text.h"
#include "neurovasc/core/version.h"

namespace neurovasc::result {

/// What wrote a document, and that it is no medical device.
inline Json softwareJson() {
  return {{"name", "neurovasc"},
          {"version", std::string(version())},
          {"notice", std::string(kResearchUseOnly)}};
}

}  // namespace neurovasc::result
