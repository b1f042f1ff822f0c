#pragma once

#include <vector>

#include "neurovasc/contact/probability.h"
#include "neurovasc/core/anatomy.h"
#include "neurovasc/core/assessment.h"
#include "neurovasc/core/fused_study.h"

namespace neurovasc::contact {

struct ZoneOptions {
  ZoneLimits limits;
  double contact_probability = 0.5;  ///< from here on a zone holds a contact
  /// Above it is not clear either: of a place in it cannot be told whether the vessel touches.
  double undecided_probability = kSeparateUpTo;
  /// Likewise for a place in the zone beside, times the probability that it reaches beyond the
  /// limit between the two, which is known to a millimetre or two.
  double undecided_beside_probability = 0.1;
  /// How near to the field's edge or to a slice that was not acquired a nerve may run: a vessel of
  /// 1 mm and its gap must fit between.
  double field_margin_mm = 1.5;
  /// The smallest visible vessel may not be larger: AICA at the nerve measures 0.8 to 1.3 mm.
  double largest_unseen_mm = 1.0;
  /// Likewise on the pons without TOF; offenders there are AICA, PICA (1.0 to 1.5 mm) and vertebral
  /// artery.
  double largest_unseen_on_brain_mm = 1.3;
  double min_nerve_confidence =
      0.35;                      ///< below, the nerve is a guess there; clear nerves reach 0.6
  double max_doubtful_mm = 1.0;  ///< of such a guess do not spoil a zone
  /// Unexplained tissue up to this large is a plexus tuft or a slice of flocculus.
  double unexplained_volume_mm3 = 150;
  double unexplained_reach_mm = 6.0;  ///< from its surface (as a ball) to the nerve
};

/// Throws Error(usage) naming the option that cannot be used.
void validate(const ZoneOptions& options);

/// Diameter of the thinnest vessel in CSF that the search for vessels still begins.
///
/// A tube filter of scale s answers to a tube of radius q and contrast C under a Gaussian point
/// spread of sd sigma with (S^2 = sigma^2 + s^2)
///
///     R(q) = e s^2 C q^2 / (2 S^4) exp(-q^2 / (2 S^2))
///
/// The best of the search's scales must answer with 0.24 of the CSF level, which CSF's own ripple
/// (Gibbs, flow) does not reach, and with five times what noise answers with. Never below half an
/// acquired voxel; 10 mm if no vessel would stand out.
double smallestVisibleVesselMm(const FusedImage& t2, const TissueLevels& levels);

/// The same for a vessel that lies on the brainstem. With TOF: an artery, which stands out there as
/// in CSF, by the coarser of the two point spreads. Without: a flow void, with
///
///     c(D) = 1 - exp(-D^2 / (8 sigma^2))
///
/// its share of the contrast, must be clearly darker than brain.
double smallestVisibleOnBrainMm(const FusedStudy& study, const TissueLevels& levels);

/// Whether contacts and their absence can be told from this study at all; the reason if not.
std::string studyObstacle(const FusedStudy& study);

/// The status of all six zones of @p nerve, in order. A zone is clear only where the nerve is
/// there, inside the field, off missing slices, with nothing unexplained beside it, and a vessel of
/// the stated size would have been seen. A contact counts in every zone that its patch reaches, or
/// may reach within the landmarks' error. Where the root exit point is not known, the zones from
/// the detachment point on are judged all the same and have no lengths. @p contacts are this
/// side's.
std::vector<ZoneFinding> zoneFindings(const FusedStudy& study, const Anatomy& anatomy,
                                      const Nerve& nerve, const std::vector<Contact>& contacts,
                                      const ZoneOptions& options);

}  // namespace neurovasc::contact
