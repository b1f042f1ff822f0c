#pragma once

#include <optional>
#include <vector>

#include "brainstem.h"
#include "canal.h"
#include "neurovasc/core/progress.h"
#include "side_view.h"
#include "strand_cost.h"

namespace neurovasc::anatomy {

/// From the brain's surface, or from @p end where that is given, to @p seed at the porus. Without
/// brain in the view: from the medial border of the view. It keeps off the core of @p other, the
/// stronger neighbour. Empty if there is no way.
std::vector<Point3> freeStrand(const SideView& view, ImageF cost, const Point3& seed,
                               const std::vector<Point3>& other, const std::optional<Point3>& end,
                               const Progress& progress);

/// VII and VIII from the brain's surface to their seeds.
struct StrandPair {
  std::vector<Point3> facial;
  std::vector<Point3> eighth;
};

/// Where the paths of least cost of both nerves share a strand, either leaves it to the other, or
/// each keeps off the other in turn, whichever is cheapest for the two together. @p facial_end: as
/// @p end above.
StrandPair strandPair(const SideView& view, const StrandCosts& costs, const Point3& facial,
                      const Point3& eighth, const std::optional<Point3>& facial_end,
                      const Progress& progress);

/// VIII from its root, which lies in the pontomedullary sulcus behind that of VII, to @p seed. The
/// path that ends where it first meets the brain ends on VII instead, which bulges out of the pons
/// there. @p costs come from T2 with the brain filled, @p brain_distance_mm is to the filled brain.
/// It keeps off the free part of VII, @p facial. Empty if there is no way.
std::vector<Point3> eighthFromRoot(const SideView& view, const StrandCosts& costs,
                                   const ImageF& brain_distance_mm, const Point3& seed,
                                   const std::vector<Point3>& facial, const SulcusLevel& sulcus,
                                   const Progress& progress);

/// What the ways of both nerves on the brain are sought in.
struct RootScene {
  const SideView& view;
  const FilledBrain& filled;
  const StrandCosts& costs;   ///< of T2 with the brain filled
  const ImageF& facial_cost;  ///< of VII as a ridge of the brain, neither nerve taken out
  Point3 facial_seed;
  Point3 eighth_seed;
  const std::vector<Point3>& facial;  ///< free part of VII, from the brain outward
  SulcusLevel sulcus;
};

/// @p eighth, VIII from its root, or a way that leaves the ridge on which it runs to VII. Under an
/// artery, where one of the two is hidden, both paths want the ridge that is left. It is VII's if
///
///     cost(VII on the ridge) + cost(VIII off it) < 0.87 (cost(VIII on it) + cost(VII off it))
///
/// and either VIII is hidden somewhere on its way, or there is another way for it that is as good.
std::vector<Point3> eighthOffFacial(const RootScene& scene, const std::vector<Point3>& eighth,
                                    const Progress& progress);

/// Whether the part of the view where the root can be holds any of the brain's surface.
bool showsBrainstem(const SideView& view);

/// Cuts off the medial part of a free strand (it ends at the porus) beyond the first two
/// millimetres in which no strand is to be seen. True if it did. The last @p unseen_mm at the brain
/// do not count: there brain fills one side.
bool cutWhereLost(std::vector<Point3>& line, const ImageF& tubularness, double unseen_mm);

/// From the pontomedullary sulcus, or from @p root, to @p start, where the free part meets the
/// brain. It keeps to the surface and to the way down and off @p other, so that no path runs back
/// along the free nerve and in along another.
std::vector<Point3> attachedStrand(const SideView& view, const FilledBrain& filled, ImageF cost,
                                   const Point3& start, const std::vector<Point3>& other,
                                   const SulcusLevel& sulcus, const std::optional<Point3>& root,
                                   const Progress& progress);

/// VIII's @p line, which ends where it meets the brain, straight on to its nucleus: what is left of
/// it on the surface looks like a ridge of VII.
std::vector<Point3> withRoot(const SideView& view, const std::vector<Point3>& line);

/// A strand in two: on the brain's surface and through the cistern, both outward.
struct SplitStrand {
  std::vector<Point3> attached;
  std::vector<Point3> free;
};

/// From the pontomedullary sulcus along the brain's surface and through the cistern to @p seed, in
/// one: where the brain comes near the nerve before its root, only the way on tells which is its
/// detachment. @p cost comes from T2 with the brain filled. @p start: about where the free part
/// meets the brain. It keeps off @p other and off its @p stump. Empty if there is no way.
SplitStrand wholeStrand(const SideView& view, const FilledBrain& filled, ImageF cost,
                        const Point3& seed, const Point3& start, const std::vector<Point3>& other,
                        const std::vector<Point3>& stump, const SulcusLevel& sulcus,
                        const Progress& progress);

/// A nerve in the canal: nearly straight from @p seed to its quadrant of the fundus, which lies
/// @p quadrant (side coordinates) off the axis. The nerves lie against each other there, so that no
/// path tells them apart.
std::vector<Point3> strandInCanal(const SideView& view, const Canal& canal, const Point3& seed,
                                  const Vec3& quadrant);

/// The same along what is seen: the way of least @p cost into the quadrant. Empty if there is none.
std::vector<Point3> seenInCanal(const SideView& view, const Canal& canal, ImageF cost,
                                const Point3& seed, const Vec3& quadrant,
                                const std::vector<Point3>& other, const Progress& progress);

}  // namespace neurovasc::anatomy
