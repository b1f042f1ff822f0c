// A study that was not analysed yet: its analysis in the window.

#include <gtest/gtest.h>

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>
#include <filesystem>
#include <iostream>

#include "analysis_dialog.h"
#include "apps/program.h"
#include "main_window.h"
#include "support/temporary_folder.h"

namespace neurovasc::viewer {
namespace {

namespace fs = std::filesystem;

constexpr int kLongest_ms = 600'000;  // on a machine that has other work as well

class Analysing : public ::testing::Test {
 protected:
  NewStudy study(bool with_output) const {
    return {testing::sampleStudy().string(), std::nullopt,
            with_output ? (folder_.path() / "result").string() : std::string()};
  }

  testing::TemporaryFolder folder_;
};

TEST_F(Analysing, AsksWhereTheResultIsKeptAndNamesNoPatient) {
  AnalysisDialog dialog(study(false));
  EXPECT_FALSE(dialog.job().isRunning());
  EXPECT_TRUE(dialog.startButton().isEnabled());
  EXPECT_TRUE(dialog.output().endsWith("neurovasc-result")) << dialog.output().toStdString();
  dialog.outputEdit().clear();
  EXPECT_FALSE(dialog.startButton().isEnabled());
}

TEST_F(Analysing, MakesAResultThatTheWindowOpens) {
  AnalysisDialog dialog(study(true));
  QSignalSpy accepted(&dialog, &QDialog::accepted);
  QSignalSpy progressed(&dialog.job(), &AnalyzeJob::progressed);
  dialog.show();
  ASSERT_TRUE(accepted.wait(kLongest_ms)) << dialog.message().toStdString();
  EXPECT_GT(progressed.size(), 10);
  double before = 0;
  for (const QList<QVariant>& each : progressed) {
    EXPECT_GE(each[0].toDouble(), before) << each[1].toString().toStdString();
    before = each[0].toDouble();
  }
  MainWindow window(openResult(dialog.output().toStdString()), ReadingOptions{});
  window.show();
  EXPECT_TRUE(QTest::qWaitForWindowExposed(&window));
  EXPECT_FALSE(window.contacts().rows().empty());
}

TEST_F(Analysing, StopsWithinTwoSecondsAndLeavesNothing) {
  AnalysisDialog dialog(study(true));
  dialog.show();
  QSignalSpy progressed(&dialog.job(), &AnalyzeJob::progressed);
  ASSERT_TRUE(progressed.wait(kLongest_ms));
  QSignalSpy rejected(&dialog, &QDialog::rejected);
  QElapsedTimer clock;
  clock.start();
  dialog.cancelButton().click();
  ASSERT_TRUE(rejected.wait(kLongest_ms));
  std::cout << "stopped in " << clock.elapsed() << " ms\n";
  EXPECT_LT(clock.elapsed(), 2000);
  EXPECT_TRUE(fs::is_empty(folder_.path()));
}

TEST_F(Analysing, SaysWhatIsWrongAndWhatToDo) {
  const testing::TemporaryFolder no_study;
  no_study.write("notes.txt", "nothing to see");
  AnalysisDialog dialog(
      {no_study.path().string(), std::nullopt, (folder_.path() / "result").string()});
  QSignalSpy failed(&dialog.job(), &AnalyzeJob::failed);
  ASSERT_TRUE(failed.wait(kLongest_ms));
  EXPECT_FALSE(dialog.message().isEmpty());
  EXPECT_TRUE(dialog.message().contains("\n")) << "no hint: " << dialog.message().toStdString();
  EXPECT_TRUE(dialog.startButton().isEnabled());
  EXPECT_FALSE(fs::exists(folder_.path() / "result"));
}

}  // namespace
}  // namespace neurovasc::viewer
