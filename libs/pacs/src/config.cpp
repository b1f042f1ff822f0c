#include "neurovasc/pacs/config.h"

#include <fmt/format.h>

#include <algorithm>

#include "neurovasc/core/error.h"
#include "yaml_fields.h"

namespace neurovasc::pacs {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const std::string& key, const std::string& cause) {
  throw Error(ErrorCode::usage, fmt::format("{}: {}", key, cause), "docs/pacs.md lists the keys.");
}

/// PS3.5 6.2, VR AE: 16 characters at most, no backslash, no control characters, not blank.
void checkTitle(const std::string& key, const std::string& title) {
  constexpr std::size_t kMostTitle = 16;
  const bool printable = std::all_of(title.begin(), title.end(),
                                     [](char c) { return c >= ' ' && c <= '~' && c != '\\'; });
  if (title.find_first_not_of(' ') == std::string::npos || title.size() > kMostTitle ||
      !printable) {
    refuse(key, "expected an application entity title of 1 to 16 ASCII characters");
  }
}

void checkPort(const std::string& key, int port, int least) {
  constexpr int kMostPort = 65535;
  if (port < least || port > kMostPort) {
    refuse(key, fmt::format("expected a port from {} to {}", least, kMostPort));
  }
}

void checkFile(const std::string& key, const fs::path& file) {
  if (!file.empty() && !fs::is_regular_file(file)) {
    throw Error(ErrorCode::input_unreadable,
                fmt::format("{}: {} is not there", key, file.string()));
  }
}

void check(const std::string& place, const TlsOptions& tls) {
  checkFile(place + ".ca", tls.ca_file);
  checkFile(place + ".certificate", tls.certificate_file);
  checkFile(place + ".key", tls.key_file);
  if (tls.certificate_file.empty() != tls.key_file.empty()) {
    refuse(place, "certificate and key belong together");
  }
}

void check(const DimseOptions& dimse) {
  if (dimse.host.empty()) {
    refuse("dimse.host", "is missing");
  }
  checkPort("dimse.port", dimse.port, 1);
  checkTitle("dimse.ae_title", dimse.ae_title);
  checkTitle("dimse.our_ae_title", dimse.our_ae_title);
  checkPort("dimse.listen_port", dimse.listen_port, 0);
  if (dimse.retrieve == Retrieve::move && dimse.listen_port == 0) {
    refuse("dimse.listen_port", "is missing: with retrieve: move the objects come to it");
  }
  if (dimse.commitment == Commitment::required && dimse.listen_port == 0) {
    refuse("dimse.listen_port", "is missing: with commitment: required the report comes to it");
  }
  if (dimse.tls) {
    check("dimse.tls", *dimse.tls);
  }
}

void check(const WebCredentials& credentials) {
  const int passwords =
      (credentials.password_file.empty() ? 0 : 1) + (credentials.password_variable.empty() ? 0 : 1);
  const int tokens =
      (credentials.token_file.empty() ? 0 : 1) + (credentials.token_variable.empty() ? 0 : 1);
  if (passwords + tokens > 1) {
    refuse("dicomweb.credentials", "give one of password and token, from one place");
  }
  if ((passwords == 1) == credentials.user.empty()) {
    refuse("dicomweb.credentials", "user and password belong together");
  }
  checkFile("dicomweb.credentials.password_file", credentials.password_file);
  checkFile("dicomweb.credentials.token_file", credentials.token_file);
}

bool isLocal(const std::string& url) {
  for (const char* host : {"http://127.0.0.1", "http://localhost", "http://[::1]"}) {
    if (url.rfind(host, 0) == 0) {
      return true;
    }
  }
  return false;
}

void check(const WebOptions& web) {
  const bool secure = web.url.rfind("https://", 0) == 0;
  if (!secure && web.url.rfind("http://", 0) != 0) {
    refuse("dicomweb.url", "expected an address that begins with https:// or http://");
  }
  if (web.url.find('@') != std::string::npos) {
    refuse("dicomweb.url", "holds credentials: give them under dicomweb.credentials");
  }
  const bool has_secret = !web.credentials.user.empty() || !web.credentials.token_file.empty() ||
                          !web.credentials.token_variable.empty();
  if (has_secret && !secure && !isLocal(web.url)) {
    refuse("dicomweb.url", "credentials go over https:// only, but on this machine itself");
  }
  check(web.credentials);
  check("dicomweb.tls", web.tls);
}

void checkAtLeast(const std::string& key, double value, double least) {
  if (!(value >= least)) {
    refuse(key, fmt::format("must be {} or more", least));
  }
}

TlsOptions tlsFrom(YamlFields fields) {
  TlsOptions tls;
  fields.read("ca", tls.ca_file);
  fields.read("certificate", tls.certificate_file);
  fields.read("key", tls.key_file);
  fields.read("verify", tls.verify);
  fields.read("server_name", tls.server_name);
  fields.finish();
  return tls;
}

DimseOptions dimseFrom(YamlFields fields) {
  DimseOptions dimse;
  fields.read("host", dimse.host);
  fields.read("port", dimse.port);
  fields.read("ae_title", dimse.ae_title);
  fields.read("our_ae_title", dimse.our_ae_title);
  fields.read("listen_port", dimse.listen_port);
  fields.readOneOf("retrieve", dimse.retrieve, {{"get", Retrieve::get}, {"move", Retrieve::move}});
  fields.readOneOf("commitment", dimse.commitment,
                   {{"off", Commitment::off},
                    {"when_offered", Commitment::when_offered},
                    {"required", Commitment::required}});
  if (auto tls = fields.child("tls")) {
    dimse.tls = tlsFrom(std::move(*tls));
  }
  fields.finish();
  return dimse;
}

WebCredentials credentialsFrom(YamlFields fields) {
  WebCredentials credentials;
  std::string secret;
  for (const char* key : {"password", "token"}) {
    fields.read(key, secret);
    if (!secret.empty()) {
      fields.fail(key,
                  fmt::format("a secret does not stand here: give {0}_file or {0}_variable", key));
    }
  }
  fields.read("user", credentials.user);
  fields.read("password_file", credentials.password_file);
  fields.read("password_variable", credentials.password_variable);
  fields.read("token_file", credentials.token_file);
  fields.read("token_variable", credentials.token_variable);
  fields.finish();
  return credentials;
}

WebOptions webFrom(YamlFields fields) {
  WebOptions web;
  fields.read("url", web.url);
  if (auto credentials = fields.child("credentials")) {
    web.credentials = credentialsFrom(std::move(*credentials));
  }
  if (auto tls = fields.child("tls")) {
    web.tls = tlsFrom(std::move(*tls));
  }
  fields.finish();
  return web;
}

void readPatience(YamlFields& fields, PacsConfig& config) {
  if (auto timeouts = fields.child("timeouts")) {
    timeouts->read("connect_s", config.timeouts.connect_s);
    timeouts->read("answer_s", config.timeouts.answer_s);
    timeouts->read("commit_s", config.timeouts.commit_s);
    timeouts->finish();
  }
  if (auto retries = fields.child("retries")) {
    retries->read("attempts", config.retries.attempts);
    retries->read("first_wait_s", config.retries.first_wait_s);
    retries->read("longest_wait_s", config.retries.longest_wait_s);
    retries->finish();
  }
}

PacsConfig configFrom(YamlFields fields) {
  PacsConfig config;
  if (auto dimse = fields.child("dimse")) {
    config.dimse = dimseFrom(std::move(*dimse));
  }
  if (auto web = fields.child("dicomweb")) {
    config.web = webFrom(std::move(*web));
  }
  fields.read("name", config.name);
  readPatience(fields, config);
  fields.finish();
  return config;
}

}  // namespace

std::string nodeName(const PacsConfig& config) {
  std::string name = config.name;
  if (name.empty()) {
    name = config.dimse ? fmt::format("{}@{}:{}", config.dimse->ae_title, config.dimse->host,
                                      config.dimse->port)
                        : config.web->url;
  }
  std::replace(name.begin(), name.end(), ' ', '_');  // titles may have some
  return name;
}

void validate(const PacsConfig& config) {
  const bool is_plain = std::all_of(config.name.begin(), config.name.end(),
                                    [](char c) { return c > ' ' && c <= '~'; });
  if (!is_plain) {
    refuse("name", "has characters other than ASCII letters, digits and signs without blanks");
  }
  if (config.dimse.has_value() == config.web.has_value()) {
    refuse("dimse, dicomweb", "give one of them: how the PACS is reached");
  }
  if (config.dimse) {
    check(*config.dimse);
  }
  if (config.web) {
    check(*config.web);
  }
  checkAtLeast("timeouts.connect_s", config.timeouts.connect_s, 1);
  checkAtLeast("timeouts.answer_s", config.timeouts.answer_s, 1);
  checkAtLeast("timeouts.commit_s", config.timeouts.commit_s, 1);
  checkAtLeast("retries.attempts", config.retries.attempts, 1);
  checkAtLeast("retries.first_wait_s", config.retries.first_wait_s, 0);
  checkAtLeast("retries.longest_wait_s", config.retries.longest_wait_s, 0);
}

PacsConfig readPacsConfig(const fs::path& file) {
  PacsConfig config = configFrom(YamlFields::fromFile(file));
  try {
    validate(config);
  } catch (const Error& error) {
    throw error.within(file.filename().string());
  }
  return config;
}

}  // namespace neurovasc::pacs
