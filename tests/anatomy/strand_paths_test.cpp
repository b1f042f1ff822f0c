#include "strand_paths.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "neurovasc/core/tube.h"
#include "view_fixture.h"

namespace neurovasc::anatomy {
namespace {

double wallDistance(const Vec3& p) { return p.x - 10; }

ImageF painted(const SideView& view, const std::function<double(const Vec3&)>& value) {
  ImageF image(view.t2.geometry());
  const Size3& n = image.size();
  for (int k = 0; k < n[2]; ++k) {
    for (int j = 0; j < n[1]; ++j) {
      for (int i = 0; i < n[0]; ++i) {
        image(i, j, k) = static_cast<float>(value(view.sideOf(image.geometry().toLps(i, j, k))));
      }
    }
  }
  return image;
}

/// Cheap within @p radius_mm of @p strands (side coordinates), as dear as fluid elsewhere.
ImageF costAlong(const SideView& view, const std::vector<std::vector<Point3>>& strands,
                 double radius_mm = 0.6) {
  return painted(view, [&](const Vec3& p) {
    double nearest = 1e9;
    for (const auto& s : strands) nearest = std::min(nearest, project(s, p).distance_mm);
    return nearest < radius_mm ? 1.0 : 33.0;
  });
}

SideView besideAWall() {
  return test::paintedView(
      {6, -6, -10}, {22, 12, 6}, 0.5, [](const Vec3&) { return 1.0; }, wallDistance);
}

TEST(StrandCost, IsDearerInBloodThanInFluidHoweverClearTheVessel) {
  SideView view = besideAWall();
  view.tof = ImageF(view.t2.geometry(), 1.0F);
  const auto fluid = view.t2.geometry().offset(3, 3, 3);
  const auto nerve = view.t2.geometry().offset(4, 3, 3);
  const auto blood_void = view.t2.geometry().offset(5, 3, 3);
  const auto artery = view.t2.geometry().offset(6, 3, 3);
  ImageF tubularness(view.t2.geometry(), 0.0F);
  for (const auto at : {nerve, blood_void, artery}) tubularness[at] = 0.6F;
  view.t2[nerve] = view.t2[artery] = static_cast<float>(view.brain);
  view.t2[blood_void] = 0;
  (*view.tof)[artery] = 2.5F;
  const ImageF cost = strandCost(view, tubularness);
  EXPECT_LT(cost[nerve], 1);
  EXPECT_GT(cost[blood_void], cost[fluid]);
  EXPECT_GT(cost[artery], cost[fluid]);
}

/// Void in T2 and bright in TOF within @p radius_mm of a line along z, as an artery is.
SideView withArtery(double radius_mm) {
  SideView view = test::paintedView(
      {10, -1, -6}, {18, 7, 2}, 0.25, [](const Vec3&) { return 1.0; }, wallDistance);
  const auto inside = [&](const Vec3& p) { return std::hypot(p.x - 14, p.y - 3) < radius_mm; };
  view.t2 = painted(view, [&](const Vec3& p) { return inside(p) ? 0.0 : 1.0; });
  view.tof = painted(view, [&](const Vec3& p) { return inside(p) ? 3.0 : 0.5; });
  return view;
}

TEST(LumenOf, IsDeepInsideWideArteriesOnly) {
  const SideView wide = withArtery(1.7);
  const Mask lumen = lumenOf(wide, 1);
  const auto at = [&](const Vec3& p) {
    const Vec3 index = wide.t2.geometry().toIndex(wide.lpsOf(p));
    return lumen(static_cast<int>(std::lround(index.x)), static_cast<int>(std::lround(index.y)),
                 static_cast<int>(std::lround(index.z)));
  };
  EXPECT_TRUE(at({14, 3.9, -2}));
  EXPECT_FALSE(at({14, 4.5, -2}));
  const Mask thin = lumenOf(withArtery(0.3), 1);
  EXPECT_TRUE(std::none_of(thin.begin(), thin.end(), [](std::uint8_t v) { return v != 0; }));
  EXPECT_TRUE(lumenOf(besideAWall(), 1).empty()) << "without TOF it may be felt or bone";
}

TEST(StrandCost, KeepsOutOfALumen) {
  SideView view = withArtery(1.7);
  const ImageF tubularness(view.t2.geometry(), 0.6F);
  const ImageF open = strandCost(view, tubularness);
  view.lumen = lumenOf(view, 1);
  const ImageF closed = strandCost(view, tubularness);
  for (std::size_t i = 0; i < open.voxelCount(); ++i) {
    ASSERT_TRUE(view.lumen[i] ? closed[i] > 4 * open[i] : closed[i] == open[i]) << i;
  }
}

/// Where something hides VIII, VII beside it is the better strand; VIII has to go on by itself.
TEST(StrandPair, DoesNotLetTheHiddenEighthShareTheFacialNerve) {
  const SideView view = besideAWall();
  const std::vector<Point3> facial = {{21, 0, 1}, {10.2, 0, 1}};
  const std::vector<Point3> eighth_seen = {{21, 2.2, 0}, {17.5, 2.2, 0}};
  const std::vector<Point3> eighth_again = {{12.5, 2.2, 0}, {10.2, 2.2, 0}};
  const ImageF cost = costAlong(view, {facial, eighth_seen, eighth_again}, 0.4);
  const StrandPair both = strandPair(view, {cost, cost}, view.lpsOf(facial.front()),
                                     view.lpsOf(eighth_seen.front()), {}, {});
  ASSERT_GT(both.eighth.size(), 5U);
  for (const Point3& p : both.eighth) EXPECT_GT(project(facial, view.sideOf(p)).distance_mm, 1.1);
  for (const Point3& p : both.facial) EXPECT_LT(project(facial, view.sideOf(p)).distance_mm, 0.9);
}

/// @p cost where it is less, @p factor times as dear.
void cheapen(ImageF& costs, const ImageF& cost, float factor) {
  for (std::size_t i = 0; i < costs.voxelCount(); ++i) {
    costs[i] = std::min(costs[i], factor * cost[i]);
  }
}

/// Where nerves lie against each other the blur of both is the best strand of all: both paths take
/// it, and VII goes on along VIII, the clearer one. Beside VIII's path VII finds its own way to the
/// brain, and VIII beside that one its own past the blur.
TEST(StrandPair, PartsNervesWhoseBlurLooksLikeOneStrandBetweenThem) {
  const SideView view = besideAWall();
  const std::vector<Point3> facial = {{21, -0.5, 1}, {10.2, -0.5, 1}};
  const std::vector<Point3> eighth = {{21, 2, 1}, {10.2, 2, 1}};
  const std::vector<std::vector<Point3>> blurred = {{{18, 0.5, 1}, {14, 0.5, 1}},
                                                    {facial.front(), {18, 0.5, 1}},
                                                    {eighth.front(), {18, 0.5, 1}},
                                                    {{14, 0.5, 1}, {13, -0.5, 1}},
                                                    {{14, 0.5, 1}, {13, 2, 1}}};
  const ImageF clear = costAlong(view, {eighth}, 0.3);
  StrandCosts costs{clear, clear};
  cheapen(costs.thin, costAlong(view, {facial}, 0.3), 3);
  cheapen(costs.thin, costAlong(view, blurred, 0.45), 0.2F);
  cheapen(costs.thick, costAlong(view, blurred, 0.45), 0.2F);
  const StrandPair both =
      strandPair(view, costs, view.lpsOf(facial.front()), view.lpsOf(eighth.front()), {}, {});
  ASSERT_GT(both.facial.size(), 5U);
  ASSERT_GT(both.eighth.size(), 5U);
  EXPECT_LT(project(facial, view.sideOf(both.facial.front())).distance_mm, 0.6);
  for (const Point3& p : both.eighth) EXPECT_LT(project(eighth, view.sideOf(p)).distance_mm, 0.6);
}

/// Where VII lies within the blur of VIII for a while, a vessel that leaves it there would be the
/// better strand off VIII; VII goes on beside VIII, which it never leaves.
TEST(StrandPair, KeepsTheFacialNerveBesideTheEighth) {
  const SideView view = besideAWall();
  const std::vector<Point3> eighth = {{21, 1, 1}, {10.2, 1, 1}};
  const std::vector<Point3> facial = {{21, -1, 1},  {17, -0.5, 1}, {16, 0.3, 1},
                                      {14, 0.3, 1}, {13, -0.5, 1}, {10.2, -1, 1}};
  const std::vector<Point3> vessel = {{18, -0.5, 1}, {17.5, -0.5, -8}, {10.2, -0.5, -8}};
  const ImageF clear = costAlong(view, {eighth, vessel}, 0.3);
  StrandCosts costs{clear, clear};
  cheapen(costs.thin, costAlong(view, {facial}, 0.3), 2);
  const StrandPair both =
      strandPair(view, costs, view.lpsOf(facial.front()), view.lpsOf(eighth.front()), {}, {});
  ASSERT_GT(both.facial.size(), 5U);
  for (const Point3& p : both.facial) EXPECT_LT(project(eighth, view.sideOf(p)).distance_mm, 3);
}

TEST(EighthFromRoot, EndsWithinTheLengthOfAnAttachedNerve) {
  const SideView view = besideAWall();
  const std::vector<Point3> facial = {{10.5, -5, 5}, {16, -5, 5}, {21, -4, 4}};
  const std::vector<Point3> eighth = {{21, 0, 2}, {10.2, 0, -5}};
  const std::vector<Point3> far = {{21, 0, 2}, {10.2, 11, -5}};
  SulcusLevel sulcus;
  sulcus.z_mm = -5;
  for (const auto& strand : {eighth, far}) {
    const ImageF cost = costAlong(view, {strand});
    std::vector<Point3> path;
    for (const Point3& p : facial) path.push_back(view.lpsOf(p));
    const auto line = eighthFromRoot(view, {cost, cost}, view.brain_mm, view.lpsOf(eighth.front()),
                                     path, sulcus, {});
    ASSERT_GT(line.size(), 5U);
    EXPECT_LT(norm(view.sideOf(line.front()) - facial.front()), 13.5);
  }
}

TEST(EighthFromRoot, GoesOnPastTheBulgeOfTheFacialNerveToTheSulcus) {
  const SideView view = besideAWall();
  const std::vector<Point3> eighth = {{21, 0, 0}, {14, 2, -1}, {10.2, 6, -5}};
  const std::vector<Point3> bulge = {{14, 2, -1}, {10.2, 1, 0}};
  const ImageF cost = costAlong(view, {eighth, bulge});
  SulcusLevel sulcus;
  sulcus.z_mm = -5;
  const auto line =
      eighthFromRoot(view, {cost, cost}, view.brain_mm, view.lpsOf(eighth.front()), {}, sulcus, {});
  ASSERT_GT(line.size(), 5U);
  EXPECT_LT(norm(view.sideOf(line.front()) - Vec3{10.2, 6, -5}), 1.2);
  for (const Point3& p : line) EXPECT_LT(project(eighth, view.sideOf(p)).distance_mm, 0.9);
}

/// VII and VIII come to the pons; there @p ridges show, or one is hidden, as by an artery.
std::vector<Point3> eighthBeside(const SideView& view,
                                 const std::vector<std::vector<Point3>>& ridges) {
  std::vector<std::vector<Point3>> strands = {{{21, 0, 2}, {12, 0, 0}},
                                              {{21, 2.5, 2}, {11.5, 2.8, 0.5}}};
  strands.insert(strands.end(), ridges.begin(), ridges.end());
  const ImageF cost = costAlong(view, strands, 0.4);
  const StrandCosts costs{cost, cost};
  const FilledBrain filled{view.t2, view.brain_mm};
  SulcusLevel sulcus;
  sulcus.z_mm = -4.2;
  std::vector<Point3> free;
  for (const Vec3& p : {Vec3{12, 0, 0}, Vec3{15, 0, 0.67}, Vec3{21, 0, 2}}) {
    free.push_back(view.lpsOf(p));
  }
  const Point3 seed = view.lpsOf({21, 2.5, 2});
  const auto eighth = eighthFromRoot(view, costs, filled.distance_mm, seed, free, sulcus, {});
  return eighthOffFacial({view, filled, costs, cost, free.back(), seed, free, sulcus}, eighth, {});
}

TEST(EighthOffFacial, LeavesTheOnlyRidgeToTheFacialNerveUnlessItIsSeenAllAlong) {
  const SideView view = besideAWall();
  const std::vector<Point3> of_facial = {{12, 0, 0}, {10.2, 2, -4.6}};
  const std::vector<Point3> of_eighth = {{11.5, 2.8, 0.5}, {10.2, 5.5, -4.6}};
  const auto hidden = eighthBeside(view, {of_facial});
  ASSERT_GT(hidden.size(), 5U);
  for (const Point3& p : hidden) EXPECT_GT(project(of_facial, view.sideOf(p)).distance_mm, 1.0);
  const auto both = eighthBeside(view, {of_facial, of_eighth});
  ASSERT_GT(both.size(), 5U);
  EXPECT_LT(norm(view.sideOf(both.front()) - of_eighth.back()), 1.2);
  // VII is hidden, and VIII's ridge on its way.
  const std::vector<Point3> near = {{11.5, 2.8, 0.5}, {11, 1, -0.8}, {10.2, 1.5, -4.6}};
  const auto seen = eighthBeside(view, {near});
  ASSERT_GT(seen.size(), 5U);
  for (const Point3& p : seen)
    EXPECT_LT(project({{21, 2.5, 2}, near[0], near[1], near[2]}, view.sideOf(p)).distance_mm, 0.9);
}

/// VII over the furrow between pons and medulla: its own surface is the brain's, too, so that a
/// path to the nearest surface would end half-way.
TEST(WholeStrand, CrossesTheFurrowToTheSmoothSurfaceOfTheBrain) {
  const std::vector<Point3> facial = {{21, -2, 2}, {14, 0, 0}, {12.6, 1, -4.4}, {10.2, 4, -4.6}};
  SideView view = test::paintedView(
      {6, -6, -10}, {22, 12, 6}, 0.5, [](const Vec3&) { return 1.0; },
      [&](const Vec3& p) {
        const double to_nerve = project(facial, p).distance_mm - 0.6;
        return p.x < 14 ? std::min(wallDistance(p), to_nerve) : wallDistance(p);
      });
  FilledBrain filled{view.t2, painted(view, wallDistance)};
  SulcusLevel sulcus;
  sulcus.z_mm = -4.2;
  const SplitStrand both =
      wholeStrand(view, filled, costAlong(view, {facial}), view.lpsOf(facial.front()),
                  view.lpsOf({14, 0, 0}), {}, {}, sulcus, {});
  ASSERT_GT(both.attached.size(), 3U);
  EXPECT_LT(norm(view.sideOf(both.attached.front()) - Vec3{10.2, 4, -4.6}), 1.0);
}

/// Two ridges lead to the sulcus, one of them the stump of VIII.
TEST(WholeStrand, LeavesTheStumpOfTheEighthNerveAlone) {
  const std::vector<Point3> facial = {{21, 0, 2}, {12, 0, 0}, {10.2, 2, -4.6}};
  const std::vector<Point3> stump = {{10.2, 4, -4.6}, {10.4, 2.5, -2}};
  const SideView view = besideAWall();
  const ImageF cost = costAlong(view, {{{21, 0, 2}, {12, 0, 0}, {10.4, 2.5, -2}}, stump, facial});
  SulcusLevel sulcus;
  sulcus.z_mm = -4.2;
  std::vector<Point3> of_eighth;
  for (const Point3& p : stump) of_eighth.push_back(view.lpsOf(p));
  const SplitStrand both =
      wholeStrand(view, {view.t2, view.brain_mm}, cost, view.lpsOf(facial.front()),
                  view.lpsOf({12, 0, 0}), {}, of_eighth, sulcus, {});
  ASSERT_GT(both.attached.size(), 3U);
  EXPECT_LT(norm(view.sideOf(both.attached.front()) - facial.back()), 1.2);
}

}  // namespace
}  // namespace neurovasc::anatomy
