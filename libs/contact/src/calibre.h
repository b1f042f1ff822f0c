#pragma once

#include "neurovasc/core/anatomy.h"

namespace neurovasc::contact {

/// @p nerve with its radii on the attached part held near those of its free part. Bedded in the
/// pons, a nerve shows only one of its sides and looks thinner or thicker than it is; where CSF
/// surrounds it, its calibre is known, and it does not change much on the way (1.18 +- 0.31 mm in
/// the cistern, PMID 19670628). Unchanged if the detachment point is not known.
Nerve withBeddedCalibre(Nerve nerve);

}  // namespace neurovasc::contact
