#include "nerve_trace.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <string>

#include "neurovasc/core/tube.h"
#include "strand_paths.h"
#include "vessel_voxels.h"
#include "view_fixture.h"

namespace neurovasc::anatomy {
namespace {

/// VII and VIII from the fundus through the canal and the cistern to the pons. In the canal their
/// surfaces are 0.3 mm apart.
std::vector<Point3> facialLine() {
  return {{33, 1.2, 1.0}, {24, 1.2, 1.0}, {19, 2.4, 0.8}, {14, 5.2, 0.4}, {12, 6.5, 0.2}};
}
std::vector<Point3> eighthLine() {
  return {{33, 2.5, -0.5}, {24, 2.5, -0.5}, {19, 4.8, -1.6}, {14, 8.2, -3.2}, {12, 9.5, -3.8}};
}

double brainDistance(const Vec3& p) { return std::hypot(p.x, p.y - 9) - 13; }

double t2With(const std::vector<Point3>& facial, double facial_radius_mm, const Vec3& p) {
  const bool bone = p.x > 23 && std::hypot(p.y - 1.8, p.z - 0.3) > 2.7;
  double value = bone ? 0 : 1;
  const auto darken = [&](double distance_mm, double radius_mm) {
    const double share = test::edge(radius_mm - distance_mm, 0.35);
    value = std::min(value, 1 - 0.67 * share);
  };
  darken(project(facial, p).distance_mm, facial_radius_mm);
  darken(project(eighthLine(), p).distance_mm, 1.1);
  if (bone) return 0;
  darken(brainDistance(p), 0);
  return value;
}

double t2At(const Vec3& p) { return t2With(facialLine(), 0.5, p); }

/// The canal with its porus at side x.
Canal canalAt(const SideView& view, double porus_x) {
  Canal canal;
  canal.porus_mm = view.lpsOf({porus_x, 1.8, 0.3});
  canal.fundus_mm = view.lpsOf({33, 1.8, 0.3});
  canal.medial = view.lpsDirection({-1, 0, 0});
  canal.face_normal = canal.medial;
  return canal;
}

TEST(TraceNerves, KeepsTheFacialNerveOffItsThickerNeighbourInTheCanal) {
  const SideView view = test::paintedView({6, -9, -14}, {35, 22, 10}, 0.35, t2At, brainDistance);
  const Canal canal = canalAt(view, 23);
  const TracedNerves nerves = traceNerves(view, canal, {}, 1, {});
  ASSERT_NE(nerves.facial.status, NerveStatus::not_found);
  int in_canal = 0;
  for (const Point3& lps : nerves.facial.tube.points_mm) {
    const Vec3 p = view.sideOf(lps);
    if (p.x < 16 || p.x > 30) continue;
    in_canal += p.x > 23 ? 1 : 0;
    EXPECT_LT(project(facialLine(), p).distance_mm, 0.45) << p.x;
    EXPECT_GT(project(eighthLine(), p).distance_mm, 1.3) << p.x;
  }
  EXPECT_GT(in_canal, 10);
}

Nerve facialIn(const std::function<double(const Vec3&)>& t2) {
  const SideView view = test::paintedView({6, -9, -14}, {35, 22, 10}, 0.35, t2, brainDistance);
  return traceNerves(view, canalAt(view, 23), {}, 1, {}).facial;
}

TEST(TraceNerves, TakesNoStrandForTheFacialNerveThatIsThickerThanAny) {
  const Nerve thick = facialIn([](const Vec3& p) { return t2With(facialLine(), 1.4, p); });
  EXPECT_EQ(thick.status, NerveStatus::not_found);
  EXPECT_NE(thick.reason.find("mm thick, more than a facial nerve"), std::string::npos)
      << thick.reason;
  EXPECT_TRUE(thick.tube.empty());
  EXPECT_FALSE(thick.landmarks.porus);
}

TEST(TraceNerves, TrustsNoPartThatIsThickerThanAnyFacialNerve) {
  const std::vector<Point3> medial = {{17, 3.5, 0.6}, {14, 5.2, 0.4}, {12, 6.5, 0.2}};
  const Nerve facial = facialIn([&](const Vec3& p) {
    const double share = test::edge(1.4 - project(medial, p).distance_mm, 0.35);
    return std::min(t2At(p), 1 - 0.67 * share);
  });
  ASSERT_NE(facial.status, NerveStatus::not_found) << facial.reason;
  int thick = 0;
  int thin = 0;
  for (std::size_t i = 0; i < facial.tube.size(); ++i) {
    const bool is_thick = facial.tube.radius_mm[i] > 1.1;
    thick += is_thick ? 1 : 0;
    thin += facial.tube.radius_mm[i] < 0.7 && facial.tube.confidence[i] > 0.5 ? 1 : 0;
    EXPECT_LE(facial.tube.confidence[i], is_thick ? 0.4 : 1);
  }
  EXPECT_GT(thick, 3);
  EXPECT_GT(thin, 10);
}

TEST(TraceNerves, TrustsNoPartOfAStrandThatIsLostInTheCistern) {
  const std::vector<Point3> lost = {{33, 1.2, 1.0}, {24, 1.2, 1.0}, {19, 2.4, 0.8}};
  const Nerve facial = facialIn([&](const Vec3& p) { return t2With(lost, 0.5, p); });
  EXPECT_EQ(facial.status, NerveStatus::partial);
  EXPECT_NE(facial.reason.find("lost in the cistern"), std::string::npos) << facial.reason;
  ASSERT_FALSE(facial.tube.empty());
  for (const double confidence : facial.tube.confidence) EXPECT_LE(confidence, 0.4);
}

/// The same with a black body that hides the side of VII that looks away from VIII.
double paddedT2At(const Vec3& p) {
  const double share = test::edge(2.2 - distance(p, {18.5, 2.6, 1.2}), 0.35);
  return std::min(t2At(p), 1 - share);
}

double worstOff(const SideView& view, const Tube& tube) {
  double worst_mm = 0;
  for (const Point3& lps : tube.points_mm) {
    const Vec3 p = view.sideOf(lps);
    if (p.x > 15 && p.x < 23) worst_mm = std::max(worst_mm, project(facialLine(), p).distance_mm);
  }
  return worst_mm;
}

TEST(TraceNerves, KeepsToWhereAnotherDateShowsTheNerveBesideAPad) {
  const SideView view =
      test::paintedView({6, -9, -14}, {35, 22, 10}, 0.35, paddedT2At, brainDistance);
  const Canal canal = canalAt(view, 23);
  KnownNerve known;
  for (const Vec3& p : facialLine()) {
    if (p.x < 25) known.axis_mm.insert(known.axis_mm.begin(), view.lpsOf(p));
  }
  EXPECT_GT(worstOff(view, traceNerves(view, canal, {}, 1, {}).facial.tube), 0.6);
  EXPECT_LT(worstOff(view, traceNerves(view, canal, known, 1, {}).facial.tube), 0.3);
}

/// As in a sharp balanced sequence of a real head, without the brainstem: nerves as dark as bone
/// turn at the porus, and a vessel runs straight on along the petrous bone in front of them.
std::vector<Point3> turningFacial() {
  return {{33, 1.2, 1.0}, {25, 1.2, 1.0}, {20, 3.2, 0.0}, {12, 7.0, -2.0}, {8, 8.9, -3.0}};
}
std::vector<Point3> turningEighth() {
  return {{33, 2.5, -0.5}, {25, 2.6, -0.6}, {20, 5.2, -1.6}, {12, 9.6, -3.6}, {8, 11.8, -4.6}};
}

double darkT2At(const Vec3& p) {
  const bool bone = p.x > 23 && std::hypot(p.y - 1.8, p.z - 0.3) > 2.7;
  double value = bone || p.y < -3 ? 0 : 1;
  const auto darken = [&](const std::vector<Point3>& line, double radius_mm, double t2) {
    const double share = test::edge(radius_mm - project(line, p).distance_mm, 0.35);
    value = std::min(value, 1 - (1 - t2) * share);
  };
  darken(turningFacial(), 0.55, 0.08);
  darken(turningEighth(), 1.1, 0.08);
  darken({{23, -1.2, 1.5}, {8, -1.2, 1.5}}, 0.6, 0);
  return value;
}

TEST(TraceNerves, FollowsNervesAsDarkAsBoneAndNotTheVesselAlongThePetrousBone) {
  const SideView view =
      test::paintedView({9, -6, -9}, {36, 15, 7}, 0.35, darkT2At, [](const Vec3&) { return 1e3; });
  const Canal canal = canalAt(view, 20);
  const Nerve facial = traceNerves(view, canal, {}, 1, {}).facial;
  ASSERT_EQ(facial.status, NerveStatus::partial);
  int seen = 0;
  double least_x = 1e9;
  for (std::size_t i = 0; i < facial.tube.size(); ++i) {
    const Vec3 p = view.sideOf(facial.tube.points_mm[i]);
    EXPECT_LT(project(turningFacial(), p).distance_mm, 0.5) << p.x;
    EXPECT_GT(project(turningEighth(), p).distance_mm, 1.2) << p.x;
    seen += facial.tube.confidence[i] > 0.5 ? 1 : 0;
    least_x = std::min(least_x, p.x);
  }
  EXPECT_LT(least_x, 9.7);
  EXPECT_GT(seen, 30);
}

/// VII on the pons, bedded in it by more than half: its axis lies 0.25 mm below the surface, on the
/// way from where it meets the pons to its root in the sulcus not the shortest line.
std::vector<Point3> beddedFacial() {
  const auto onPons = [](double angle_deg, double z) {
    const double a = angle_deg * M_PI / 180;
    return Vec3{12.75 * std::cos(a), 9 - 12.75 * std::sin(a), z};
  };
  std::vector<Point3> line;
  for (double t = 0; t <= 1; t += 0.05) {
    line.push_back(onPons(40 - 28 * t + 13 * std::sin(M_PI * t), -6.4 + 6.6 * t));
  }
  return line;
}

double beddedT2At(const Vec3& p) {
  const double share = test::edge(0.5 - project(beddedFacial(), p).distance_mm, 0.35);
  return std::min(t2At(p), 1 - 0.67 * share);
}

TEST(TraceNerves, FollowsANerveThatIsBeddedInThePons) {
  const SideView view =
      test::paintedView({2, -9, -14}, {35, 22, 10}, 0.35, beddedT2At, brainDistance);
  const Canal canal = canalAt(view, 23);
  const Tube tube = traceNerves(view, canal, {}, 1, {}).facial.tube;
  double worst_mm = 0;
  for (const Point3& p : beddedFacial()) {
    worst_mm = std::max(worst_mm, project(tube.points_mm, view.lpsOf(p)).distance_mm);
  }
  EXPECT_LT(worst_mm, 0.7);
}

/// Distance from the axis of a vertebral artery that hides most of VIII where it crosses it.
double fromArteryOnEighth(const Vec3& p) {
  const Vec3 on = Vec3{16.5, 6.5, -2.4} + Vec3{0, 0.67, -0.74} * 1.1;
  const Vec3 along = normalized(cross(Vec3{-0.8, 0.54, -0.26}, Vec3{0, 0.67, -0.74}));
  return norm(cross(p - on, along));
}

TEST(TraceNerves, FollowsTheEighthUnderAnArteryThatLiesOnIt) {
  constexpr double kArteryMm = 1.7;
  SideView view = test::paintedView(
      {2, -9, -14}, {35, 22, 10}, 0.35,
      [](const Vec3& p) {
        return std::min(t2At(p), 1 - test::edge(kArteryMm - fromArteryOnEighth(p), 0.35));
      },
      brainDistance);
  view.tof = ImageF(view.t2.geometry());
  for (std::size_t i = 0; i < view.tof->voxelCount(); ++i) {
    const double blood =
        test::edge(kArteryMm - fromArteryOnEighth(view.sideOf(lpsOf(view.t2.geometry(), i))), 0.35);
    (*view.tof)[i] = static_cast<float>(0.9 + 2.1 * blood);
  }
  const Tube eighth = traceNerves(view, canalAt(view, 23), {}, 1, {}).vestibulocochlear.tube;
  double least_x = 1e9;
  double worst_mm = 0;
  for (const Point3& lps : eighth.points_mm) {
    const Vec3 p = view.sideOf(lps);
    least_x = std::min(least_x, p.x);
    if (p.x > 14) worst_mm = std::max(worst_mm, project(eighthLine(), p).distance_mm);
  }
  EXPECT_LT(least_x, 14) << "beyond the artery, on the pons";
  EXPECT_LT(worst_mm, 1.0);
}

TEST(WithRoot, FollowsANerveStraightIntoTheBrain) {
  const SideView view = test::paintedView(
      {4, -4, -8}, {24, 20, 6}, 0.8, [](const Vec3&) { return 1.0; }, brainDistance);
  std::vector<Point3> line;
  for (int i = 0; i < 20; ++i)
    line.push_back(view.lpsOf(Vec3{12, 9, -3} + Vec3{0.4, -0.3, 0.1} * i));
  const std::vector<Point3> whole = withRoot(view, line);
  ASSERT_GT(whole.size(), line.size() + 5);
  const Vec3 end = view.sideOf(whole.front());
  EXPECT_LT(norm(cross(end - Vec3{12, 9, -3}, normalized({0.4, -0.3, 0.1}))), 1e-6);
  EXPECT_LT(end.x, 10);
  EXPECT_EQ(whole.back(), line.back());
}

}  // namespace
}  // namespace neurovasc::anatomy
