#pragma once

#include <vector>

#include "neurovasc/contact/deformity.h"
#include "neurovasc/contact/gap.h"
#include "neurovasc/contact/places.h"
#include "neurovasc/contact/probability.h"
#include "neurovasc/contact/zones.h"
#include "neurovasc/core/anatomy.h"
#include "neurovasc/core/assessment.h"
#include "neurovasc/core/fused_study.h"
#include "neurovasc/core/progress.h"

namespace neurovasc::contact {

struct ContactOptions {
  std::vector<Side> sides = {Side::left, Side::right};
  PlaceOptions places;
  GapOptions gap;
  DeformityOptions deformity;
  ZoneOptions zones;
  double touch_limit_mm = kTouchLimitMm;
  double patch_within_mm = 0.25;  ///< nerve surface this near to the vessel counts as its patch
  int threads = 0;                ///< 0: one per processor; results do not depend on it
};

/// Throws Error(usage) naming the option that cannot be used.
void validate(const ContactOptions& options);

/// From anatomy to contacts: for each side asked, every vessel within reach of the facial nerve, at
/// every place it comes near, with gap, probability, patch and deformity; the six zones; the
/// finding. Left before right. Stage "contact" of @p progress.
///
/// Finding: compression = contact outside the canal with deformity beyond its error; contact = any
/// probability >= 0.5 outside the canal; no_contact only when RExP, AS, RDP and TZ are all clear;
/// else not_assessable. Contacts inside the canal are listed but count apart.
///
/// A study too thick to measure, or a side without nerve, gives no contacts and no clear zone.
std::vector<SideAssessment> assess(const FusedStudy& study, const Anatomy& anatomy,
                                   const ContactOptions& options, const Progress& progress);

/// The finding of a side by its contacts and zones, see assess().
Finding findingOf(const std::vector<Contact>& contacts, const std::vector<ZoneFinding>& zones,
                  const DeformityOptions& options);

}  // namespace neurovasc::contact
