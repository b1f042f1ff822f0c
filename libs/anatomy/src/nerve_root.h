#pragma once

#include <cstddef>
#include <vector>

#include "neurovasc/core/volume.h"
#include "side_view.h"

namespace neurovasc::anatomy {

/// How many points at the beginning of @p line, which comes from a nerve's root, lie before the
/// last place within 8 mm where it runs through fluid or along an artery: a path that has to reach
/// the sulcus' level gets there by anything. 0 where hardly any line would be left.
std::size_t astrayPoints(const std::vector<Point3>& line, const SideView& view);

/// The same with the last place where it runs in the lumen of @p view, to the edge of the artery's
/// brightness in TOF: no nerve does.
std::size_t pointsBeyondArteries(const std::vector<Point3>& line, const SideView& view);

/// Takes astrayPoints()' stretches out of @p line: the short ones alone, where it goes on beyond
/// them, else with all that lies before.
void mendAstray(std::vector<Point3>& line, const SideView& view);

/// The beginning of @p line up to the first artery on its way: where one hides the middle of a
/// nerve, its root is there all the same. Empty where no artery does, where the line goes through
/// fluid as well, where next to nothing is left, and without TOF.
std::vector<Point3> stumpOf(const std::vector<Point3>& line, const SideView& view);

/// Takes back what a fit has moved @p line more than half a millimetre off its @p path.
void keepNearPath(const std::vector<Point3>& path, std::vector<Point3>& line);

/// Puts the points of @p fitted that TOF shows in flowing blood back on @p path: a fit beside an
/// artery has little to go by and may slide into it. Gives whether there were any; false without
/// TOF.
bool takeOutOfBlood(const SideView& view, const std::vector<Point3>& path,
                    std::vector<Point3>& fitted);

/// Moves the first point of @p line, the axis of the attached nerve, to the root exit point. Where
/// the nerve bridges the furrow between pons and medulla, its axis goes through the smooth surface
/// of the brain there; where it is a ridge of that surface, the sulcus' level tells and, where it
/// is seen, the ridge's end (ridgeEndBeyond()). Where TOF shows an artery beside the last 3 mm,
/// which a path goes round, the line goes straight on instead.
/// @p brain_distance_mm is to the smooth surface (FilledBrain).
void endAtRoot(std::vector<Point3>& line, const SideView& view, const ImageF& brain_distance_mm,
               double sulcus_z_mm);

}  // namespace neurovasc::anatomy
