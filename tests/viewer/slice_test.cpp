#include <gtest/gtest.h>

#include "neurovasc/core/error.h"
#include "sample_result.h"
#include "shown_study.h"
#include "slice_image.h"
#include "slice_plane.h"
#include "support/temporary_folder.h"

namespace neurovasc::viewer {
namespace {

constexpr QSize kSize(200, 160);

/// The column where the bright marker's pixels lie on average; -1 where there is none.
double columnOfBright(const QImage& picture) {
  double sum = 0;
  int count = 0;
  for (int y = 0; y < picture.height(); ++y) {
    for (int x = 0; x < picture.width(); ++x) {
      if (qGreen(picture.pixel(x, y)) > 200) {
        sum += x;
        ++count;
      }
    }
  }
  return count == 0 ? -1 : sum / count;
}

class Slices : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new testing::TemporaryFolder;
    testing::writeSampleResult(folder_->path());
    study_ = new ShownStudy(openResult(folder_->path()));
  }
  static void TearDownTestSuite() {
    delete study_;
    delete folder_;
  }

  static QImage render(Orientation orientation, double blend = 0) {
    SlicePlane plane = patientPlane(orientation, testing::kLeftMarker);
    plane.center_mm = Point3{0, 4, 11};
    plane.center_mm +=
        plane.towardViewer() * dot(testing::kLeftMarker - plane.center_mm, plane.towardViewer());
    plane.mm_per_pixel = 0.5;
    const scene::SceneContent& scene = study_->dates[0].scene;
    SliceContent content;
    content.base = {&scene.t2.image, {200, 900}};
    content.over = {&scene.tof->image, {100, 500}};
    content.blend = blend;
    return renderSlice(content, plane, kSize);
  }

  static testing::TemporaryFolder* folder_;
  static ShownStudy* study_;
};

testing::TemporaryFolder* Slices::folder_ = nullptr;
ShownStudy* Slices::study_ = nullptr;

TEST_F(Slices, AreOfOneDateWhereNoComparisonWasNamed) {
  EXPECT_THROW(openResult(folder_->path(), {folder_->path()}), Error);
}

TEST_F(Slices, ShowAMarkerOfTheLeftOnTheSideLabelledL) {
  for (const Orientation orientation : {Orientation::axial, Orientation::coronal}) {
    const SlicePlane plane = patientPlane(orientation, {0, 0, 0});
    ASSERT_EQ(letters(plane.right), "L");
    // 24 mm to the left of the middle at 0.5 mm a pixel.
    EXPECT_NEAR(columnOfBright(render(orientation)), 100 + 48, 1.5)
        << title(orientation).toStdString();
  }
}

TEST_F(Slices, ShowTheOtherSeriesAloneAtFullBlend) {
  const QPoint at(148, 80);
  EXPECT_GT(qGreen(render(Orientation::axial, 0).pixel(at)), 200);
  EXPECT_LT(qGreen(render(Orientation::axial, 1).pixel(at)), 50);
  const QRgb mixed = render(Orientation::axial, 0.5).pixel(QPoint(100, 80));
  EXPECT_GT(qRed(mixed), qBlue(mixed)) << "the series laid over is tinted";
}

TEST_F(Slices, AreBlackOutsideTheImage) {
  EXPECT_EQ(qGreen(render(Orientation::axial).pixel(QPoint(1, 1))), 0);
}

TEST(SlicePlane, LeadsFromPixelsToPointsAndBack) {
  SlicePlane plane = planeAcross({3, -5, 8}, {0.7, 0.6, 0.1});
  plane.mm_per_pixel = 0.3;
  const QSizeF size(300, 200);
  const QPointF spot(41, 177);
  const QPointF back = plane.spotOf(plane.pointAt(spot, size), size);
  EXPECT_NEAR(back.x(), spot.x(), 1e-9);
  EXPECT_NEAR(back.y(), spot.y(), 1e-9);
}

TEST(SlicePlane, LooksAtANerveFromTheBrainstemWithCranialAbove) {
  const Vec3 outward = normalized({1, -0.3, 0.2});
  const SlicePlane plane = planeAcross({20, 0, 0}, outward);
  EXPECT_NEAR(dot(plane.towardViewer(), outward), -1, 1e-12);
  EXPECT_GT(plane.up.z, 0.9);
  // Who looks along the left nerve from the midline outward has the face at the right hand.
  EXPECT_EQ(letters(plane.right), "A");
}

TEST(SlicePlane, IsLetteredByTheNearestAxesOfThePatient) {
  EXPECT_EQ(letters({1, 0, 0}), "L");
  EXPECT_EQ(letters({-1, 0.1, 0}), "R");
  EXPECT_EQ(letters({0, -1, 0.05}), "A");
  EXPECT_EQ(letters({0, 0.2, 1}), "H");
  EXPECT_EQ(letters({0, 0, -1}), "F");
  EXPECT_EQ(letters(normalized({0.2, 1, -0.9})), "PF");
}

}  // namespace
}  // namespace neurovasc::viewer
