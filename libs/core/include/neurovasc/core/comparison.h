#pragma once

#include <string_view>

namespace neurovasc {

/// What two dates together say of one side; the first that fits, in this order.
enum class Outcome {
  not_assessable,    ///< root exit point to transition zone unseen at a date, and no contact stands
  residual_contact,  ///< a contact of before persists or moved, and there is a sign of surgery
  new_contact,       ///< a contact of now has no partner before
  unchanged,         ///< contact persists without a sign of surgery
  decompressed,      ///< there was contact, and root exit point to transition zone are clear now
  no_contact,
};

std::string_view name(Outcome outcome);  ///< "residual_contact"

}  // namespace neurovasc
