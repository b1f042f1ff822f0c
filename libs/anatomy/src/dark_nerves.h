#pragma once

#include "neurovasc/core/progress.h"
#include "side_view.h"

namespace neurovasc::anatomy {

/// By how much nerves are darker in T2 than brain. As a rule they are not: 0. In some sharp
/// balanced sequences of real heads VIII, which is thick enough to show its own level, is nearly as
/// dark as bone; then by as much as VIII. @p eighth_mm lies on VIII, @p along is a unit vector.
double darkerNerves(const SideView& view, const Point3& eighth_mm, const Vec3& along);

/// T2 with bone as bright as fluid. Where nerves are as dark as bone, they cannot otherwise be told
/// from the wall that they lie against at the porus. Only what holds a ball of 2.5 mm is bone.
ImageF withoutBone(const SideView& view, int threads, const Progress& progress);

}  // namespace neurovasc::anatomy
