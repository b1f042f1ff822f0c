#include "orthanc.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <thread>

#include "support/dicom_check.h"
#include "support/paths.h"

extern char** environ;

namespace neurovasc::testing {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr const char* kPlugin = "/usr/share/orthanc/plugins/libOrthancDicomWeb.so";
constexpr const char* kUser = "tester";
constexpr const char* kPassword = "correct horse";

sockaddr_in loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

bool answers(int port) {
  const sockaddr_in address = loopback(port);
  const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
  const int done = connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address);
  close(socket);
  return done == 0;
}

/// Ends a process as a power failure would, and waits until it is gone.
void end(pid_t& pid) {
  if (pid > 0) {
    ::kill(pid, SIGKILL);
    waitpid(pid, nullptr, 0);
    pid = -1;
  }
}

void waitFor(int port) {
  for (int n = 0; n < 400 && !answers(port); ++n) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  if (!answers(port)) {
    throw std::runtime_error("Orthanc does not start");
  }
}

}  // namespace

int freePort() {
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof address;
  const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
  bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address);
  getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
  close(socket);
  return ntohs(address.sin_port);
}

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

Orthanc::Orthanc(Connection connection)
    : dicom_port_(freePort()),
      http_port_(freePort()),
      https_port_(freePort()),
      listen_port_(freePort()) {
  if (connection == Connection::secure) {
    certificates_.emplace(folder_.path());
  }
  writeConfiguration();
  start();
}

Orthanc::~Orthanc() {
  kill();
  end(front_);
}

void Orthanc::writeConfiguration() const {
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

pid_t Orthanc::run(const std::vector<std::string>& command) const {
  std::vector<std::string> words = command;
  std::vector<char*> arguments;
  for (auto& word : words) {
    arguments.push_back(word.data());
  }
  arguments.push_back(nullptr);
  const std::string log = folder_.path("log");
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  for (const int stream : {STDOUT_FILENO, STDERR_FILENO}) {
    posix_spawn_file_actions_addopen(&actions, stream, log.c_str(), O_CREAT | O_APPEND | O_WRONLY,
                                     0600);
  }
  pid_t pid = -1;
  const int error = posix_spawnp(&pid, arguments[0], &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) {
    throw std::runtime_error("cannot start " + command[0]);
  }
  return pid;
}

void Orthanc::start() {
  pid_ = run({"Orthanc", folder_.path("orthanc.json")});
  waitFor(dicom_port_);
  waitFor(http_port_);
  if (certificates_ && front_ < 0) {
    front_ = run({"/usr/bin/python3", (sourceDir() / "tests/pacs/tls_front.py").string(),
                  certificates_->both.string(), std::to_string(https_port_),
                  std::to_string(http_port_)});
    waitFor(https_port_);
  }
}

void Orthanc::kill() { end(pid_); }

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

std::string Orthanc::rest(const std::string& path) const {
  return runCommand("curl -s --noproxy '*' -u '" + std::string(kUser) + ":" + kPassword +
                    "' 'http://127.0.0.1:" + std::to_string(http_port_) + path + "'")
      .output;
}

int Orthanc::instances() const { return Json::parse(rest("/statistics")).at("CountInstances"); }

}  // namespace neurovasc::testing
