// 'neurovasc view' starts the viewer that lies beside the program.

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>

#include "apps/program.h"
#include "support/paths.h"
#include "support/temporary_folder.h"

namespace neurovasc {
namespace {

namespace fs = std::filesystem;

constexpr int kUsage = 2;

TEST(ViewCommand, PassesOnWhatTheViewerSays) {
  const testing::TemporaryFolder empty;
  setenv("QT_QPA_PLATFORM", "offscreen", 1);
  const testing::RunResult result = testing::runProgram({"view", empty.path().string()});
  unsetenv("QT_QPA_PLATFORM");
  EXPECT_EQ(result.exit_code, kUsage);
  EXPECT_NE(result.err.find("is no result folder"), std::string::npos) << result.err;
}

TEST(ViewCommand, NamesThePageWhereTheViewerIsNotInstalled) {
  const testing::TemporaryFolder folder;
  fs::copy_file(testing::program(), folder.path("neurovasc"));
  const std::string line = folder.path("neurovasc") + " view somewhere 2> " + folder.path("err");
  const int status = std::system(line.c_str());
  EXPECT_EQ(WEXITSTATUS(status), kUsage);
  EXPECT_NE(testing::readText(folder.path("err")).find("report.html"), std::string::npos);
}

}  // namespace
}  // namespace neurovasc
