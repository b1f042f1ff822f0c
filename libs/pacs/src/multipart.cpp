#include "multipart.h"

#include <fmt/format.h>

#include "neurovasc/core/error.h"
#include "neurovasc/result/result_folder.h"
#include "retry.h"

namespace neurovasc::pacs {
namespace {

std::string boundaryOf(const std::string& content_type) {
  const std::string key = "boundary=";
  const std::size_t at = content_type.find(key);
  if (at == std::string::npos) {
    throw Error(ErrorCode::network_refused, "the web service answers with no multipart message",
                "Check that dicomweb.url is the root of a DICOMweb service.");
  }
  std::string boundary = content_type.substr(at + key.size());
  const bool quoted = !boundary.empty() && boundary[0] == '"';
  boundary.erase(0, quoted ? 1 : 0);
  return boundary.substr(0, boundary.find_first_of(quoted ? "\"" : "; \t"));
}

[[noreturn]] void throwCut() {
  throw TransientFailure("an answer of the web service is cut short");
}

}  // namespace

std::vector<std::string> partsOf(const std::string& content_type, std::string_view message) {
  const std::string delimiter = "--" + boundaryOf(content_type);
  constexpr std::string_view kHeadersEnd = "\r\n\r\n";
  std::vector<std::string> parts;
  std::size_t at = message.find(delimiter);
  while (at != std::string_view::npos) {
    at += delimiter.size();
    if (message.substr(at, 2) == "--") {
      return parts;
    }
    const std::size_t headers_end = message.find(kHeadersEnd, at);
    const std::size_t next = message.find("\r\n" + delimiter, at);
    if (headers_end == std::string_view::npos || next == std::string_view::npos) {
      throwCut();
    }
    const std::size_t body = headers_end + kHeadersEnd.size();
    parts.emplace_back(message.substr(body, next > body ? next - body : 0));
    at = next + 2;
  }
  throwCut();
}

Multipart multipartOf(std::string_view dicom_file) {
  // From the content, so that it cannot stand in it but by a collision of SHA-256.
  const std::string boundary = result::sha256(dicom_file);
  Multipart multipart;
  multipart.content_type =
      fmt::format("multipart/related; type=\"application/dicom\"; boundary={}", boundary);
  multipart.message = fmt::format(
      "--{0}\r\nContent-Type: application/dicom\r\n\r\n{1}\r\n--{0}--\r\n", boundary, dicom_file);
  return multipart;
}

}  // namespace neurovasc::pacs
