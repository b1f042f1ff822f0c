#include "same_vessel.h"

#include <gtest/gtest.h>

namespace neurovasc::followup {
namespace {

/// A vessel that runs obliquely through @p from.
Tube vesselFrom(const Point3& from, double length_mm) {
  Tube tube;
  for (double s = 0; s <= length_mm; s += 0.5) {
    tube.points_mm.push_back(from + s * normalized(Vec3{1, -0.4, 0.7}));
    tube.radius_mm.push_back(0.6);
  }
  return tube;
}

class SameVessel : public ::testing::Test {
 protected:
  PlacedContact contactOf(const Contact& contact, const Tube& vessel, std::vector<Tube> others) {
    PlacedContact placed;
    placed.contact = &contact;
    placed.vessel = vessel;
    placed.others = std::move(others);
    return placed;
  }

  Contact contact(VesselName name, double confidence) {
    Contact out;
    out.kind = VesselKind::artery;
    out.vessel_name = name;
    out.name_confidence = confidence;
    return out;
  }

  const Tube first_ = vesselFrom({-30, 12, 5}, 30);
  const Tube second_ = vesselFrom({-30, 18, 3}, 25);
  const CompareOptions options_;
};

TEST_F(SameVessel, IsNotTheOneThatRunsWhereAnotherRanBefore) {
  const Contact before = contact(VesselName::aica, 0.85);
  const Contact now = contact(VesselName::pica, 0.5);
  const auto was = contactOf(before, first_, {second_});
  const auto is = contactOf(now, second_, {});
  EXPECT_EQ(sameVessel(was, is, options_), Sameness::different);
  EXPECT_EQ(sameVessel(is, was, options_), Sameness::different);
}

TEST_F(SameVessel, MayHaveMovedWhereNoOtherRanBefore) {
  const Contact before = contact(VesselName::aica, 0.85);
  const Contact now = contact(VesselName::pica, 0.5);
  const auto was = contactOf(before, first_, {vesselFrom({10, 18, 3}, 25)});
  const auto is = contactOf(now, second_, {});
  EXPECT_EQ(sameVessel(was, is, options_), Sameness::unknown);
}

TEST_F(SameVessel, IsTheOneOfTheSameCourseWhateverElseRunsThere) {
  const Contact before = contact(VesselName::aica, 0.6);
  const Contact now = contact(VesselName::pica, 0.5);
  const auto was = contactOf(before, first_, {vesselFrom({-30, 12.8, 5}, 30)});
  EXPECT_EQ(sameVessel(was, contactOf(now, first_, {}), options_), Sameness::same);
}

TEST_F(SameVessel, IsNotDeniedByShortPieces) {
  const Contact before = contact(VesselName::aica, 0.85);
  const Contact now = contact(VesselName::pica, 0.5);
  const auto was = contactOf(before, first_, {vesselFrom({-30, 18, 3}, 8)});
  EXPECT_EQ(sameVessel(was, contactOf(now, second_, {}), options_), Sameness::unknown);
}

}  // namespace
}  // namespace neurovasc::followup
