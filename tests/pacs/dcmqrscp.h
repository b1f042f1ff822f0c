#pragma once

#include <optional>

#include "background_process.h"
#include "neurovasc/pacs/config.h"
#include "support/temporary_folder.h"

namespace neurovasc::testing {

/// DCMTK's archive on a free port of the loopback address: without C-GET, as many older ones are,
/// and it tells no numbers of series and images.
class Dcmqrscp {
 public:
  static bool isInstalled();

  Dcmqrscp();

  pacs::PacsConfig config() const;

 private:
  TemporaryFolder folder_;
  int port_ = 0;
  int listen_port_ = 0;
  std::optional<BackgroundProcess> process_;
};

}  // namespace neurovasc::testing

/// Skips a test where there is none to run it with.
#define NEUROVASC_NEEDS_DCMQRSCP()                       \
  if (!::neurovasc::testing::Dcmqrscp::isInstalled()) {  \
    GTEST_SKIP() << "dcmqrscp (dcmtk) is not installed"; \
  }
