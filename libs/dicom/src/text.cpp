#include "text.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcspchrs.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <iterator>

namespace neurovasc::dicom {
namespace {

bool isPadding(char c) { return c == ' ' || c == '\0' || c == '\t' || c == '\r' || c == '\n'; }
bool isAscii(char c) { return static_cast<unsigned char>(c) < 0x80; }

/// The length of the UTF-8 character at the start of @p text, 0 when there is none.
std::size_t utf8Length(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  const std::size_t length = lead < 0x80                   ? 1
                             : lead >= 0xC2 && lead < 0xE0 ? 2
                             : lead >= 0xE0 && lead < 0xF0 ? 3
                             : lead >= 0xF0 && lead < 0xF5 ? 4
                                                           : 0;
  if (length == 0 || length > text.size()) {
    return 0;
  }
  for (std::size_t i = 1; i < length; ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) {
      return 0;
    }
  }
  return length;
}

std::string fromLatin1(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (isAscii(c)) {
      out += c;
    } else {
      const auto code = static_cast<unsigned char>(c);
      out += static_cast<char>(0xC0 | (code >> 6));
      out += static_cast<char>(0x80 | (code & 0x3F));
    }
  }
  return out;
}

/// Other character sets, where DCMTK was built with a library for them.
std::optional<std::string> convertedByDcmtk(std::string_view text, std::string_view charset) {
  DcmSpecificCharacterSet converter;
  OFString converted;
  if (charset.empty() || !DcmSpecificCharacterSet::isConversionAvailable() ||
      converter.selectCharacterSet(OFString(charset.data(), charset.size())).bad() ||
      converter.convertString(OFString(text.data(), text.size()), converted, "\\^=").bad()) {
    return std::nullopt;
  }
  return std::string(converted.c_str(), converted.size());
}

std::string validUtf8(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t length = utf8Length(text);
    out += text.substr(0, length);
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return out;
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && isPadding(text.front())) {
    text.remove_prefix(1);
  }
  while (!text.empty() && isPadding(text.back())) {
    text.remove_suffix(1);
  }
  return text;
}

std::string lowered(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return out;
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t end = text.find(separator);
    parts.emplace_back(trimmed(text.substr(0, end)));
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
  }
  return parts;
}

std::optional<double> parseNumber(std::string_view text) {
  text = trimmed(text);
  if (!text.empty() && text.front() == '+') {
    text.remove_prefix(1);
  }
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) {
    return std::nullopt;
  }
  return value;
}

std::optional<int> parseInteger(std::string_view text) {
  const auto value = parseNumber(text);
  return value ? nearestInteger(*value) : std::nullopt;
}

std::optional<int> nearestInteger(double value) {
  return std::abs(value) > 2e9 ? std::nullopt
                               : std::optional<int>(static_cast<int>(std::lround(value)));
}

bool isWordCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || !isAscii(c);
}

std::vector<std::string_view> words(std::string_view text) {
  std::vector<std::string_view> out;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && isWordCharacter(text[i])) {
      continue;
    }
    if (i > begin) {
      out.push_back(text.substr(begin, i - begin));
    }
    begin = i + 1;
  }
  return out;
}

std::string toUtf8(std::string_view text, std::string_view charset) {
  const bool shifts = text.find('\x1B') != std::string_view::npos;
  if (!shifts && std::all_of(text.begin(), text.end(), isAscii)) {
    return std::string(text);
  }
  if (charset.find("ISO_IR 192") != std::string_view::npos) {
    return validUtf8(text);
  }
  if (trimmed(charset) == "ISO_IR 100") {
    return fromLatin1(text);
  }
  if (const auto converted = convertedByDcmtk(text, charset)) {
    return validUtf8(*converted);
  }
  std::string out;
  std::copy_if(text.begin(), text.end(), std::back_inserter(out), isAscii);
  return shifts ? std::string{} : out;
}

}  // namespace neurovasc::dicom
