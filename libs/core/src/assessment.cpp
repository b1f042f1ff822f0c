#include "neurovasc/core/assessment.h"

#include "neurovasc/core/enum_names.h"

namespace neurovasc {
namespace {

constexpr EnumNames<ContactState, 3> kStateNames{
    {{{ContactState::touching, "touching"},
      {ContactState::below_resolution, "below_resolution"},
      {ContactState::separate, "separate"}}}};

constexpr EnumNames<CamposBenitezGrade, 4> kCamposBenitezNames{
    {{{CamposBenitezGrade::none, "none"},
      {CamposBenitezGrade::mild, "mild"},
      {CamposBenitezGrade::moderate, "moderate"},
      {CamposBenitezGrade::severe, "severe"}}}};

constexpr EnumNames<SindouGrade, 4> kSindouNames{{{{SindouGrade::none, "none"},
                                                   {SindouGrade::i, "I"},
                                                   {SindouGrade::ii, "II"},
                                                   {SindouGrade::iii, "III"}}}};

constexpr EnumNames<ZoneStatus, 3> kZoneStatusNames{
    {{{ZoneStatus::contact, "contact"},
      {ZoneStatus::clear, "clear"},
      {ZoneStatus::not_assessable, "not_assessable"}}}};

constexpr EnumNames<Finding, 4> kFindingNames{{{{Finding::compression, "compression"},
                                                {Finding::contact, "contact"},
                                                {Finding::no_contact, "no_contact"},
                                                {Finding::not_assessable, "not_assessable"}}}};

constexpr EnumNames<Resolution, 3> kResolutionNames{{{{Resolution::quantitative, "quantitative"},
                                                      {Resolution::visual_only, "visual_only"},
                                                      {Resolution::too_thick, "too_thick"}}}};

}  // namespace

bool touches(const Contact& contact) {
  constexpr double kLikely = 0.5;
  if (contact.state && *contact.state != ContactState::below_resolution) {
    return *contact.state == ContactState::touching;
  }
  return contact.contact_probability.value_or(0) >= kLikely;
}

std::string_view name(ContactState state) { return kStateNames.name(state); }
std::string_view name(CamposBenitezGrade grade) { return kCamposBenitezNames.name(grade); }
std::string_view name(SindouGrade grade) { return kSindouNames.name(grade); }
std::string_view name(ZoneStatus status) { return kZoneStatusNames.name(status); }
std::string_view name(Finding finding) { return kFindingNames.name(finding); }
std::string_view name(Resolution resolution) { return kResolutionNames.name(resolution); }

}  // namespace neurovasc
