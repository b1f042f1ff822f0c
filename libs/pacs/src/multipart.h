#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace neurovasc::pacs {

/// The bodies of the parts of a multipart message (RFC 2046 5.1), whose content type names the
/// boundary. Throws TransientFailure for a message without its end: it was cut on the way.
std::vector<std::string> partsOf(const std::string& content_type, std::string_view message);

/// One DICOM object as a multipart/related message (PS3.18 8.7), and its content type.
struct Multipart {
  std::string content_type;
  std::string message;
};
Multipart multipartOf(std::string_view dicom_file);

}  // namespace neurovasc::pacs
