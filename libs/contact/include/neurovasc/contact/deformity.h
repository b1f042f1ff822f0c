#pragma once

#include <optional>

#include "neurovasc/contact/gap.h"
#include "neurovasc/core/assessment.h"

namespace neurovasc::contact {

struct DeformityOptions {
  double excluded_mm = 3.0;          ///< to either side of the contact: what a vessel can bend
  double chord_reach_mm = 8.0;       ///< to either side: what the undisturbed course is drawn from
  double axis_sd_mm = 0.25;          ///< of the nerve's axis against its course (tracing and bends)
  double min_displacement_mm = 1.0;  ///< a nerve's natural bends stay below (clinical mapping)
  double min_indentation_mm = 0.3;   ///< less is nothing a surgeon would call a dent
  double groove_mm = 0.5;            ///< a marked dent
  double flattened_ratio = 0.8;      ///< calibre lost by a fifth against 3 mm to either side
  double calibre_ratio_sd = 0.15;    ///< radii beside a vessel are known to a tenth of a mm
  double sds = 2.0;                  ///< beyond its error: by so many sd
};

/// Throws Error(usage) naming the option that cannot be used.
void validate(const DeformityOptions& options);

/// How the vessel of @p gap deforms the nerve at @p s_mm:
///  - indentation: how deep the vessel reaches into the nerve's smooth tube, max(0, -raw gap);
///  - displacement: of the axis off a cubic through its course 3 to 8 mm to either side, towards
///    the side away from the vessel; less what the other side's nerve shows at the same place;
///  - calibre: radius here over the mean radius 3 mm to either side, on the nerve's free part only.
/// Empty where the nerve is too short to tell. @p other may be null.
Deformity deformityAt(const Nerve& nerve, double s_mm, const Gap& gap, const Nerve* other,
                      const DeformityOptions& options);

bool indented(const Deformity& deformity, const DeformityOptions& options);
bool displaced(const Deformity& deformity, const DeformityOptions& options);
bool flattened(const Deformity& deformity, const DeformityOptions& options);

/// Deformity beyond its error of any kind.
bool deformed(const Deformity& deformity, const DeformityOptions& options);

/// Campos-Benitez & Kaufmann, J Neurosurg 109:416 (2008): mild contact, moderate indentation,
/// severe deviation of the course. From the features, never from another grade.
CamposBenitezGrade camposBenitez(bool contact, const Deformity& deformity,
                                 const DeformityOptions& options);

/// Sindou & Leal: I simple contact, II displacement, III marked indentation.
SindouGrade sindou(bool contact, const Deformity& deformity, const DeformityOptions& options);

}  // namespace neurovasc::contact
