#pragma once

#include <memory>
#include <optional>
#include <string>

#include "background_process.h"
#include "certificates.h"
#include "neurovasc/pacs/config.h"
#include "support/temporary_folder.h"

namespace neurovasc::testing {

/// A PACS of one test: Debian's Orthanc on free ports of the loopback address, with DICOMweb, its
/// own storage, and everything it writes removed at the end. It is called ORTHANC and knows
/// NEUROVASC.
class Orthanc {
 public:
  enum class Connection { plain, secure };

  static bool isInstalled();

  /// @p most_answers: its limit on matches; 0: none.
  explicit Orthanc(Connection connection = Connection::plain, int most_answers = 0);
  Orthanc(const Orthanc&) = delete;
  Orthanc& operator=(const Orthanc&) = delete;

  void start();
  /// As a power failure would: at once, without a goodbye.
  void kill();

  /// How to reach it, with short waits.
  pacs::PacsConfig dimse() const;
  pacs::PacsConfig web() const;
  /// The same as configuration files.
  std::filesystem::path dimseFile() const;
  std::filesystem::path webFile() const;
  const Certificates& certificates() const { return *certificates_; }
  /// Of the user who may use Orthanc's own interface.
  static std::string user();
  std::filesystem::path passwordFile() const { return folder_.path() / "password"; }
  int dicomPort() const { return dicom_port_; }
  int httpPort() const { return http_port_; }

  /// The answer to a request of Orthanc's own interface: "/instances".
  std::string rest(const std::string& path) const;
  /// Removes a study.
  void remove(const std::string& study_instance_uid) const;
  /// How many objects it holds.
  int instances() const;

 private:
  void writeConfiguration(int most_answers) const;

  TemporaryFolder folder_;
  std::optional<Certificates> certificates_;
  int dicom_port_ = 0;
  int http_port_ = 0;
  int https_port_ = 0;
  int listen_port_ = 0;
  std::optional<BackgroundProcess> process_;
  std::optional<BackgroundProcess> front_;  ///< does TLS in front of the HTTP port
};

/// Listens at @p port of the loopback address, without ever answering, until the descriptor that it
/// returns is closed with its owner.
std::shared_ptr<const int> listenAt(int port);

}  // namespace neurovasc::testing

/// Skips a test where there is no Orthanc to run it with.
#define NEUROVASC_NEEDS_ORTHANC()                                                                 \
  if (!::neurovasc::testing::Orthanc::isInstalled()) {                                            \
    GTEST_SKIP() << "Orthanc with its DICOMweb plugin (orthanc, orthanc-dicomweb) or openssl is " \
                    "not installed";                                                              \
  }
