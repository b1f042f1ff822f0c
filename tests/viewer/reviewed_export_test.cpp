// What a reader says in the window, as it stands in the structured report.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <QApplication>
#include <QTest>
#include <regex>
#include <sstream>

#include "apps/program.h"
#include "main_window.h"
#include "support/dicom_check.h"
#include "support/paths.h"
#include "support/temporary_folder.h"

namespace neurovasc::viewer {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

constexpr const char* kReader = "A. Reader";
constexpr Vec3 kMove_mm = {0.6, -0.4, 0.3};
/// Of coordinates as a report holds them.
constexpr double kRounding_mm = 1e-3;

/// A window on a result of analyze, its headers included.
class ReviewedExport : public ::testing::Test {
 protected:
  ReviewedExport() {
    fs::copy(testing::sampleResult(), result(), fs::copy_options::recursive);
    window_ = std::make_unique<MainWindow>(openResult(result()), ReadingOptions{kReader, false});
    window_->resize(1200, 800);
    window_->show();
    (void)QTest::qWaitForWindowExposed(window_.get());
    QApplication::setActiveWindow(window_.get());
  }

  fs::path result() const { return folder_.path() / "result"; }
  FindingsPanel& panel() { return window_->findings(0); }
  const Assessment& assessment() const { return window_->study().dates[0].assessment; }

  /// The left detachment point as the program found it.
  Point3 detachment() const {
    return assessment().sides[0].nerve.landmarks.detachment_point->lps_mm;
  }

  /// The report of the first reader's review, in words.
  std::string exportedReport() const {
    const auto run = testing::runProgram(
        {"export", result().string(), "--to", "sr", "--output", folder_.path("out")});
    EXPECT_EQ(run.exit_code, 0) << run.err;
    const std::string script =
        (testing::sourceDir() / "tests/interop/read_review.py").string() + " ";
    return testing::runCommand("/usr/bin/python3 " + script + folder_.path("out/sr-1.dcm")).output;
  }

  testing::TemporaryFolder folder_;
  std::unique_ptr<MainWindow> window_;
};

/// The numbers behind @p label in @p text.
Point3 pointAfter(const std::string& text, const std::string& label) {
  const std::size_t from = text.find(label + " at [[");
  if (from == std::string::npos) {
    ADD_FAILURE() << label << " is not in " << text;
    return {};
  }
  std::istringstream numbers(
      std::regex_replace(text.substr(from + label.size() + 6), std::regex(","), " "));
  Point3 point;
  numbers >> point.x >> point.y >> point.z;
  EXPECT_FALSE(numbers.fail()) << text;
  return point;
}

TEST_F(ReviewedExport, HoldsTheRejectedContactAndTheMovedLandmarkWithBothValuesAndTheReader) {
  if (testing::runCommand("/usr/bin/python3 -c 'import pydicom'").status != 0) {
    GTEST_SKIP() << "python3-pydicom is not installed";
  }
  QTest::keyClick(window_.get(), Qt::Key_N);
  const std::string rejected = window_->state().selectedContact();
  QTest::keyClick(window_.get(), Qt::Key_E);
  const Point3 found = detachment();
  window_->state().setCrosshair(found + kMove_mm);
  panel().corrections().landmarkButton(LandmarkName::detachment_point).click();
  QTest::keyClick(window_.get(), Qt::Key_S, Qt::ControlModifier);
  ASSERT_TRUE(panel().session().isSaved());

  const std::string words = exportedReport();
  EXPECT_THAT(words, HasSubstr("contact " + rejected + ": program "));
  EXPECT_THAT(words, HasSubstr(std::string(kReader) + " Rejected"));
  const std::string moved = words.substr(std::min(words.size(), words.find("landmark RDP")));
  EXPECT_LT(distance(pointAfter(moved, "program"), found), kRounding_mm);
  EXPECT_LT(distance(pointAfter(moved, kReader), found + kMove_mm), kRounding_mm);
  const auto errors = testing::dicomErrors(folder_.path("out/sr-1.dcm"));
  EXPECT_THAT(errors.value_or(std::vector<std::string>{}), ::testing::IsEmpty());
}

}  // namespace
}  // namespace neurovasc::viewer
