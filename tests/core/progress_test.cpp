#include "neurovasc/core/progress.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "neurovasc/core/error.h"

namespace neurovasc {
namespace {

TEST(Progress, IsSilentByDefault) {
  const Progress progress;
  EXPECT_NO_THROW(progress.report("stage", 0.5));
  EXPECT_NO_THROW(progress.warn("text"));
}

TEST(Progress, PassesEventsAndWarningsOn) {
  std::vector<std::string> seen;
  const Progress progress([&](const ProgressEvent& e) { seen.emplace_back(e.stage); },
                          [&](std::string_view w) { seen.emplace_back(w); }, StopToken());
  progress.report("read", 0.1);
  progress.warn("a slice is missing");
  EXPECT_EQ(seen, (std::vector<std::string>{"read", "a slice is missing"}));
}

TEST(Progress, ThrowsCancelledAtTheNextReportAfterAStopRequest) {
  StopToken stop;
  const Progress progress({}, {}, stop);
  progress.report("read", 0.1);
  stop.requestStop();
  try {
    progress.report("read", 0.2);
    FAIL() << "a stop request was ignored";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::cancelled);
  }
}

}  // namespace
}  // namespace neurovasc
