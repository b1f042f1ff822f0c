// Archives that can less than Orthanc, which the other tests use.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <optional>
#include <set>

#include "background_process.h"
#include "dcmqrscp.h"
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
using neurovasc::testing::Dcmqrscp;
using neurovasc::testing::freePort;
using neurovasc::testing::SampleSeries;
using neurovasc::testing::TemporaryFolder;
using neurovasc::testing::waitForPort;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// Uncompressed objects, which every archive takes.
fs::path plainSeries(const SampleSeries& sample) { return sample.folder() / "t2"; }

TEST(ArchiveWithoutGet, HandsOutAStudyByMove) {
  NEUROVASC_NEEDS_DCMQRSCP();
  const Dcmqrscp archive;
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

TEST(ArchiveOfFewWords, TellsOfASeriesWhatItKnows) {
  NEUROVASC_NEEDS_DCMQRSCP();
  const Dcmqrscp archive;
  const TemporaryFolder folder;
  const SampleSeries sample(folder.path() / "study");
  sendObjects(archive.config(), objectFiles({plainSeries(sample)}));
  const auto series = describeSeries(archive.config(), sample.studyInstanceUid());
  ASSERT_EQ(series.size(), 1U);
  EXPECT_EQ(series[0].modality, "MR");
  EXPECT_EQ(series[0].instances, 0);
  EXPECT_EQ(series[0].sampling.thickness_mm, std::nullopt);
}

TEST(ArchiveWithoutGet, SaysSoWhereThereIsNoPortToMoveTo) {
  NEUROVASC_NEEDS_DCMQRSCP();
  const Dcmqrscp archive;
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

std::vector<std::string> pagedService(int port, int instances, int at_a_time) {
  return {"/usr/bin/python3",
          (neurovasc::testing::sourceDir() / "tests/pacs/paged_service.py").string(),
          std::to_string(port), std::to_string(instances), std::to_string(at_a_time)};
}

PacsConfig webAt(int port) {
  PacsConfig config;
  config.web.emplace();
  config.web->url = "http://127.0.0.1:" + std::to_string(port);
  return config;
}

TEST(ServiceWithALimit, IsNotTakenForOneWithFewStudiesWhereItSaysThatThereAreMore) {
  const int port = freePort();
  const TemporaryFolder folder;
  const BackgroundProcess service(pagedService(port, 230, -100), folder.path("log"));
  waitForPort(port);
  EXPECT_THROW(findInstances(webAt(port), "1.2", "1.2.3"), MoreMatches);
}

TEST(ServiceOfFewWords, IsAskedForLessWhereItRefusesToTellMore) {
  const int port = freePort();
  const TemporaryFolder folder;
  const BackgroundProcess service(pagedService(port, 10, 10), folder.path("log"));
  waitForPort(port);
  const auto series = describeSeries(webAt(port), "1.2");
  ASSERT_EQ(series.size(), 1U);
  EXPECT_EQ(series[0].series_instance_uid, "1.2.3");
  EXPECT_EQ(series[0].sampling.thickness_mm, 0.6);
}

TEST(ServiceElsewhere, IsNotTakenForOneWithoutStudies) {
  const int port = freePort();
  const TemporaryFolder folder;
  const BackgroundProcess service(pagedService(port, 10, 10), folder.path("log"));
  waitForPort(port);
  PacsConfig config = webAt(port);
  config.web->url += "/absent";
  StudyQuery query;
  query.study_date = "20250203";
  EXPECT_THROW(findStudies(config, query), Error);
  EXPECT_THAT(findSeries(config, "1.2.3"), IsEmpty());
}

/// How many instances a web service gives at a time; 0: all, whatever it is asked for.
class PagedService : public ::testing::TestWithParam<int> {};

TEST_P(PagedService, IsAskedUntilEveryInstanceIsThereOnce) {
  constexpr int kInstances = 230;
  const int port = freePort();
  const TemporaryFolder folder;
  const BackgroundProcess service(pagedService(port, kInstances, GetParam()), folder.path("log"));
  waitForPort(port);
  const PacsConfig config = webAt(port);
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
