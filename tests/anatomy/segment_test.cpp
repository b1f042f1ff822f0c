#include "neurovasc/anatomy/segment.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "neurovasc/core/error.h"
#include "neurovasc/imaging/image_io.h"

namespace neurovasc::anatomy {
namespace {

std::filesystem::path sharedDir() {
  const char* set = std::getenv("NEUROVASC_SHARED_DIR");
  return set ? std::filesystem::path(set)
             : std::filesystem::path(NEUROVASC_SOURCE_DIR) / ".." / "shared";
}

/// A real volume around the right internal auditory canal; the brainstem lies outside.
class RealCrop : public testing::Test {
 protected:
  void SetUp() override {
    const auto path = sharedDir() / "real" / "cpa-crop" / "vol_ie_R.nii.gz";
    if (!std::filesystem::exists(path)) GTEST_SKIP() << "needs " << path;
    study_.t2.fine = imaging::readImage(path.string());
    study_.grid = study_.t2.fine.geometry();
    study_.t2.psf_fwhm_mm = {0.5, 0.5, 0.5};
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

TEST(AnatomyOptions, MustNameASide) {
  AnatomyOptions options;
  options.sides.clear();
  EXPECT_THROW(validate(options), Error);
}

}  // namespace
}  // namespace neurovasc::anatomy
