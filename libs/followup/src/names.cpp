#include "neurovasc/followup/course.h"
#include "neurovasc/followup/healing.h"
#include "neurovasc/followup/joint.h"

namespace neurovasc::followup {

// A switch each, so that the compiler asks for the name of a value that is new.

std::string_view name(ReferencePoint point) {
  switch (point) {
    case ReferencePoint::first_days:
      return "first_days";
    case ReferencePoint::four_to_six_weeks:
      return "four_to_six_weeks";
    case ReferencePoint::three_months:
      return "three_months";
    case ReferencePoint::six_months:
      return "six_months";
    case ReferencePoint::twelve_months:
      return "twelve_months";
  }
  return "unknown";
}

std::string_view name(SpasmCourse course) {
  switch (course) {
    case SpasmCourse::no_surgery:
      return "no_surgery";
    case SpasmCourse::unknown:
      return "unknown";
    case SpasmCourse::free:
      return "free";
    case SpasmCourse::masked:
      return "masked";
    case SpasmCourse::improving:
      return "improving";
    case SpasmCourse::never_free:
      return "never_free";
    case SpasmCourse::early_return:
      return "early_return";
    case SpasmCourse::free_and_back:
      return "free_and_back";
  }
  return "unknown";
}

std::string_view name(LookAlike look_alike) {
  switch (look_alike) {
    case LookAlike::blepharospasm:
      return "blepharospasm";
    case LookAlike::bilateral_spasm:
      return "bilateral_spasm";
    case LookAlike::synkinesis_after_palsy:
      return "synkinesis_after_palsy";
    case LookAlike::eyelid_twitch:
      return "eyelid_twitch";
  }
  return "unknown";
}

std::string_view name(JointFinding finding) {
  switch (finding) {
    case JointFinding::healing_as_expected:
      return "healing_as_expected";
    case JointFinding::incomplete_decompression_suspected:
      return "incomplete_decompression_suspected";
    case JointFinding::recurrence_suspected:
      return "recurrence_suspected";
    case JointFinding::indeterminate:
      return "indeterminate";
  }
  return "unknown";
}

std::string_view name(Lapse lapse) {
  switch (lapse) {
    case Lapse::within_six_months:
      return "within_six_months";
    case Lapse::beyond_six_months:
      return "beyond_six_months";
    case Lapse::any:
      return "any";
  }
  return "unknown";
}

}  // namespace neurovasc::followup
