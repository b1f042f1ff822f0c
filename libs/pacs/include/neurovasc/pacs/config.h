#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace neurovasc::pacs {

/// How a connection is kept from others. Files are PEM. TLS 1.2 or newer (RFC 9325, PS3.15 B.9).
struct TlsOptions {
  std::filesystem::path ca_file;           ///< who may sign the peer; empty: whom the system trusts
  std::filesystem::path certificate_file;  ///< ours, where the peer asks for one; empty: none
  std::filesystem::path key_file;          ///< of our certificate, without a pass phrase
  /// Whether the peer's certificate must be signed by one trusted, be valid now, and bear its name.
  bool verify = true;
  std::string server_name;  ///< the name in the peer's certificate; empty: the host as configured
};

/// How objects are asked for over DIMSE.
enum class Retrieve {
  get,   ///< C-GET: they come back over our own connection; C-MOVE where the peer has no C-GET
  move,  ///< C-MOVE: the peer opens one to us; it must know our title, address and port
};

/// Whether the peer is asked to say that it keeps what was sent (PS3.4 annex J).
enum class Commitment {
  off,
  when_offered,  ///< where it takes the request and answers in time; else a warning
  required,      ///< an object without it counts as not sent
};

/// A peer that speaks DICOM's own protocol (PS3.7, PS3.8).
struct DimseOptions {
  std::string host;
  int port = 104;                          ///< PS3.8 9.1.1: the well-known one
  std::string ae_title;                    ///< the peer's
  std::string our_ae_title = "NEUROVASC";  ///< by which the peer knows us
  std::optional<TlsOptions> tls;
  Retrieve retrieve = Retrieve::get;
  /// Where we listen for C-MOVE's objects and for storage commitment; 0: nowhere.
  int listen_port = 0;
  Commitment commitment = Commitment::when_offered;
};

/// By which a web service knows us. What is secret is in a file or an environment variable, never
/// in the configuration, so that this can be shown and copied.
struct WebCredentials {
  std::string user;  ///< with a password: HTTP Basic (RFC 7617)
  std::filesystem::path password_file;
  std::string password_variable;     ///< name of an environment variable
  std::filesystem::path token_file;  ///< Bearer token (RFC 6750)
  std::string token_variable;
};

/// A peer that speaks DICOMweb (PS3.18): QIDO-RS, WADO-RS, STOW-RS.
struct WebOptions {
  std::string url;  ///< the service's root, without "/studies"
  WebCredentials credentials;
  TlsOptions tls;  ///< for https
};

/// Seconds to wait before a peer is given up.
struct TimeoutOptions {
  int connect_s = 10;  ///< a server in the house answers within one; two over a slow line
  int answer_s = 60;   ///< large archives think long about a query
  int commit_s = 30;   ///< for the storage commitment's report, which archives send when they like
};

/// What is done about a connection that breaks. Waits double from one to the next. Refusals (an
/// unknown title, a bad certificate, a rejected object) are not tried again.
struct RetryOptions {
  int attempts = 5;  ///< in all; with the waits below 15 s, a restart of a service
  double first_wait_s = 1;
  double longest_wait_s = 60;
};

/// A peer and how to reach it: either dimse or web is set.
struct PacsConfig {
  std::string name;  ///< by which a catalogue knows it; empty: see nodeName()
  std::optional<DimseOptions> dimse;
  std::optional<WebOptions> web;
  TimeoutOptions timeouts;
  RetryOptions retries;
};

/// The name of a PACS among others, without blanks: PacsConfig::name, or made of where it is
/// ("ARCHIVE@pacs.example.org:11112", or its address).
std::string nodeName(const PacsConfig& config);

/// Throws Error(usage) naming the key ("dimse.port") and the cause; Error(input_unreadable) for a
/// certificate or key file that is not there.
void validate(const PacsConfig& config);

/// Reads a YAML or JSON file (JSON is YAML) and validates it; docs/pacs.md lists the keys, an
/// unknown one is an error. Relative paths are taken from the file's folder.
///
/// Throws Error(input_unreadable) where the file is absent or no YAML, and what validate() throws.
/// Both name the file and the place: "pacs.yaml: dimse.prot: no such key".
PacsConfig readPacsConfig(const std::filesystem::path& file);

}  // namespace neurovasc::pacs
