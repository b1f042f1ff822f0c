#include "dcmqrscp.h"

#include <filesystem>
#include <string>
#include <vector>

#include "support/dicom_check.h"

namespace neurovasc::testing {

namespace fs = std::filesystem;

bool Dcmqrscp::isInstalled() { return runCommand("command -v dcmqrscp").status == 0; }

Dcmqrscp::Dcmqrscp() : port_(freePort()), listen_port_(freePort()) {
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

pacs::PacsConfig Dcmqrscp::config() const {
  pacs::PacsConfig config;
  config.dimse.emplace();
  config.dimse->host = "127.0.0.1";
  config.dimse->port = port_;
  config.dimse->ae_title = "ARCHIVE";
  config.dimse->listen_port = listen_port_;
  config.dimse->commitment = pacs::Commitment::off;
  config.retries.first_wait_s = 0.1;
  return config;
}

}  // namespace neurovasc::testing
