#include "neurovasc/followup/reasons.h"

namespace neurovasc::followup {
namespace {

struct Said {
  std::string_view name;
  std::string_view words;
};

Said saidOf(Reason reason) {
  switch (reason) {
    case Reason::root_unseen:
      return {"root_unseen",
              "part of the nerve from root exit point to transition zone was not seen"};
    case Reason::root_unseen_at_first:
      return {"root_unseen_at_first",
              "part of the nerve from root exit point to transition zone was not seen at the first "
              "date"};
    case Reason::root_unseen_at_last:
      return {"root_unseen_at_last",
              "part of the nerve from root exit point to transition zone was not seen at the last "
              "date"};
    case Reason::place_unseen_before:
      return {"place_unseen_before", "the place of the contact was not seen at the earlier date"};
    case Reason::place_unseen_now:
      return {"place_unseen_now", "the place where a vessel touched was not seen at the last date"};
    case Reason::still_there:
      return {"still_there",
              "blood is seen where a vessel touched, and no vessel could be traced there"};
    case Reason::fresh_pad:
      return {"fresh_pad",
              "blood, air and glue are possible near the pad in the first weeks after surgery, and "
              "more time is not known to have passed"};
    case Reason::clot:
      return {"clot",
              "what touches has not the shape of a vessel there and may be clotted blood "
              "or felt"};
    case Reason::early:
      return {"early", "blood, air and glue are possible so soon after surgery"};
    case Reason::t2_alone:
      return {"t2_alone", "pad and vessel are alike on T2 alone"};
    case Reason::shape_of_vessel:
      return {"shape_of_vessel",
              "it has the shape of a vessel, whose slow blood can be dark on TOF"};
    case Reason::continues_vessel:
      return {"continues_vessel", "it continues a vessel, whose slow blood can be dark on TOF"};
  }
  return {"unknown", "unknown"};
}

}  // namespace

std::string_view name(Reason reason) { return saidOf(reason).name; }

std::string_view words(Reason reason) { return saidOf(reason).words; }

}  // namespace neurovasc::followup
