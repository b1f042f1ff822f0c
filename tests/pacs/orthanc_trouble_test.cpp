#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <thread>

#include "neurovasc/core/error.h"
#include "neurovasc/pacs/transfer.h"
#include "orthanc.h"
#include "sample_series.h"

namespace neurovasc::pacs {
namespace {

namespace fs = std::filesystem;
using neurovasc::testing::objectDifferences;
using neurovasc::testing::Orthanc;
using neurovasc::testing::SampleSeries;
using neurovasc::testing::TemporaryFolder;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Error errorOf(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    return error;
  }
  return {ErrorCode::internal, "there was no error"};
}

std::string echoRefusal(const PacsConfig& config) {
  const Error error = errorOf([&] { echo(config); });
  EXPECT_EQ(error.code(), ErrorCode::network_refused) << error.what();
  return error.what();
}

TEST(OrthancRefusal, NamesATitleThatIsNotThePacs) {
  NEUROVASC_NEEDS_ORTHANC();
  const Orthanc orthanc;
  PacsConfig config = orthanc.dimse();
  config.dimse->ae_title = "WRONG";
  EXPECT_THAT(echoRefusal(config), HasSubstr("dimse.ae_title"));
}

TEST(OrthancRefusal, NamesATitleOfOursThatThePacsDoesNotKnow) {
  NEUROVASC_NEEDS_ORTHANC();
  const Orthanc orthanc;
  PacsConfig config = orthanc.dimse();
  config.dimse->our_ae_title = "STRANGER";
  EXPECT_THAT(echoRefusal(config), HasSubstr("dimse.our_ae_title"));
}

TEST(OrthancRefusal, NamesAPortWhereNobodyListens) {
  PacsConfig config;
  config.dimse.emplace();
  config.dimse->host = "127.0.0.1";
  config.dimse->ae_title = "ORTHANC";
  config.dimse->port = neurovasc::testing::freePort();
  EXPECT_THAT(echoRefusal(config), HasSubstr("127.0.0.1:" + std::to_string(config.dimse->port)));
  PacsConfig web;
  web.web.emplace();
  web.web->url = "http://127.0.0.1:" + std::to_string(config.dimse->port) + "/dicom-web";
  EXPECT_THAT(echoRefusal(web), HasSubstr(web.web->url));
}

TEST(OrthancRefusal, IsOfACertificateThatNobodyTrustedSigned) {
  NEUROVASC_NEEDS_ORTHANC();
  const Orthanc orthanc(Orthanc::Connection::secure);
  PacsConfig config = orthanc.dimse();
  config.dimse->tls->ca_file = orthanc.certificates().stranger;
  EXPECT_THAT(echoRefusal(config), HasSubstr("certificate"));
  config.dimse->tls->verify = false;
  EXPECT_NO_THROW(echo(config));
  PacsConfig web = orthanc.web();
  web.web->tls.ca_file = orthanc.certificates().stranger;
  EXPECT_THAT(echoRefusal(web), HasSubstr("certificate"));
}

TEST(OrthancRefusal, IsOfACertificateForAnotherName) {
  NEUROVASC_NEEDS_ORTHANC();
  const Orthanc orthanc(Orthanc::Connection::secure);
  PacsConfig config = orthanc.dimse();
  config.dimse->tls->server_name = "pacs.example";
  EXPECT_THAT(echoRefusal(config), HasSubstr("TLS"));
  config.dimse->tls->server_name = "localhost";
  EXPECT_NO_THROW(echo(config));
}

TEST(OrthancRefusal, IsOfUsWithoutTheCertificateThatItAsksFor) {
  NEUROVASC_NEEDS_ORTHANC();
  const Orthanc orthanc(Orthanc::Connection::secure);
  PacsConfig config = orthanc.dimse();
  config.dimse->tls->certificate_file.clear();
  config.dimse->tls->key_file.clear();
  EXPECT_THAT(echoRefusal(config), HasSubstr("tls"));
}

TEST(OrthancRefusal, IsOfWrongCredentialsAtOnceAndWithoutTellingThem) {
  NEUROVASC_NEEDS_ORTHANC();
  const Orthanc orthanc;
  const TemporaryFolder folder;
  PacsConfig config = orthanc.web();
  config.web->credentials.password_file = folder.write("password", "wrong staple\n");
  const std::string refusal = echoRefusal(config);
  EXPECT_THAT(refusal, HasSubstr("dicomweb.credentials"));
  EXPECT_THAT(refusal, ::testing::Not(HasSubstr("staple")));
}

/// Progress that does something once, at the @p n-th object.
Progress atObject(int n, const std::function<void()>& action) {
  return Progress(
      [n, action, seen = 0](const ProgressEvent&) mutable {
        if (++seen == n) {
          action();
        }
      },
      {}, {});
}

class Outage : public ::testing::TestWithParam<bool> {
 protected:
  static PacsConfig configOf(const Orthanc& orthanc) {
    return GetParam() ? orthanc.web() : orthanc.dimse();
  }
};

std::string outageName(const ::testing::TestParamInfo<bool>& over_web) {
  return over_web.param ? "OverTheWeb" : "OverDimse";
}

INSTANTIATE_TEST_SUITE_P(Ways, Outage, ::testing::Bool(), outageName);

TEST_P(Outage, OfThePacsInTheMiddleOfAFetchLosesNothing) {
  NEUROVASC_NEEDS_ORTHANC();
  Orthanc orthanc;
  PacsConfig config = configOf(orthanc);
  const TemporaryFolder folder;
  const SampleSeries sample(folder.path() / "study");
  sendObjects(config, objectFiles({sample.folder()}));
  config.retries.attempts = 2;
  const Error error = errorOf([&] {
    fetchStudy(config, sample.studyInstanceUid(), folder.path("out"),
               atObject(7, [&] { orthanc.kill(); }));
  });
  EXPECT_EQ(error.code(), ErrorCode::network_refused) << error.what();
  EXPECT_FALSE(fs::exists(folder.path("out")));
  orthanc.start();
  const FetchSummary rest = fetchStudy(config, sample.studyInstanceUid(), folder.path("out"));
  EXPECT_GE(rest.already_there, 7);
  EXPECT_EQ(rest.already_there + rest.fetched, SampleSeries::kObjects);
  EXPECT_THAT(objectDifferences(sample.folder(), folder.path("out")), IsEmpty());
}

TEST_P(Outage, OfThePacsInTheMiddleOfSendingLosesNothingAndDoublesNothing) {
  NEUROVASC_NEEDS_ORTHANC();
  Orthanc orthanc;
  PacsConfig config = configOf(orthanc);
  const TemporaryFolder folder;
  const SampleSeries sample(folder.path() / "study");
  const auto objects = objectFiles({sample.folder()});
  config.retries.attempts = 2;
  const Error error =
      errorOf([&] { sendObjects(config, objects, atObject(7, [&] { orthanc.kill(); })); });
  EXPECT_EQ(error.code(), ErrorCode::network_refused) << error.what();
  orthanc.start();
  const SendSummary rest = sendObjects(config, objects);
  EXPECT_GT(rest.already_there, 0);
  EXPECT_EQ(rest.sent + rest.already_there, SampleSeries::kObjects);
  EXPECT_EQ(orthanc.instances(), SampleSeries::kObjects);
  fetchStudy(config, sample.studyInstanceUid(), folder.path("out"));
  EXPECT_THAT(objectDifferences(sample.folder(), folder.path("out")), IsEmpty());
}

TEST_P(Outage, ThatIsShortGoesByUnnoticed) {
  NEUROVASC_NEEDS_ORTHANC();
  Orthanc orthanc;
  const PacsConfig config = configOf(orthanc);
  const TemporaryFolder folder;
  const SampleSeries sample(folder.path() / "study");
  sendObjects(config, objectFiles({sample.folder()}), atObject(5, [&] {
                orthanc.kill();
                orthanc.start();
              }));
  fetchStudy(config, sample.studyInstanceUid(), folder.path("out"), atObject(5, [&] {
               orthanc.kill();
               orthanc.start();
             }));
  EXPECT_THAT(objectDifferences(sample.folder(), folder.path("out")), IsEmpty());
}

TEST(Stop, IsHeardByAConnectionThatWaits) {
  // It takes the connection and says nothing.
  const int silent = neurovasc::testing::freePort();
  const auto listener = neurovasc::testing::listenAt(silent);
  PacsConfig config;
  config.dimse.emplace();
  config.dimse->host = "127.0.0.1";
  config.dimse->ae_title = "ORTHANC";
  config.dimse->port = silent;
  const StopToken stop;
  std::thread stopper([copy = stop]() mutable {
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    copy.requestStop();
  });
  const auto begin = std::chrono::steady_clock::now();
  const Error error = errorOf([&] { echo(config, Progress({}, {}, stop)); });
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  EXPECT_EQ(error.code(), ErrorCode::cancelled) << error.what();
  EXPECT_LT(took.count(), 2.3);
  stopper.join();
}

}  // namespace
}  // namespace neurovasc::pacs
