// Archives that can less than Orthanc, which the other tests use.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <optional>
#include <set>

#include "background_process.h"
#include "neurovasc/core/error.h"
#include "neurovasc/pacs/transfer.h"
#include "sample_series.h"
#include "support/dicom_check.h"
#include "support/paths.h"
#include "support/temporary_folder.h"

namespace neurovasc::pacs {
namespace {

namespace fs = std::filesystem;
using neurovasc::testing::BackgroundProcess;
using neurovasc::testing::freePort;
using neurovasc::testing::SampleSeries;
using neurovasc::testing::TemporaryFolder;
using neurovasc::testing::waitForPort;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

bool hasDcmqrscp() { return neurovasc::testing::runCommand("command -v dcmqrscp").status == 0; }

/// DCMTK's archive without C-GET, as many older ones are.
class ArchiveWithoutGet {
 public:
  ArchiveWithoutGet() : port_(freePort()), listen_port_(freePort()) {
    fs::create_directories(folder_.path() / "storage");
    const fs::path config = folder_.write(
        "dcmqrscp.cfg",
        "MaxPDUSize = 16384\nMaxAssociations = 4\nHostTable BEGIN\nus = (NEUROVASC, 127.0.0.1, " +
            std::to_string(listen_port_) +
            ")\nHostTable END\nVendorTable BEGIN\nVendorTable END\nAETable BEGIN\nARCHIVE " +
            folder_.path("storage") + " RW (9, 64mb) ANY\nAETable END\n");
    process_.emplace(std::vector<std::string>{"dcmqrscp", "--disable-get", "--config",
                                              config.string(), std::to_string(port_)},
                     folder_.path("log"));
    waitForPort(port_);
  }

  PacsConfig config() const {
    PacsConfig config;
    config.dimse.emplace();
    config.dimse->host = "127.0.0.1";
    config.dimse->port = port_;
    config.dimse->ae_title = "ARCHIVE";
    config.dimse->listen_port = listen_port_;
    config.dimse->commitment = Commitment::off;
    config.retries.first_wait_s = 0.1;
    return config;
  }

 private:
  TemporaryFolder folder_;
  int port_ = 0;
  int listen_port_ = 0;
  std::optional<BackgroundProcess> process_;
};

/// Uncompressed objects, which every archive takes.
fs::path plainSeries(const SampleSeries& sample) { return sample.folder() / "t2"; }

TEST(ArchiveWithoutGet, HandsOutAStudyByMove) {
  if (!hasDcmqrscp()) {
    GTEST_SKIP() << "dcmqrscp (dcmtk) is not installed";
  }
  const ArchiveWithoutGet archive;
  const PacsConfig config = archive.config();
  ASSERT_EQ(config.dimse->retrieve, Retrieve::get) << "which is tried first";
  const TemporaryFolder folder;
  const SampleSeries sample(folder.path() / "study");
  sendObjects(config, objectFiles({plainSeries(sample)}));
  const FetchSummary fetched =
      fetchStudy(config, sample.studyInstanceUid(), folder.path("fetched"));
  EXPECT_EQ(fetched.fetched, SampleSeries::kObjects / 2);
  EXPECT_THAT(neurovasc::testing::objectDifferences(plainSeries(sample), folder.path("fetched")),
              IsEmpty());
}

TEST(ArchiveWithoutGet, SaysSoWhereThereIsNoPortToMoveTo) {
  if (!hasDcmqrscp()) {
    GTEST_SKIP() << "dcmqrscp (dcmtk) is not installed";
  }
  const ArchiveWithoutGet archive;
  PacsConfig config = archive.config();
  config.dimse->listen_port = 0;
  const TemporaryFolder folder;
  const SampleSeries sample(folder.path() / "study");
  sendObjects(config, objectFiles({plainSeries(sample)}));
  try {
    fetchStudy(config, sample.studyInstanceUid(), folder.path("fetched"));
    ADD_FAILURE() << "a study came without C-GET and C-MOVE";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::network_refused);
    EXPECT_THAT(error.message(), HasSubstr("C-GET"));
  }
  EXPECT_FALSE(fs::exists(folder.path("fetched")));
}

/// How many instances a web service gives at a time; 0: all, whatever it is asked for.
class PagedService : public ::testing::TestWithParam<int> {};

TEST_P(PagedService, IsAskedUntilEveryInstanceIsThereOnce) {
  constexpr int kInstances = 230;
  const int port = freePort();
  const TemporaryFolder folder;
  const BackgroundProcess service(
      {"/usr/bin/python3",
       (neurovasc::testing::sourceDir() / "tests/pacs/paged_service.py").string(),
       std::to_string(port), std::to_string(kInstances), std::to_string(GetParam())},
      folder.path("log"));
  waitForPort(port);
  PacsConfig config;
  config.web.emplace();
  config.web->url = "http://127.0.0.1:" + std::to_string(port);
  const std::vector<FoundInstance> found = findInstances(config, "1.2", "1.2.3");
  std::set<std::string> uids;
  for (const FoundInstance& instance : found) {
    uids.insert(instance.sop_instance_uid);
  }
  EXPECT_EQ(found.size(), std::size_t{kInstances});
  EXPECT_EQ(uids.size(), std::size_t{kInstances});
}

INSTANTIATE_TEST_SUITE_P(AtATime, PagedService, ::testing::Values(0, 10, 100, 230, 1000));

}  // namespace
}  // namespace neurovasc::pacs
