#include "strand_paths.h"

#include <gtest/gtest.h>

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

/// Cheap along @p strands (side coordinates), as dear as fluid elsewhere.
ImageF costAlong(const SideView& view, const std::vector<std::vector<Point3>>& strands) {
  return painted(view, [&](const Vec3& p) {
    double nearest = 1e9;
    for (const auto& s : strands) nearest = std::min(nearest, project(s, p).distance_mm);
    return nearest < 0.6 ? 1.0 : 33.0;
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
                  view.lpsOf({14, 0, 0}), {}, sulcus, {});
  ASSERT_GT(both.attached.size(), 3U);
  EXPECT_LT(norm(view.sideOf(both.attached.front()) - Vec3{10.2, 4, -4.6}), 1.0);
}

}  // namespace
}  // namespace neurovasc::anatomy
