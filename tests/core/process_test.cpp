#include "neurovasc/core/process.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

namespace neurovasc {
namespace {

pid_t childThatEndsAtOnce() {
  const pid_t child = ::fork();
  if (child == 0) {
    ::_exit(0);
  }
  return child;
}

TEST(Process, HasNotEndedWhileItRuns) { EXPECT_FALSE(hasEnded(::getpid())); }

TEST(Process, HasEndedBeforeItsParentAsks) {
  const pid_t child = childThatEndsAtOnce();
  siginfo_t how{};
  ASSERT_EQ(::waitid(P_PID, static_cast<id_t>(child), &how, WEXITED | WNOWAIT), 0);
  EXPECT_TRUE(hasEnded(child)) << "a zombie";
  ::waitpid(child, nullptr, 0);
  EXPECT_TRUE(hasEnded(child));
}

TEST(Process, HasEndedWhereTheNumberIsNone) {
  EXPECT_TRUE(hasEnded(0));
  EXPECT_TRUE(hasEnded(-1));
}

}  // namespace
}  // namespace neurovasc
