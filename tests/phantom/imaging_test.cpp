#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "neurovasc/core/tube.h"
#include "studies.h"

namespace neurovasc::phantom {
namespace {

using testing::smallPiece;

/// Voxels within @p radius_mm of a place.
std::vector<double> valuesAround(const ImageF& image, const Point3& p, double radius_mm) {
  std::vector<double> values;
  const GridGeometry& grid = image.geometry();
  for (int k = 0; k < grid.size[2]; ++k) {
    for (int j = 0; j < grid.size[1]; ++j) {
      for (int i = 0; i < grid.size[0]; ++i) {
        if (distance(grid.toLps(i, j, k), p) <= radius_mm) {
          values.push_back(image(i, j, k));
        }
      }
    }
  }
  return values;
}

double meanOf(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) {
    sum += value;
  }
  return sum / static_cast<double>(values.size());
}

double spreadOf(const std::vector<double>& values) {
  const double mean = meanOf(values);
  double sum = 0;
  for (const double value : values) {
    sum += (value - mean) * (value - mean);
  }
  return std::sqrt(sum / static_cast<double>(values.size() - 1));
}

/// The largest loss of signal of a voxel.
float mostLost(const ImageF& before, const ImageF& after) {
  float most = 0;
  for (std::size_t o = 0; o < before.voxelCount(); ++o) {
    most = std::max(most, before[o] - after[o]);
  }
  return most;
}

/// The middle of the pons: between the detachment points, a little behind them.
Point3 ponsMiddle(const Truth& truth) {
  return (truth.sides[0].detachment_point + truth.sides[1].detachment_point) * 0.5 + Vec3{0, 3, 0};
}

TEST(PhantomImaging, BrainAndNoiseHaveTheLevelsOfTheSignalEquations) {
  PhantomOptions options = smallPiece(81);
  options.scenario = Scenario::clear;
  options.csf_snr = 25;
  const Phantom phantom = makePhantom(options);
  const auto pons = valuesAround(phantom.series[0].image, ponsMiddle(phantom.truth), 4);
  ASSERT_GT(pons.size(), 800U);
  // CISS at 3 T, TR 5.6 ms, 50 deg: white matter 0.8 * 0.30 of CSF (clinical reference, 7.1).
  EXPECT_NEAR(meanOf(pons) / 700, 0.24, 0.04);
  EXPECT_NEAR(spreadOf(pons), 700.0 / 25, 0.07 * 700 / 25);
  EXPECT_DOUBLE_EQ(phantom.series[0].noise_sd, 28);
}

TEST(PhantomImaging, CisternReachesTheLevelOfCsfAndBoneStaysDark) {
  PhantomOptions options = smallPiece(82);
  options.scenario = Scenario::clear;
  options.csf_snr = 1000;
  const Phantom phantom = makePhantom(options);
  float brightest = 0;
  float darkest = 1e9F;
  for (const float value : phantom.series[0].image) {
    brightest = std::max(brightest, value);
    darkest = std::min(darkest, value);
  }
  EXPECT_NEAR(brightest, 700, 7);
  EXPECT_LT(darkest, 25);
}

TEST(PhantomImaging, NerveIsDarkInBrightCsfAtItsTruePlace) {
  PhantomOptions options = smallPiece(83);
  options.scenario = Scenario::clear;
  options.csf_snr = 200;
  const Phantom phantom = makePhantom(options);
  for (const SideTruth& side : phantom.truth.sides) {
    const double middle = 0.5 * (side.detachment_arc_mm + side.porus_arc_mm);
    const Point3 axis = pointAt(side.nerve.points_mm, middle);
    const Vec3 up = perpendicularTo(tangentAt(side.nerve.points_mm, middle));
    const ImageF& image = phantom.series[0].image;
    const double on = interpolate(image, axis);
    EXPECT_LT(on, 0.65 * 700);
    // Moving off the axis by a nerve's width brightens one way or the other.
    EXPECT_GT(std::max(interpolate(image, axis + up * 1.3), interpolate(image, axis - up * 1.3)),
              on + 70);
  }
}

TEST(PhantomImaging, ArteriesAreBrightInTofAndDarkInT2UnlessTheirBloodIsSlow) {
  PhantomOptions options = smallPiece(84);
  options.with_tof = true;
  options.zone = Zone::cisternal_portion;
  options.gap_mm = 0.8;
  options.diameter_mm = 1.2;
  options.csf_snr = 200;
  options.tof_snr = 200;
  const auto at_vessel = [](const Phantom& phantom) {
    const NearVessel* aica = nullptr;
    for (const NearVessel& near : phantom.truth.of(phantom.truth.side).near) {
      aica = near.vessel == "AICA" ? &near : aica;
    }
    const Point3 p = aica->vessel_point;
    return std::pair(interpolate(phantom.series[0].image, p),
                     interpolate(phantom.series[1].image, phantom.truth.tof_from_t2(p)));
  };
  const auto [t2, tof] = at_vessel(makePhantom(options));
  EXPECT_LT(t2, 0.4 * 700);
  EXPECT_GT(tof, 1.15 * 300);
  options.flow_factor = 0.1;
  EXPECT_LT(at_vessel(makePhantom(options)).second, 1.05 * 300);
}

TEST(PhantomImaging, SameVoxelsOnOneThreadAndOnFour) {
  PhantomOptions options = smallPiece(85);
  options.field_of_view_mm = Vec3{40, 30, 10};
  options.interpolation = 2;
  options.bias_fraction = 0.3;
  options.threads = 1;
  const Phantom one = makePhantom(options);
  options.threads = 4;
  const Phantom four = makePhantom(options);
  const ImageF& a = one.series[0].image;
  const ImageF& b = four.series[0].image;
  ASSERT_EQ(a.geometry(), b.geometry());
  EXPECT_TRUE(std::equal(a.begin(), a.end(), b.begin()));
}

TEST(PhantomImaging, InterpolationRefinesTheGridAndKeepsTheSamples) {
  PhantomOptions options = smallPiece(86);
  options.field_of_view_mm = Vec3{30, 30, 10};
  options.csf_snr = 1000;
  const ImageF plain = makePhantom(options).series[0].image;
  options.interpolation = 2;
  const Phantom fine = makePhantom(options);
  const ImageF& image = fine.series[0].image;
  EXPECT_EQ(image.size()[0], 2 * plain.size()[0]);
  EXPECT_DOUBLE_EQ(image.geometry().spacing_mm.y, 0.25);
  EXPECT_NEAR(image(30, 40, 3), plain(15, 20, 3), 1.0);
  ASSERT_TRUE(fine.series[0].header.acquisition_matrix.has_value());
  EXPECT_EQ((*fine.series[0].header.acquisition_matrix)[0], plain.size()[0]);
}

TEST(PhantomImaging, DestroyedSideIsBlackWhereTheNerveLeavesTheBrainstem) {
  PhantomOptions options = smallPiece(87);
  options.scenario = Scenario::destroyed;
  const Phantom phantom = makePhantom(options);
  const SideTruth& lost = phantom.truth.of(opposite(phantom.truth.side));
  const SideTruth& kept = phantom.truth.of(phantom.truth.side);
  EXPECT_LT(meanOf(valuesAround(phantom.series[0].image, lost.detachment_point, 2)), 100);
  EXPECT_GT(meanOf(valuesAround(phantom.series[0].image, kept.detachment_point, 2)), 200);
}

TEST(PhantomImaging, TruncatedFieldLeavesOutTheOtherSide) {
  PhantomOptions options = smallPiece(88);
  options.scenario = Scenario::truncated;
  options.field_of_view_mm.reset();
  const Phantom phantom = makePhantom(options);
  const GridGeometry& grid = phantom.series[0].image.geometry();
  EXPECT_TRUE(grid.contains(phantom.truth.of(phantom.truth.side).porus));
  EXPECT_FALSE(grid.contains(phantom.truth.of(opposite(phantom.truth.side)).root_exit_point));
}

TEST(PhantomImaging, OneSidedFieldHoldsTheContactOnlyWhateverTheScenario) {
  PhantomOptions options = smallPiece(88);
  options.scenario = Scenario::clear;
  options.side = Side::left;
  options.one_sided = true;
  options.field_of_view_mm = Vec3{96, 48, 10};
  const Phantom phantom = makePhantom(options);
  const GridGeometry& grid = phantom.series[0].image.geometry();
  EXPECT_TRUE(grid.contains(phantom.truth.of(Side::left).porus));
  EXPECT_FALSE(grid.contains(phantom.truth.of(Side::right).root_exit_point));
}

TEST(PhantomImaging, RingingOvershootsCsfAndAFilterDoesNot) {
  PhantomOptions options = smallPiece(82);
  options.scenario = Scenario::clear;
  options.csf_snr = 1000;
  options.decoys = {Decoy::gibbs};
  const Phantom phantom = makePhantom(options);
  const ImageF& image = phantom.series[0].image;
  EXPECT_GT(*std::max_element(image.begin(), image.end()), 1.04F * 700);
}

TEST(PhantomImaging, FlowVoidsAndBandsTakeSignalFromT2Only) {
  PhantomOptions options = smallPiece(90);
  options.with_tof = true;
  options.csf_snr = 1000;
  options.tof_snr = 1000;
  const Phantom plain = makePhantom(options);
  for (const Decoy decoy : {Decoy::csf_void, Decoy::banding}) {
    options.decoys = {decoy};
    const Phantom decoyed = makePhantom(options);
    EXPECT_GT(mostLost(plain.series[0].image, decoyed.series[0].image), 200) << name(decoy);
    EXPECT_LT(mostLost(plain.series[1].image, decoyed.series[1].image), 30) << name(decoy);
  }
}

TEST(PhantomImaging, StopsWhenAskedTo) {
  StopToken stop;
  stop.requestStop();
  const Progress progress(nullptr, nullptr, stop);
  EXPECT_ANY_THROW(makePhantom(smallPiece(89), progress));
}

}  // namespace
}  // namespace neurovasc::phantom
