#include "neurovasc/anatomy/segment.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <limits>
#include <string>

#include "neurovasc/core/error.h"
#include "neurovasc/core/tube.h"
#include "neurovasc/dicom/catalogue.h"
#include "neurovasc/dicom/series_reader.h"
#include "neurovasc/imaging/fusion.h"
#include "neurovasc/imaging/image_io.h"
#include "support/paths.h"

namespace neurovasc::anatomy {
namespace {

/// A real volume around the right internal auditory canal; the brainstem lies outside.
class RealCrop : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto path = testing::sharedPath("real/cpa-crop/vol_ie_R.nii.gz");
    if (path.empty()) GTEST_SKIP() << "needs the shared real volumes";
    study_.t2.fine = imaging::readImage(path.string());
    study_.grid = study_.t2.fine.geometry();
    // As the program takes it for a file that does not say how it was acquired.
    study_.t2.psf_fwhm_mm = study_.grid.spacing_mm * imaging::FusionOptions().psf_per_voxel;
    options_.sides = {Side::right};
    options_.find_vessels = false;
  }

  FusedStudy study_;
  AnatomyOptions options_;
};

TEST_F(RealCrop, GivesAPartialNerveOnTheSideThatIsThere) {
  const Anatomy anatomy = segment(study_, options_, {});
  ASSERT_EQ(anatomy.ears.size(), 1U);
  EXPECT_EQ(anatomy.ears[0].side, Side::right);
  const Nerve& right = facialNerve(anatomy, Side::right);
  EXPECT_EQ(right.status, NerveStatus::partial);
  EXPECT_EQ(right.reason, "the brainstem lies outside the field of view");
  EXPECT_GT(lengthOf(right.tube.points_mm), 8);
  EXPECT_TRUE(right.landmarks.porus.has_value());
  EXPECT_FALSE(right.landmarks.root_exit_point.has_value());
  EXPECT_EQ(facialNerve(anatomy, Side::left).status, NerveStatus::not_found);
}

TEST_F(RealCrop, TakesAPorusPlacedByHandAsItIs) {
  const Anatomy before = segment(study_, options_, {});
  Landmark by_hand;
  by_hand.lps_mm = facialNerve(before, Side::right).landmarks.porus->lps_mm + Vec3{-1.5, 0.5, 0.4};
  by_hand.sd_mm = 0.3;
  options_.landmarks.of(Side::right).porus = by_hand;
  const Anatomy anatomy = segment(study_, options_, {});
  const auto& porus = facialNerve(anatomy, Side::right).landmarks.porus;
  ASSERT_TRUE(porus.has_value());
  EXPECT_TRUE(porus->manual);
  EXPECT_LT(distance(porus->lps_mm, by_hand.lps_mm), 1e-9);
  EXPECT_EQ(porus->sd_mm, 0.3);
}

TEST_F(RealCrop, FollowsTheFacialNerveFromTheEdgeOfTheFieldToTheFundus) {
  // Placed by eye on every fifth sagittal slice before any output was looked at.
  const std::vector<Point3> facial = {
      {-16.98, 17.66, -11.76}, {-17.98, 17.14, -11.48}, {-18.98, 16.70, -11.08},
      {-19.98, 16.30, -10.88}, {-20.98, 15.82, -10.46}, {-21.98, 15.42, -10.14},
      {-22.98, 15.00, -9.76},  {-23.98, 14.54, -9.54},  {-24.98, 14.20, -9.46},
      {-25.98, 13.54, -9.30},  {-26.98, 13.14, -8.60},  {-27.98, 12.60, -8.46},
      {-28.98, 12.34, -8.20},  {-29.98, 11.88, -8.10},  {-30.98, 11.34, -8.00},
      {-31.98, 10.94, -8.04},  {-32.98, 10.64, -8.18},  {-33.98, 10.34, -8.20}};
  const Anatomy anatomy = segment(study_, options_, {});
  const Nerve& nerve = facialNerve(anatomy, Side::right);
  EXPECT_EQ(nerve.status, NerveStatus::partial);
  double sum = 0;
  for (const Point3& p : facial) sum += project(nerve.tube.points_mm, p).distance_mm;
  EXPECT_LT(sum / static_cast<double>(facial.size()), 0.25);
}

TEST_F(RealCrop, FollowsTheVestibulocochlearNerveUntilItDivides) {
  // The strand's middle, placed by eye like the facial nerve's (good to 0.2 mm, 0.4 mm at the
  // porus, from y = 15.2 to 12.9, where both nerves and the bone are as dark); the last three are
  // its posterior part, which stays beside the facial nerve.
  const std::vector<Point3> eighth = {
      {-17.98, 19.64, -12.40}, {-18.98, 19.34, -12.20}, {-19.98, 18.54, -11.80},
      {-20.98, 18.10, -11.54}, {-21.98, 17.34, -11.20}, {-22.98, 16.70, -10.94},
      {-23.98, 16.24, -10.40}, {-24.98, 15.68, -10.00}, {-25.98, 15.14, -9.70},
      {-26.98, 14.64, -9.10},  {-27.98, 13.64, -9.10},  {-28.98, 12.94, -9.20},
      {-29.98, 12.54, -8.90},  {-30.98, 12.24, -8.60},  {-31.98, 11.98, -8.50}};
  const Anatomy anatomy = segment(study_, options_, {});
  const auto nerve =
      std::find_if(anatomy.nerves.begin(), anatomy.nerves.end(), [](const Nerve& one) {
        return one.name == NerveName::vestibulocochlear && !one.tube.empty();
      });
  ASSERT_NE(nerve, anatomy.nerves.end());
  double sum = 0;
  for (const Point3& p : eighth) {
    const double off_mm = project(nerve->tube.points_mm, p).distance_mm;
    EXPECT_LT(off_mm, 0.8);
    sum += off_mm;
    // No point of the one lies on the other.
    EXPECT_GT(project(facialNerve(anatomy, Side::right).tube.points_mm, p).distance_mm, 0.8);
  }
  EXPECT_LT(sum / static_cast<double>(eighth.size()), 0.3);
}

TEST_F(RealCrop, IsTheSameWithAnyNumberOfThreads) {
  options_.threads = 1;
  const Anatomy one = segment(study_, options_, {});
  options_.threads = 3;
  const Anatomy three = segment(study_, options_, {});
  EXPECT_TRUE(std::equal(one.labels.begin(), one.labels.end(), three.labels.begin()));
  const Tube& a = facialNerve(one, Side::right).tube;
  const Tube& b = facialNerve(three, Side::right).tube;
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) EXPECT_EQ(a.points_mm[i], b.points_mm[i]);
}

TEST_F(RealCrop, StopsWhenAsked) {
  StopToken stop;
  stop.requestStop();
  EXPECT_THROW(segment(study_, options_, Progress({}, {}, stop)), Error);
}

/// A real head in slices of 2.5 mm: scalp, orbits and marrow are as bright as fluid.
class RealHead : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto path = testing::sharedPath("real/head-t2-tse/dicom");
    if (path.empty()) GTEST_SKIP() << "needs the shared real volumes";
    const Study study = dicom::scanStudies(path.string(), {}, {}).studies.front().study;
    const auto t2 = std::find_if(study.series.begin(), study.series.end(), [](const Series& s) {
      return s.role == SeriesRole::t2_thick && s.geometry.size[2] > 50;
    });
    ASSERT_NE(t2, study.series.end());
    images_.t2 = dicom::loadSeries(*t2);
    region_ = locateRegion(images_.t2, {}, {});
  }

  StudyImages images_;
  StudyRegion region_;
};

TEST_F(RealHead, ShowsBothEars) {
  ASSERT_EQ(region_.ears.size(), 2U);
  // Both labyrinths as read in the slices.
  EXPECT_LT(distance(region_.ears[0].labyrinth_mm, Point3{29.4, -16.4, -0.5}), 4);
  EXPECT_LT(distance(region_.ears[1].labyrinth_mm, Point3{-39.1, -11.8, -5.4}), 4);
}

TEST_F(RealHead, ShowsOneStrandForBothNervesOfASide) {
  const FusedStudy study = imaging::fuse(images_, region_.box, {}, {});
  AnatomyOptions options;
  options.region = region_;
  options.find_vessels = false;
  const Anatomy anatomy = segment(study, options, {});
  // Where the strand leaves the canal and where it crosses the cistern, as read in the slices.
  const std::vector<Point3> left = {{18.3, -15.0, -2.1}, {16.4, -12.3, -1.9}};
  const std::vector<Point3> right = {{-27.0, -10.7, -3.6}, {-24.7, -7.9, -3.2}};
  for (const Side side : kSides) {
    const Nerve& nerve = facialNerve(anatomy, side);
    ASSERT_EQ(nerve.status, NerveStatus::partial);
    EXPECT_NE(nerve.reason.find("too thick"), std::string::npos);
    for (const Point3& p : side == Side::left ? left : right) {
      EXPECT_LT(project(nerve.tube.points_mm, p).distance_mm, 2.5);
    }
  }
}

TEST_F(RealHead, ShowsTheBasilarArteryAndTheAicaThatLeavesIt) {
  const FusedStudy study = imaging::fuse(images_, region_.box, {}, {});
  AnatomyOptions options;
  options.region = region_;
  const Anatomy anatomy = segment(study, options, {});
  const auto offTheNearest = [&anatomy](VesselName name, const Point3& p) {
    double nearest = std::numeric_limits<double>::infinity();
    for (const Vessel& vessel : anatomy.vessels) {
      if (vessel.name != name) continue;
      nearest = std::min(nearest, project(vessel.tube.points_mm, p).distance_mm);
    }
    return nearest;
  };
  // As read in the slices: one place of the basilar artery, three of the left AICA on its way from
  // there to the porus.
  EXPECT_LT(offTheNearest(VesselName::basilar, {-3.8, -23.9, 1.2}), 1);
  for (const Point3& p : {Point3{2.5, -16.3, -10.4}, {5.6, -15.3, -10.2}, {7.9, -12.9, -7.3}}) {
    EXPECT_LT(offTheNearest(VesselName::aica, p), 1.5);
  }
}

TEST(AnatomyOptions, MustNameASide) {
  AnatomyOptions options;
  options.sides.clear();
  EXPECT_THROW(validate(options), Error);
}

}  // namespace
}  // namespace neurovasc::anatomy
