#include "orthanc.h"

#include <sys/socket.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "loopback.h"
#include "support/dicom_check.h"
#include "support/paths.h"

namespace neurovasc::testing {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr const char* kPlugin = "/usr/share/orthanc/plugins/libOrthancDicomWeb.so";
constexpr const char* kUser = "tester";
constexpr const char* kPassword = "correct horse";

}  // namespace

std::shared_ptr<const int> listenAt(int port) {
  const sockaddr_in address = loopback(port);
  const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
  bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address);
  listen(socket, 1);
  return {new int(socket), [](const int* descriptor) {
            close(*descriptor);
            delete descriptor;
          }};
}

bool Orthanc::isInstalled() {
  return fs::exists(kPlugin) && runCommand("command -v Orthanc").status == 0 &&
         runCommand("command -v openssl").status == 0 && runCommand("command -v curl").status == 0;
}

Orthanc::Orthanc(Connection connection, int most_answers)
    : dicom_port_(freePort()),
      http_port_(freePort()),
      https_port_(freePort()),
      listen_port_(freePort()) {
  if (connection == Connection::secure) {
    certificates_.emplace(folder_.path());
  }
  writeConfiguration(most_answers);
  start();
}

void Orthanc::writeConfiguration(int most_answers) const {
  Json json = {
      {"Name", "test"},
      {"StorageDirectory", folder_.path("storage")},
      {"IndexDirectory", folder_.path("storage")},
      {"HttpPort", http_port_},
      {"DicomPort", dicom_port_},
      {"DicomAet", "ORTHANC"},
      {"DicomCheckCalledAet", true},
      {"DicomAlwaysAllowEcho", false},
      {"DicomAlwaysAllowStore", false},
      {"RemoteAccessAllowed", false},
      {"AuthenticationEnabled", true},
      {"RegisteredUsers", {{kUser, kPassword}}},
      {"UnknownSopClassAccepted", true},
      {"StableAge", 1},
      {"LimitFindResults", most_answers},
      {"Plugins", {kPlugin}},
      {"DicomModalities",
       {{"neurovasc",
         {{"AET", "NEUROVASC"},
          {"Host", "127.0.0.1"},
          {"Port", listen_port_},
          {"UseDicomTls", certificates_.has_value()}}}}},
  };
  if (certificates_) {
    json["DicomTlsEnabled"] = true;
    json["DicomTlsCertificate"] = certificates_->certificate.string();
    json["DicomTlsPrivateKey"] = certificates_->key.string();
    json["DicomTlsTrustedCertificates"] = certificates_->authority.string();
  }
  folder_.write("orthanc.json", json.dump(2));
  folder_.write("password", std::string(kPassword) + "\n");
}

void Orthanc::start() {
  process_.emplace(std::vector<std::string>{"Orthanc", folder_.path("orthanc.json")},
                   folder_.path("log"));
  waitForPort(dicom_port_);
  waitForPort(http_port_);
  if (certificates_ && !front_) {
    front_.emplace(
        std::vector<std::string>{
            "/usr/bin/python3", (sourceDir() / "tests/pacs/tls_front.py").string(),
            certificates_->both.string(), std::to_string(https_port_), std::to_string(http_port_)},
        folder_.path("log"));
    waitForPort(https_port_);
  }
}

void Orthanc::kill() { process_.reset(); }

std::string Orthanc::user() { return kUser; }

pacs::PacsConfig Orthanc::dimse() const {
  pacs::PacsConfig config;
  config.dimse.emplace();
  config.dimse->host = "127.0.0.1";
  config.dimse->port = dicom_port_;
  config.dimse->ae_title = "ORTHANC";
  config.dimse->listen_port = listen_port_;
  config.retries.first_wait_s = 0.1;
  config.timeouts.commit_s = 10;
  if (certificates_) {
    config.dimse->tls.emplace();
    config.dimse->tls->ca_file = certificates_->authority;
    config.dimse->tls->certificate_file = certificates_->certificate;
    config.dimse->tls->key_file = certificates_->key;
  }
  return config;
}

pacs::PacsConfig Orthanc::web() const {
  pacs::PacsConfig config;
  config.web.emplace();
  config.web->url = certificates_ ? "https://127.0.0.1:" + std::to_string(https_port_)
                                  : "http://127.0.0.1:" + std::to_string(http_port_);
  config.web->url += "/dicom-web";
  config.web->credentials.user = kUser;
  config.web->credentials.password_file = folder_.path("password");
  config.retries.first_wait_s = 0.1;
  if (certificates_) {
    config.web->tls.ca_file = certificates_->authority;
  }
  return config;
}

fs::path Orthanc::dimseFile() const {
  Json json = {{"dimse",
                {{"host", "127.0.0.1"},
                 {"port", dicom_port_},
                 {"ae_title", "ORTHANC"},
                 {"listen_port", listen_port_}}},
               {"retries", {{"attempts", 3}, {"first_wait_s", 0.1}}}};
  if (certificates_) {
    json["dimse"]["tls"] = {{"ca", certificates_->authority.string()},
                            {"certificate", certificates_->certificate.string()},
                            {"key", certificates_->key.string()}};
  }
  return folder_.write("dimse.yaml", json.dump());
}

fs::path Orthanc::webFile() const {
  Json json = {{"dicomweb",
                {{"url", web().web->url},
                 {"credentials", {{"user", kUser}, {"password_file", "password"}}}}},
               {"retries", {{"attempts", 3}, {"first_wait_s", 0.1}}}};
  if (certificates_) {
    json["dicomweb"]["tls"] = {{"ca", certificates_->authority.string()}};
  }
  return folder_.write("web.yaml", json.dump());
}

std::string Orthanc::rest(const std::string& path) const {
  return runCommand("curl -s --noproxy '*' -u '" + std::string(kUser) + ":" + kPassword +
                    "' 'http://127.0.0.1:" + std::to_string(http_port_) + path + "'")
      .output;
}

void Orthanc::remove(const std::string& study_instance_uid) const {
  const std::string curl =
      "curl -s --noproxy '*' -u '" + std::string(kUser) + ":" + kPassword + "' ";
  const std::string root = "'http://127.0.0.1:" + std::to_string(http_port_);
  const Json found = Json::parse(
      runCommand(curl + "-d '" + study_instance_uid + "' " + root + "/tools/lookup'").output);
  runCommand(curl + "-X DELETE " + root + found.at(0).at("Path").get<std::string>() + "'");
}

int Orthanc::instances() const { return Json::parse(rest("/statistics")).at("CountInstances"); }

}  // namespace neurovasc::testing
