#include "neurovasc/pacs/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "neurovasc/core/error.h"
#include "neurovasc/pacs/records.h"
#include "support/temporary_folder.h"

namespace neurovasc::pacs {
namespace {

using neurovasc::testing::TemporaryFolder;
using ::testing::HasSubstr;
using ::testing::StartsWith;

/// What readPacsConfig() says of a file with this text.
Error errorOf(const std::string& text) {
  const TemporaryFolder folder;
  try {
    readPacsConfig(folder.write("pacs.yaml", text));
  } catch (const Error& error) {
    return error;
  }
  return {ErrorCode::internal, "it was taken"};
}

PacsConfig plainDimse() {
  PacsConfig config;
  config.dimse.emplace();
  config.dimse->host = "pacs";
  config.dimse->ae_title = "ARCHIVE";
  return config;
}

PacsConfig plainWeb() {
  PacsConfig config;
  config.web.emplace();
  config.web->url = "https://pacs/dicom-web";
  return config;
}

std::string refusalOf(const PacsConfig& config) {
  try {
    validate(config);
  } catch (const Error& error) {
    return error.message();
  }
  return "taken";
}

TEST(PacsConfig, IsReadWithEveryKeyOfAPeer) {
  const TemporaryFolder folder;
  folder.write("ca.pem", "");
  const PacsConfig config = readPacsConfig(folder.write("pacs.yaml",
                                                        "dimse:\n"
                                                        "  host: pacs.example\n"
                                                        "  port: 11112\n"
                                                        "  ae_title: ARCHIVE\n"
                                                        "  our_ae_title: NERVES\n"
                                                        "  retrieve: move\n"
                                                        "  listen_port: 11113\n"
                                                        "  commitment: required\n"
                                                        "  tls: {ca: ca.pem, server_name: pacs}\n"
                                                        "timeouts: {answer_s: 7}\n"
                                                        "retries: {first_wait_s: 0.5}\n"));
  ASSERT_TRUE(config.dimse);
  EXPECT_EQ(config.dimse->host, "pacs.example");
  EXPECT_EQ(config.dimse->port, 11112);
  EXPECT_EQ(config.dimse->ae_title, "ARCHIVE");
  EXPECT_EQ(config.dimse->our_ae_title, "NERVES");
  EXPECT_EQ(config.dimse->retrieve, Retrieve::move);
  EXPECT_EQ(config.dimse->listen_port, 11113);
  EXPECT_EQ(config.dimse->commitment, Commitment::required);
  EXPECT_EQ(config.dimse->tls->ca_file, folder.path() / "ca.pem");
  EXPECT_EQ(config.dimse->tls->server_name, "pacs");
  EXPECT_TRUE(config.dimse->tls->verify);
  EXPECT_EQ(config.timeouts.answer_s, 7);
  EXPECT_DOUBLE_EQ(config.retries.first_wait_s, 0.5);
}

TEST(PacsConfig, HasANameOrOneOfWhereItIs) {
  EXPECT_EQ(nodeName(plainDimse()), "ARCHIVE@pacs:104");
  EXPECT_EQ(nodeName(plainWeb()), "https://pacs/dicom-web");
  PacsConfig config = plainDimse();
  config.dimse->ae_title = "MAIN ARCHIVE";
  EXPECT_EQ(nodeName(config), "MAIN_ARCHIVE@pacs:104") << "a manifest has it before a blank";
  config.name = "main";
  EXPECT_EQ(nodeName(config), "main");
  EXPECT_EQ(refusalOf(config), "taken");
  config.name = "main archive";
  EXPECT_THAT(refusalOf(config), StartsWith("name:"));
}

TEST(PacsConfig, MayBeJson) {
  const TemporaryFolder folder;
  const PacsConfig config =
      readPacsConfig(folder.write("pacs.json", R"({"dicomweb": {"url": "https://pacs/dicom-web",
                       "credentials": {"token_variable": "PACS_TOKEN"}}})"));
  ASSERT_TRUE(config.web);
  EXPECT_EQ(config.web->credentials.token_variable, "PACS_TOKEN");
}

TEST(PacsConfig, NamesAKeyThatIsNone) {
  const Error error = errorOf("dimse: {host: a, ae_title: B, prot: 5}");
  EXPECT_EQ(error.code(), ErrorCode::usage);
  EXPECT_EQ(error.message(), "pacs.yaml: dimse.prot: no such key");
}

TEST(PacsConfig, NamesAValueThatIsNone) {
  EXPECT_EQ(errorOf("dimse: {host: a, ae_title: B, port: many}").message(),
            "pacs.yaml: dimse.port: expected a whole number");
  EXPECT_THAT(errorOf("dimse: {host: a, ae_title: B, retrieve: steal}").message(),
              HasSubstr("\"steal\" is none of: get, move"));
}

TEST(PacsConfig, NamesTheLineThatIsNoYaml) {
  const Error error = errorOf("dimse:\n  host: [");
  EXPECT_EQ(error.code(), ErrorCode::input_unreadable);
  EXPECT_THAT(error.message(), StartsWith("pacs.yaml: not valid YAML or JSON at line"));
}

TEST(PacsConfig, TakesNoSecretIntoItself) {
  const Error error =
      errorOf("dicomweb: {url: 'https://a', credentials: {user: me, password: geheim}}");
  EXPECT_THAT(error.message(), HasSubstr("dicomweb.credentials.password"));
  EXPECT_THAT(error.message(), ::testing::Not(HasSubstr("geheim")));
}

TEST(PacsConfig, IsRefusedByTheKeyThatIsWrong) {
  const std::vector<std::pair<std::function<void(PacsConfig&)>, std::string>> wrong = {
      {[](PacsConfig& c) { c.dimse->host = ""; }, "dimse.host"},
      {[](PacsConfig& c) { c.dimse->port = 0; }, "dimse.port"},
      {[](PacsConfig& c) { c.dimse->ae_title = "SEVENTEEN_LETTERS"; }, "dimse.ae_title"},
      {[](PacsConfig& c) { c.dimse->our_ae_title = " "; }, "dimse.our_ae_title"},
      {[](PacsConfig& c) { c.dimse->retrieve = Retrieve::move; }, "dimse.listen_port"},
      {[](PacsConfig& c) { c.dimse->commitment = Commitment::required; }, "dimse.listen_port"},
      {[](PacsConfig& c) { c.dimse->tls.emplace().ca_file = "/nowhere"; }, "dimse.tls.ca"},
      {[](PacsConfig& c) { c.timeouts.connect_s = 0; }, "timeouts.connect_s"},
      {[](PacsConfig& c) { c.timeouts.answer_s = 0; }, "timeouts.answer_s"},
      {[](PacsConfig& c) { c.timeouts.commit_s = 0; }, "timeouts.commit_s"},
      {[](PacsConfig& c) { c.retries.attempts = 0; }, "retries.attempts"},
      {[](PacsConfig& c) { c.retries.first_wait_s = -1; }, "retries.first_wait_s"},
      {[](PacsConfig& c) { c.retries.longest_wait_s = -1; }, "retries.longest_wait_s"},
      {[](PacsConfig& c) { c.web.emplace(); }, "dimse, dicomweb"},
      {[](PacsConfig& c) { c.dimse.reset(); }, "dimse, dicomweb"},
  };
  EXPECT_EQ(refusalOf(plainDimse()), "taken");
  for (const auto& [spoil, key] : wrong) {
    PacsConfig config = plainDimse();
    spoil(config);
    EXPECT_THAT(refusalOf(config), StartsWith(key + ":"));
  }
}

TEST(PacsConfig, IsRefusedWhereAWebServiceWouldTellSecrets) {
  EXPECT_EQ(refusalOf(plainWeb()), "taken");
  PacsConfig config = plainWeb();
  config.web->url = "ftp://pacs";
  EXPECT_THAT(refusalOf(config), StartsWith("dicomweb.url:"));
  config.web->url = "https://me:geheim@pacs";
  EXPECT_THAT(refusalOf(config), HasSubstr("holds credentials"));
  config.web->url = "http://pacs";
  EXPECT_EQ(refusalOf(config), "taken");
  config.web->credentials.token_variable = "TOKEN";
  EXPECT_THAT(refusalOf(config), HasSubstr("https:// only"));
  config.web->url = "http://127.0.0.1:8042";
  EXPECT_EQ(refusalOf(config), "taken");
  config.web->credentials.user = "me";
  EXPECT_THAT(refusalOf(config), StartsWith("dicomweb.credentials:"));
}

TEST(StudyQuery, ThatFitsTheWholeArchiveIsRefused) {
  EXPECT_THROW(validate(StudyQuery{}), Error);
  StudyQuery query;
  query.patient_id = "*";
  EXPECT_THROW(validate(query), Error);
  query.patient_id = "4*";
  EXPECT_NO_THROW(validate(query));
}

TEST(StudyQuery, TakesDaysAndRangesOfDays) {
  StudyQuery query;
  for (const char* good : {"20250203", "20250101-20250203", "20250101-", "-20250203"}) {
    query.study_date = good;
    EXPECT_NO_THROW(validate(query)) << good;
  }
  for (const char* bad : {"2025", "2025-02-03", "20250203-2025", "-", "yesterday"}) {
    query.study_date = bad;
    EXPECT_THROW(validate(query), Error) << bad;
  }
}

TEST(StudyQuery, TakesNoUidWithWildcards) {
  StudyQuery query;
  query.study_instance_uid = "1.2.*";
  EXPECT_THROW(validate(query), Error);
}

}  // namespace
}  // namespace neurovasc::pacs
