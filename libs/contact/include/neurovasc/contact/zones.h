#pragma once

#include <vector>

#include "neurovasc/core/anatomy.h"
#include "neurovasc/core/assessment.h"
#include "neurovasc/core/fused_study.h"

namespace neurovasc::contact {

struct ZoneOptions {
  ZoneLimits limits;
  double contact_probability = 0.5;    ///< from here on a zone holds a contact
  double undecided_probability = 0.3;  ///< from here on it is not clear either
  /// How near to the field's edge or to a slice that was not acquired a nerve may run: a vessel of
  /// 1 mm and its gap must fit between.
  double field_margin_mm = 1.5;
  /// The smallest visible vessel may not be larger: AICA at the nerve measures 0.8 to 1.3 mm.
  double largest_unseen_mm = 1.0;
  double min_nerve_confidence =
      0.35;                      ///< below, the nerve is a guess there; clear nerves reach 0.6
  double max_doubtful_mm = 1.0;  ///< of such a guess do not spoil a zone
  /// Unexplained tissue up to this large is a plexus tuft or a slice of flocculus.
  double unexplained_volume_mm3 = 150;
  double unexplained_reach_mm = 6.0;  ///< from its surface (as a ball) to the nerve
};

/// Throws Error(usage) naming the option that cannot be used.
void validate(const ZoneOptions& options);

/// Diameter of the thinnest dark tube that would still stand out of CSF in T2. A tube of diameter D
/// under a Gaussian point spread of sd sigma shows the share
///
///     c(D) = 1 - exp(-D^2 / (8 sigma^2))
///
/// of its contrast; needed are five times the noise, and at least a quarter of the CSF level, which
/// CSF's own ripple (Gibbs, flow) does not reach. On the pons, where half of its rim is grey, twice
/// that. Never below half an acquired voxel.
double smallestVisibleVesselMm(const FusedImage& t2, const TissueLevels& levels, bool on_brain);

/// Whether contacts and their absence can be told from this study at all; the reason if not.
std::string studyObstacle(const FusedStudy& study);

/// The status of all six zones of @p nerve, in order. A zone is clear only where the nerve is
/// there, inside the field, off missing slices, with nothing unexplained beside it, and a vessel of
/// the stated size would have been seen. A contact counts in every zone that its patch reaches, or
/// may reach within the landmarks' error. @p contacts are this side's.
std::vector<ZoneFinding> zoneFindings(const FusedStudy& study, const Anatomy& anatomy,
                                      const Nerve& nerve, const std::vector<Contact>& contacts,
                                      const ZoneOptions& options);

}  // namespace neurovasc::contact
