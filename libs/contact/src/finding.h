#pragma once

#include <vector>

#include "neurovasc/core/assessment.h"

namespace neurovasc::contact {

/// What a contact bears on the finding of its side.
struct ContactBearing {
  bool touches = false;
  bool deforms = false;
  bool in_canal = false;  ///< counts apart
};

/// The rule of assess() for a side's finding.
Finding findingOf(const std::vector<ContactBearing>& contacts,
                  const std::vector<ZoneFinding>& zones);

}  // namespace neurovasc::contact
