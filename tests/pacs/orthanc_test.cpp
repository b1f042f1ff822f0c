#include "orthanc.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "neurovasc/core/error.h"
#include "neurovasc/pacs/transfer.h"
#include "sample_series.h"

namespace neurovasc::pacs {
namespace {

namespace fs = std::filesystem;
using neurovasc::testing::objectDifferences;
using neurovasc::testing::Orthanc;
using neurovasc::testing::SampleSeries;
using neurovasc::testing::TemporaryFolder;
using ::testing::Contains;
using ::testing::IsEmpty;

/// How a test reaches Orthanc.
enum class Way { get, move, web, secure_get, secure_move, secure_web };

std::string nameOf(const ::testing::TestParamInfo<Way>& info) {
  const std::vector<std::string> names = {"ByGet",        "ByMove",        "OverTheWeb",
                                          "ByGetOverTls", "ByMoveOverTls", "OverTheWebByTls"};
  return names[static_cast<std::size_t>(info.param)];
}

class OrthancTransfer : public ::testing::TestWithParam<Way> {
 protected:
  bool isSecure() const { return GetParam() >= Way::secure_get; }
  bool isWeb() const { return GetParam() == Way::web || GetParam() == Way::secure_web; }

  Orthanc::Connection connection() const {
    return isSecure() ? Orthanc::Connection::secure : Orthanc::Connection::plain;
  }

  PacsConfig configOf(const Orthanc& orthanc) const {
    PacsConfig config = isWeb() ? orthanc.web() : orthanc.dimse();
    if (GetParam() == Way::move || GetParam() == Way::secure_move) {
      config.dimse->retrieve = Retrieve::move;
    }
    return config;
  }
};

INSTANTIATE_TEST_SUITE_P(Ways, OrthancTransfer,
                         ::testing::Values(Way::get, Way::move, Way::web, Way::secure_get,
                                           Way::secure_move, Way::secure_web),
                         nameOf);

TEST_P(OrthancTransfer, BringsBackEveryByteOfWhatWasSent) {
  NEUROVASC_NEEDS_ORTHANC();
  const Orthanc orthanc(connection());
  const PacsConfig config = configOf(orthanc);
  const TemporaryFolder folder;
  const SampleSeries sample(folder.path() / "study");
  echo(config);

  const SendSummary sent = sendObjects(config, objectFiles({sample.folder()}));
  EXPECT_EQ(sent.sent, SampleSeries::kObjects);
  EXPECT_EQ(sent.already_there, 0);
  EXPECT_EQ(sent.committed, isWeb() ? 0 : SampleSeries::kObjects);

  StudyQuery query;
  query.patient_id = "PACS-*";
  query.study_date = "20250101-20250301";
  const auto studies = findStudies(config, query);
  ASSERT_EQ(studies.size(), 1U);
  EXPECT_EQ(studies[0].study_instance_uid, sample.studyInstanceUid());
  EXPECT_EQ(studies[0].patient_name, "M\xc3\xbcller^Ana");
  EXPECT_EQ(studies[0].series, 2);
  EXPECT_EQ(studies[0].instances, SampleSeries::kObjects);
  EXPECT_THAT(studies[0].modalities, Contains("MR"));

  const FetchSummary fetched =
      fetchStudy(config, sample.studyInstanceUid(), folder.path("fetched"));
  EXPECT_EQ(fetched.fetched, SampleSeries::kObjects);
  EXPECT_THAT(objectDifferences(sample.folder(), folder.path("fetched")), IsEmpty());
  EXPECT_EQ(fs::status(folder.path("fetched")).permissions(), fs::perms::owner_all);
}

/// What does not depend on TLS.
class OrthancAgain : public OrthancTransfer {};

INSTANTIATE_TEST_SUITE_P(Ways, OrthancAgain, ::testing::Values(Way::get, Way::move, Way::web),
                         nameOf);

TEST_P(OrthancAgain, SendsNothingTwice) {
  NEUROVASC_NEEDS_ORTHANC();
  const Orthanc orthanc(connection());
  const PacsConfig config = configOf(orthanc);
  const TemporaryFolder folder;
  const SampleSeries sample(folder.path() / "study");
  const auto objects = objectFiles({sample.folder()});
  sendObjects(config, {objects.begin(), objects.begin() + 5});
  const SendSummary again = sendObjects(config, objects);
  EXPECT_EQ(again.sent, SampleSeries::kObjects - 5);
  EXPECT_EQ(again.already_there, 5);
  EXPECT_EQ(orthanc.instances(), SampleSeries::kObjects);
}

TEST_P(OrthancAgain, FetchesOnlyWhatIsMissing) {
  NEUROVASC_NEEDS_ORTHANC();
  const Orthanc orthanc(connection());
  const PacsConfig config = configOf(orthanc);
  const TemporaryFolder folder;
  const SampleSeries sample(folder.path() / "study");
  sendObjects(config, objectFiles({sample.folder()}));
  fetchStudy(config, sample.studyInstanceUid(), folder.path("whole"));
  // As a try that broke leaves it: some objects, one of them damaged.
  fs::rename(folder.path("whole"), folder.path("out.partial"));
  std::vector<fs::path> files(fs::directory_iterator(folder.path("out.partial")), {});
  fs::remove(files[0]);
  fs::remove(files[1]);
  fs::resize_file(files[2], fs::file_size(files[2]) - 100);
  const FetchSummary rest = fetchStudy(config, sample.studyInstanceUid(), folder.path("out"));
  EXPECT_EQ(rest.fetched, 3);
  EXPECT_EQ(rest.already_there, SampleSeries::kObjects - 3);
  EXPECT_THAT(objectDifferences(sample.folder(), folder.path("out")), IsEmpty());
}

TEST_P(OrthancAgain, TellsHowSeriesWereMade) {
  NEUROVASC_NEEDS_ORTHANC();
  const Orthanc orthanc(connection());
  const PacsConfig config = configOf(orthanc);
  const TemporaryFolder folder;
  const SampleSeries sample(folder.path() / "study");
  sendObjects(config, objectFiles({sample.folder()}));
  auto series = describeSeries(config, sample.studyInstanceUid());
  ASSERT_EQ(series.size(), 2U);
  std::sort(series.begin(), series.end(),
            [](const auto& a, const auto& b) { return a.number < b.number; });
  EXPECT_EQ(series[0].facts.description, "t2");
  EXPECT_EQ(series[1].facts.description, "tof");
  for (const DescribedSeries& one : series) {
    EXPECT_EQ(one.modality, "MR");
    EXPECT_EQ(one.instances, SampleSeries::kObjects / 2);
    EXPECT_EQ(one.sampling.columns, 40);
    EXPECT_EQ(one.sampling.rows, 32);
    EXPECT_GT(one.sampling.spacing_i_mm, 0);
    EXPECT_GT(one.sampling.thickness_mm.value_or(0), 0);
  }
}

TEST_P(OrthancAgain, FindsNothingWhereNothingFits) {
  NEUROVASC_NEEDS_ORTHANC();
  const Orthanc orthanc(connection());
  const PacsConfig config = configOf(orthanc);
  StudyQuery query;
  query.patient_id = "nobody";
  EXPECT_THAT(findStudies(config, query), IsEmpty());
  const TemporaryFolder folder;
  try {
    fetchStudy(config, "1.2.3.4", folder.path("out"));
    ADD_FAILURE() << "a study that is not there was fetched";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::input_unreadable);
  }
  EXPECT_FALSE(fs::exists(folder.path("out")));
}

}  // namespace
}  // namespace neurovasc::pacs
