#include "certificates.h"

#include <fstream>
#include <stdexcept>

#include "support/dicom_check.h"

namespace neurovasc::testing {
namespace {

namespace fs = std::filesystem;

void openssl(const std::string& words) {
  const CommandResult run = runCommand("openssl " + words);
  if (run.status != 0) {
    throw std::runtime_error("openssl: " + run.output);
  }
}

fs::path makeAuthority(const fs::path& folder, const std::string& name) {
  const std::string stem = (folder / name).string();
  openssl("req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=" + name + " -keyout " + stem +
          ".key -out " + stem + ".pem");
  return stem + ".pem";
}

void append(const fs::path& from, const fs::path& to) {
  std::ofstream(to, std::ios::app) << std::ifstream(from).rdbuf();
}

}  // namespace

Certificates::Certificates(const fs::path& folder)
    : authority(makeAuthority(folder, "authority")),
      certificate(folder / "peer.pem"),
      key(folder / "peer.key"),
      both(folder / "both.pem"),
      stranger(makeAuthority(folder, "stranger")) {
  const std::string request = (folder / "peer.csr").string();
  const std::string names = (folder / "names.txt").string();
  std::ofstream(names) << "subjectAltName=IP:127.0.0.1,DNS:localhost\n";
  openssl("req -newkey rsa:2048 -nodes -subj /CN=peer -keyout " + key.string() + " -out " +
          request);
  openssl("x509 -req -days 2 -CAcreateserial -in " + request + " -CA " + authority.string() +
          " -CAkey " + (folder / "authority.key").string() + " -extfile " + names + " -out " +
          certificate.string());
  append(certificate, both);
  append(key, both);
}

}  // namespace neurovasc::testing
