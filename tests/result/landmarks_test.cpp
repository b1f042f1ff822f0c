#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "neurovasc/core/error.h"
#include "neurovasc/result/landmarks_file.h"
#include "result/schema_check.h"
#include "support/temporary_folder.h"

namespace neurovasc::result {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class Landmarks : public ::testing::Test {
 protected:
  ManualLandmarks read(const std::string& text) const {
    return readLandmarks(box_.write("points.mrk.json", text));
  }
  void expectError(const std::string& text, ErrorCode code, const std::string& part) const {
    try {
      read(text);
      ADD_FAILURE() << "expected an error with: " << part;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), code) << error.what();
      EXPECT_THAT(error.message(), HasSubstr(part));
      EXPECT_THAT(error.message(), HasSubstr("points.mrk.json"));
    }
  }
  testing::TemporaryFolder box_;
};

std::string markups(const std::string& coordinate_system, const std::string& points) {
  return R"({"@schema": "markups-schema-v1.0.3.json#", "markups": [{"type": "Fiducial",
      "coordinateSystem": )" +
         coordinate_system + R"(, "coordinateUnits": "mm", "controlPoints": [)" + points + "]}]}";
}

constexpr const char* kPoint =
    R"({"id": "1", "label": "left_porus", "position": [22.5, -140.25, 30.0],
        "orientation": [-1, 0, 0, 0, -1, 0, 0, 0, 1], "positionStatus": "defined"})";

TEST_F(Landmarks, OfSlicerInLpsStayWhereTheyAre) {
  const ManualLandmarks got = read(markups("\"LPS\"", kPoint));
  ASSERT_TRUE(got.of(Side::left).porus);
  EXPECT_EQ(got.of(Side::left).porus->lps_mm, (Point3{22.5, -140.25, 30.0}));
  EXPECT_TRUE(got.of(Side::left).porus->manual);
  EXPECT_GT(got.of(Side::left).porus->sd_mm, 0);
  EXPECT_FALSE(got.of(Side::left).root_exit_point);
  EXPECT_FALSE(got.of(Side::right).porus);
}

TEST_F(Landmarks, OfSlicerInRasAreTurnedIntoLps) {
  const Point3 turned{-22.5, 140.25, 30.0};
  EXPECT_EQ(read(markups("\"RAS\"", kPoint)).of(Side::left).porus->lps_mm, turned);
  EXPECT_EQ(read(markups("0", kPoint)).of(Side::left).porus->lps_mm, turned);
  EXPECT_EQ(read(markups("1", kPoint)).of(Side::left).porus->lps_mm, (Point3{22.5, -140.25, 30}));
}

TEST_F(Landmarks, OfSlicerThatWereNeverPlacedAreSkipped) {
  const std::string unplaced =
      R"({"label": "right_porus", "position": [0, 0, 0], "positionStatus": "undefined"})";
  const ManualLandmarks got = read(markups("\"LPS\"", std::string(kPoint) + "," + unplaced));
  EXPECT_TRUE(got.of(Side::left).porus);
  EXPECT_FALSE(got.of(Side::right).porus);
}

TEST_F(Landmarks, InThePlainFormAreReadForAnySubset) {
  const std::string text = R"({"schema": "neurovasc.landmarks/1", "frame": "RAS",
      "left_root_exit_point": [-11, 142, 31], "right_detachment_point": [12, 141, 33.5]})";
  EXPECT_THAT(testing::schemaErrors("neurovasc.landmarks-1", text), IsEmpty());
  const ManualLandmarks got = read(text);
  EXPECT_EQ(got.of(Side::left).root_exit_point->lps_mm, (Point3{11, -142, 31}));
  EXPECT_EQ(got.of(Side::right).detachment_point->lps_mm, (Point3{-12, -141, 33.5}));
  EXPECT_FALSE(got.of(Side::left).porus);
}

TEST_F(Landmarks, WithoutAFrameAreRefused) {
  expectError(R"({"left_porus": [1, 2, 3]})", ErrorCode::usage, "\"frame\" is missing");
  expectError(R"({"markups": [{"controlPoints": []}]})", ErrorCode::usage,
              "\"coordinateSystem\" is missing");
  expectError(R"({"frame": "XYZ", "left_porus": [1, 2, 3]})", ErrorCode::usage, "LPS or RAS");
  EXPECT_THAT(testing::schemaErrors("neurovasc.landmarks-1", R"({"left_porus": [1, 2, 3]})"),
              Not(IsEmpty()));
}

TEST_F(Landmarks, OfUnknownOrRepeatedNamesAreRefused) {
  expectError(R"({"frame": "LPS", "left_rootexit": [1, 2, 3]})", ErrorCode::usage, "left_rootexit");
  expectError(markups("\"LPS\"", R"({"label": "F-1", "position": [1, 2, 3]})"), ErrorCode::usage,
              "F-1");
  expectError(markups("\"LPS\"", std::string(kPoint) + "," + kPoint), ErrorCode::usage, "twice");
}

TEST_F(Landmarks, ThatAreNoThreeFiniteNumbersAreRefused) {
  expectError(R"({"frame": "LPS", "left_porus": [1, 2]})", ErrorCode::usage, "three numbers");
  expectError(R"({"frame": "LPS", "left_porus": [1, 2, "x"]})", ErrorCode::usage, "left_porus[2]");
  expectError(R"({"frame": "LPS", "left_porus": [1, 2, 1e999]})", ErrorCode::input_unreadable,
              "JSON");
  expectError(R"({"frame": "LPS", "left_porus": [1, 2, NaN]})", ErrorCode::input_unreadable,
              "JSON");
}

TEST_F(Landmarks, OfAnAbsentFileAreUnreadable) {
  try {
    readLandmarks(box_.path() / "none.json");
    FAIL() << "expected an error";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::input_unreadable);
  }
  expectError("[]", ErrorCode::input_unreadable, "neither");
}

}  // namespace
}  // namespace neurovasc::result
