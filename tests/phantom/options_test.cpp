#include "neurovasc/phantom/options.h"

#include <gmock/gmock.h>

#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "neurovasc/core/error.h"

namespace neurovasc::phantom {
namespace {

using ::testing::HasSubstr;

struct BadOption {
  std::string name;
  std::function<void(PhantomOptions&)> spoil;
};

TEST(PhantomOptions, AreValidByDefaultInEveryScenario) {
  for (const Scenario scenario : allScenarios()) {
    PhantomOptions options;
    options.scenario = scenario;
    EXPECT_NO_THROW(validate(options)) << name(scenario);
  }
}

TEST(PhantomOptions, AreRefusedWithTheNameOfTheOption) {
  const std::vector<BadOption> bad = {
      {"gap_mm", [](auto& o) { o.gap_mm = -2; }},
      {"diameter_mm", [](auto& o) { o.diameter_mm = 0; }},
      {"zone", [](auto& o) { o.zone = Zone::internal_canal; }},
      {"voxel_mm", [](auto& o) { o.voxel_mm.z = 0; }},
      {"tof_voxel_mm", [](auto& o) { o.tof_voxel_mm.x = 9; }},
      {"ce_t1_voxel_mm", [](auto& o) { o.ce_t1_voxel_mm.y = -1; }},
      {"interpolation", [](auto& o) { o.interpolation = 0; }},
      {"field_of_view_mm",
       [](auto& o) {
         o.field_of_view_mm = Vec3{1000, 60, 30};
       }},
      {"csf_snr", [](auto& o) { o.csf_snr = std::numeric_limits<double>::quiet_NaN(); }},
      {"tof_snr", [](auto& o) { o.tof_snr = 0; }},
      {"ce_t1_snr", [](auto& o) { o.ce_t1_snr = -3; }},
      {"bias_fraction", [](auto& o) { o.bias_fraction = 2; }},
      {"flow_factor", [](auto& o) { o.flow_factor = -1; }},
      {"head_rotation_deg",
       [](auto& o) {
         o.head_rotation_deg = Vec3{0, 45, 0};
       }},
      {"slices_follow", [](auto& o) { o.slices_follow = 1.5; }},
      {"tof_motion_mm", [](auto& o) { o.tof_motion_mm = 50; }},
      {"tof_motion_deg", [](auto& o) { o.tof_motion_deg = -1; }},
      {"threads", [](auto& o) { o.threads = -1; }},
  };
  for (const BadOption& option : bad) {
    PhantomOptions options;
    option.spoil(options);
    try {
      validate(options);
      ADD_FAILURE() << option.name << " was taken";
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::usage);
      EXPECT_THAT(error.message(), HasSubstr(" " + option.name + " "));
    }
  }
}

TEST(PhantomOptions, RefuseAZoneThatTheScenarioContradicts) {
  PhantomOptions options;
  options.scenario = Scenario::distal;
  options.zone = Zone::attached_segment;
  EXPECT_THROW(validate(options), Error);
  options.scenario = Scenario::clear;
  EXPECT_THROW(validate(options), Error);
}

TEST(PhantomOptions, RefuseATandemOffTheAttachedSegmentAndASandwichOnIt) {
  PhantomOptions options;
  options.scenario = Scenario::tandem;
  options.zone = Zone::cisternal_portion;
  EXPECT_THROW(validate(options), Error);
  options.scenario = Scenario::sandwich;
  options.zone = Zone::attached_segment;
  EXPECT_THROW(validate(options), Error);
}

TEST(PhantomOptions, RefuseBandsOfATurboSpinEchoAndOneSideOfABothSidedScenario) {
  PhantomOptions options;
  options.decoys = {Decoy::banding};
  EXPECT_NO_THROW(validate(options));
  options.sequence = Sequence::space;
  EXPECT_THROW(validate(options), Error);
  options = {};
  options.scenario = Scenario::both;
  options.one_sided = true;
  EXPECT_THROW(validate(options), Error);
}

TEST(PhantomOptions, NamesOfChoicesAreReadBack) {
  EXPECT_EQ(allScenarios().size(), 18U);
  for (const Scenario scenario : allScenarios()) {
    EXPECT_EQ(parseScenario(name(scenario)), scenario);
  }
  for (const Sequence sequence :
       {Sequence::ciss, Sequence::fiesta_c, Sequence::drive, Sequence::space}) {
    EXPECT_EQ(parseSequence(name(sequence)), sequence);
  }
  for (const Variety variety : {Variety::usual, Variety::varied}) {
    EXPECT_EQ(parseVariety(name(variety)), variety);
  }
  for (const Decoy decoy : allDecoys()) {
    EXPECT_EQ(parseDecoy(name(decoy)), decoy);
  }
  EXPECT_EQ(parseScenario("tumour"), std::nullopt);
}

}  // namespace
}  // namespace neurovasc::phantom
