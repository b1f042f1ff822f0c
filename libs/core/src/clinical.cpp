#include "neurovasc/core/clinical.h"

#include "neurovasc/core/enum_names.h"

namespace neurovasc {
namespace {

constexpr EnumNames<SymptomSide, 3> kSymptomSideNames{
    {{{SymptomSide::left, "left"}, {SymptomSide::right, "right"}, {SymptomSide::both, "both"}}}};

constexpr EnumNames<TreatmentKind, 4> kTreatmentNames{
    {{{TreatmentKind::medication, "medication"},
      {TreatmentKind::botulinum_toxin, "botulinum_toxin"},
      {TreatmentKind::supportive, "supportive"},
      {TreatmentKind::surgery, "surgery"}}}};

constexpr EnumNames<SurgicalTechnique, 4> kTechniqueNames{
    {{{SurgicalTechnique::interposed, "interposed"},
      {SurgicalTechnique::transposed, "transposed"},
      {SurgicalTechnique::sling, "sling"},
      {SurgicalTechnique::unknown, "unknown"}}}};

constexpr EnumNames<DayZero, 2> kDayZeroNames{
    {{{DayZero::first_surgery, "first_surgery"}, {DayZero::first_entry, "first_entry"}}}};

}  // namespace

std::string_view name(SymptomSide side) { return kSymptomSideNames.name(side); }
std::string_view name(TreatmentKind kind) { return kTreatmentNames.name(kind); }
std::string_view name(SurgicalTechnique technique) { return kTechniqueNames.name(technique); }
std::string_view name(DayZero day_zero) { return kDayZeroNames.name(day_zero); }

}  // namespace neurovasc
