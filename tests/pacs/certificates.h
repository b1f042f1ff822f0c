#pragma once

#include <filesystem>
#include <string>

namespace neurovasc::testing {

/// An authority with a certificate that it signed for this machine's loopback address, and another
/// authority that signed nothing; made with the program openssl.
struct Certificates {
  explicit Certificates(const std::filesystem::path& folder);

  std::filesystem::path authority;
  std::filesystem::path certificate;
  std::filesystem::path key;
  std::filesystem::path
      both;  ///< certificate and key in one file, as Orthanc's HTTP server wants it
  std::filesystem::path stranger;  ///< the other authority
};

}  // namespace neurovasc::testing
