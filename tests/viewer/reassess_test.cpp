// A side measured again in the background while slices are scrolled, on a result that analyze made.

#include <gtest/gtest.h>

#include <QApplication>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>
#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <iostream>

#include "apps/program.h"
#include "main_window.h"
#include "neurovasc/result/review_file.h"
#include "support/temporary_folder.h"

namespace neurovasc::viewer {
namespace {

namespace fs = std::filesystem;

constexpr int kLongest_ms = 240'000;  // on a machine that has other work as well

/// A result of analyze: of the sample study, or one that is named in the environment.
fs::path measuredResult() {
  const char* named = std::getenv("NEUROVASC_VIEWER_RESULT");
  return named == nullptr ? testing::sampleResult() : fs::path(named);
}

/// What this thread has had of the processor: what a frame takes where nothing else runs.
double work_ms() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return 1e3 * static_cast<double>(now.tv_sec) + 1e-6 * static_cast<double>(now.tv_nsec);
}

class Reassessing : public ::testing::Test {
 protected:
  Reassessing() {
    const fs::path from = measuredResult();
    fs::create_directories(folder_.path() / "result");
    fs::copy_file(from / "assessment.json", folder_.path() / "result/assessment.json");
    for (const char* part : {"volumes", "masks", "meshes", "centerlines", "transforms"}) {
      fs::copy(from / part, folder_.path() / "result" / part, fs::copy_options::recursive);
    }
    open();
  }

  void open() {
    window_ = std::make_unique<MainWindow>(openResult(folder_.path() / "result"),
                                           ReadingOptions{"AB", false});
    window_->resize(1400, 900);
    window_->show();
    (void)QTest::qWaitForWindowExposed(window_.get());
    QApplication::setActiveWindow(window_.get());
  }

  /// The nerve to work on and its detachment point, moved 1 mm along the nerve.
  void moveDetachment() {
    for (const scene::SceneNerve& nerve : window_->study().dates[0].scene.nerves) {
      if (nerve.name == NerveName::facial && nerve.landmarks.detachment_point) {
        side_ = nerve.side;
        const Point3 at = nerve.landmarks.detachment_point->lps_mm;
        const Projection there = project(nerve.tube.points_mm, at);
        window_->state().setCrosshair(pointAt(nerve.tube.points_mm, there.arclength_mm + 1));
        corrections().landmarkButton(LandmarkName::detachment_point).click();
        return;
      }
    }
    FAIL() << "the result has no detachment point";
  }

  CorrectionPanel& corrections() { return window_->findings(0).corrections(); }
  ReviewSession& session() { return window_->findings(0).session(); }

  testing::TemporaryFolder folder_;
  std::unique_ptr<MainWindow> window_;
  Side side_ = Side::left;
};

TEST_F(Reassessing, KeepsScrollingWhileASideIsMeasuredAgainAndSavesIt) {
  moveDetachment();
  QSignalSpy done(&corrections().job(), &ReassessJob::done);
  QSignalSpy progressed(&corrections().job(), &ReassessJob::progressed);
  corrections().reassessButton().click();
  std::vector<qint64> frames_ms;
  QElapsedTimer whole;
  whole.start();
  const double work_before = work_ms();
  while (done.isEmpty() && whole.elapsed() < kLongest_ms && corrections().job().isRunning()) {
    QElapsedTimer frame;
    frame.start();
    window_->state().scroll(Orientation::axial, frames_ms.size() % 20 < 10 ? 1 : -1);
    for (const Orientation o : kOrientations) {
      window_->pane(0).slice(o).repaint();
    }
    frames_ms.push_back(frame.elapsed());
    QTest::qWait(5);
  }
  const double work = (work_ms() - work_before) / static_cast<double>(frames_ms.size());
  QTest::qWait(50);
  ASSERT_EQ(done.size(), 1) << corrections().message().toStdString();
  EXPECT_GT(progressed.size(), 3);
  std::sort(frames_ms.begin(), frames_ms.end());
  std::cout << "measured again in " << whole.elapsed() << " ms; " << frames_ms.size()
            << " frames of four slices meanwhile, median " << frames_ms[frames_ms.size() / 2]
            << " ms, longest " << frames_ms.back() << " ms; " << work
            << " ms of processor time each\n";
  // What a reader takes for standing still.
  EXPECT_LT(frames_ms[frames_ms.size() / 2], 400);
  EXPECT_TRUE(session().isReassessed(side_));

  window_->findings(0).save();
  open();
  EXPECT_TRUE(session().isReassessed(side_));
  EXPECT_TRUE(session().movedLandmarks(side_).detachment_point);
}

/// A share of the work after which it is stopped: fusion, the nerve, vessels, measuring.
class StoppedAt : public Reassessing, public ::testing::WithParamInterface<double> {};

TEST_P(StoppedAt, EndsWithinTwoSecondsAndChangesNothing) {
  moveDetachment();
  QSignalSpy cancelled(&corrections().job(), &ReassessJob::cancelled);
  bool reached = false;
  QObject::connect(&corrections().job(), &ReassessJob::progressed, window_.get(),
                   [&reached](double fraction) { reached = reached || fraction > GetParam(); });
  corrections().reassessButton().click();
  ASSERT_TRUE(QTest::qWaitFor([&reached] { return reached; }, kLongest_ms));
  QTest::qWait(100);  // between two reports
  QElapsedTimer clock;
  clock.start();
  corrections().cancelButton().click();
  ASSERT_TRUE(cancelled.wait(kLongest_ms));
  std::cout << "stopped in " << clock.elapsed() << " ms\n";
  EXPECT_LT(clock.elapsed(), 2000);
  EXPECT_FALSE(session().isReassessed(side_));
}

INSTANTIATE_TEST_SUITE_P(Shares, StoppedAt, ::testing::Values(0.0, 0.25, 0.65));

}  // namespace
}  // namespace neurovasc::viewer
