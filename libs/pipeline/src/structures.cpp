#include "structures.h"

#include <fmt/format.h>

#include "neurovasc/interop/structures.h"

namespace neurovasc::pipeline {
namespace {

std::string nerveStem(NerveName name) {
  switch (name) {
    case NerveName::trigeminal:
      return "trigeminal_nerve";
    case NerveName::abducens:
      return "abducens_nerve";
    case NerveName::facial:
      return "facial_nerve";
    case NerveName::vestibulocochlear:
      return "vestibulocochlear_nerve";
    case NerveName::lower:
      return "lower_cranial_nerve";
    case NerveName::unknown:
      break;
  }
  return "nerve";
}

}  // namespace

std::string stemOf(const Nerve& nerve) {
  return fmt::format("{}_{}", nerveStem(nerve.name), name(nerve.side));
}

std::string stemOf(const Vessel& vessel) { return interop::segmentId(vessel); }

}  // namespace neurovasc::pipeline
