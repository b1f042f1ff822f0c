#include "neurovasc/imaging/transform_io.h"

#include <gtest/gtest.h>

#include <fstream>

#include "imaging/fixtures.h"
#include "neurovasc/core/error.h"
#include "support/temporary_folder.h"

namespace neurovasc::imaging {
namespace {

TEST(TransformIo, BringsARotationBackToTheLastDigit) {
  const testing::TemporaryFolder folder;
  const RigidTransform before = {test::rotationAbout({1, 2, 3}, 4), {0.5, -1.25, 1.0 / 3}};
  writeTransform(before, folder.path("tof_from_t2.tfm"));
  const RigidTransform after = readTransform(folder.path("tof_from_t2.tfm"));
  EXPECT_EQ(after.rotation, before.rotation);
  EXPECT_EQ(after.translation, before.translation);
}

TEST(TransformIo, AppliesTheCentreOfAnEulerTransform) {
  const testing::TemporaryFolder folder;
  // A quarter turn about z through (10, 0, 0), as elastix and Slicer write it.
  std::ofstream(folder.path("euler.tfm"))
      << "#Insight Transform File V1.0\n#Transform 0\nTransform: Euler3DTransform_double_3_3\n"
      << "Parameters: 0 0 1.5707963267948966 0 0 5\nFixedParameters: 10 0 0 0\n";
  const RigidTransform t = readTransform(folder.path("euler.tfm"));
  EXPECT_LT(distance(t({12, 0, 0}), {10, 2, 5}), 1e-9);
}

TEST(TransformIo, RefusesScalingAndWhatIsNoTransform) {
  const testing::TemporaryFolder folder;
  RigidTransform scaled;
  scaled.rotation(0, 0) = 1.01;
  writeTransform(scaled, folder.path("scaled.tfm"));
  EXPECT_THROW(readTransform(folder.path("scaled.tfm")), Error);
  std::ofstream(folder.path("text.tfm")) << "nothing of the kind\n";
  EXPECT_THROW(readTransform(folder.path("text.tfm")), Error);
  EXPECT_THROW(readTransform(folder.path("absent.tfm")), Error);
  EXPECT_THROW(writeTransform({}, "/nonexistent/folder/t.tfm"), Error);
}

}  // namespace
}  // namespace neurovasc::imaging
