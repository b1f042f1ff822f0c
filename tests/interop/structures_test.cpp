#include "neurovasc/interop/structures.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "fixture.h"
#include "neurovasc/interop/codes.h"

namespace neurovasc::interop {
namespace {

using testing::ExportFixture;

TEST(Segments, NameEveryLabelOnce) {
  std::set<int> values;
  std::set<std::string> ids;
  for (const auto& segment : segments()) {
    EXPECT_TRUE(values.insert(segment.value).second) << segment.name;
    EXPECT_TRUE(ids.insert(segment.id).second) << segment.id;
  }
  EXPECT_EQ(values.size(), 17U);
  EXPECT_EQ(*values.begin(), 1);
  EXPECT_EQ(*values.rbegin(), static_cast<int>(Label::pad));
}

TEST(Segments, CarryCodesOfTheTableAlone) {
  const auto& table = codedConcepts();
  for (const auto& segment : segments()) {
    for (const auto& code : {segment.category, segment.type}) {
      EXPECT_TRUE(std::any_of(table.begin(), table.end(), [&](const auto& row) {
        return row.code == code;
      })) << segment.name;
    }
  }
}

TEST(Segments, SayTheSideOfWhatHasOne) {
  for (const auto& segment : segments()) {
    const bool left = segment.name.find("left") != std::string::npos;
    const bool right = segment.name.find("right") != std::string::npos;
    EXPECT_EQ(segment.type_modifier.meaning, left ? "Left" : right ? "Right" : "") << segment.name;
    EXPECT_EQ(segment.id.find("_left") != std::string::npos, left) << segment.id;
  }
}

TEST(Structures, GiveEachVesselItsVoxels) {
  const ExportFixture fixture;
  const imaging::Segmentation all = structuresOf(fixture.labels(), fixture.vessels());
  ASSERT_EQ(all.segments.size(), 2U);
  EXPECT_EQ(all.segments[0].id, "facial_nerve_left");
  EXPECT_EQ(all.segments[1].id, "V1_AICA");
  EXPECT_EQ(all.segments[1].type.value, "50544");
  for (std::size_t i = 0; i < all.labels.voxelCount(); ++i) {
    const bool artery = fixture.labels()[i] == static_cast<int>(Label::artery);
    EXPECT_EQ(all.labels[i] == all.segments[1].value, artery);
  }
}

TEST(Structures, LeaveVesselVoxelsFarFromEveryVesselTheirKind) {
  const ExportFixture fixture;
  std::vector<Vessel> elsewhere = fixture.vessels();
  for (auto& point : elsewhere[0].tube.points_mm) {
    point += Vec3{0, 3, 0};
  }
  const imaging::Segmentation all = structuresOf(fixture.labels(), elsewhere);
  ASSERT_EQ(all.segments.size(), 2U);
  EXPECT_EQ(all.segments[1].id, "artery");
}

TEST(Structures, NameAVesselOfUnknownNameAfterItsKind) {
  Vessel vessel;
  vessel.id = "V9";
  vessel.kind = VesselKind::vein;
  EXPECT_EQ(segmentOf(vessel).type, codeOf(Concept::vein));
  EXPECT_EQ(segmentOf(vessel).id, "V9_unknown");
  EXPECT_EQ(segmentOf(vessel).name, "Vein V9");
}

}  // namespace
}  // namespace neurovasc::interop
