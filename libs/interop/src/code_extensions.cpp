#include "code_extensions.h"

#include <iconv.h>

#include <algorithm>
#include <array>

namespace neurovasc::interop {
namespace {

constexpr char kEscape = '\x1b';

bool isHigh(char c) { return (static_cast<unsigned char>(c) & 0x80U) != 0; }

/// A coded character set. Its letters are turned into those of an encoding that the system's
/// converter knows: @p prefix, then each byte with its eighth bit set.
struct CodeSet {
  std::string_view term;    ///< its defined term's number: "ISO 2022 IR 87"
  std::string_view escape;  ///< what follows ESC to designate it
  const char* encoding;     ///< for iconv
  std::size_t bytes;        ///< of a letter
  bool high;                ///< its bytes have the eighth bit set (G1), else not (G0)
  std::string_view prefix = "";
};

// PS3.3 tables C.12-3 and C.12-4. ASCII, and JIS X 0201's version of it, are read as they are.
constexpr std::array<CodeSet, 18> kCodeSets = {{
    {"6", "(B", nullptr, 1, false},
    {"14", "(J", nullptr, 1, false},
    {"13", ")I", "EUC-JP", 1, true, "\x8e"},
    {"87", "$B", "EUC-JP", 2, false},
    {"159", "$(D", "EUC-JP", 2, false, "\x8f"},
    {"149", "$)C", "EUC-KR", 2, true},
    {"58", "$)A", "EUC-CN", 2, true},
    {"100", "-A", "ISO-8859-1", 1, true},
    {"101", "-B", "ISO-8859-2", 1, true},
    {"109", "-C", "ISO-8859-3", 1, true},
    {"110", "-D", "ISO-8859-4", 1, true},
    {"144", "-L", "ISO-8859-5", 1, true},
    {"127", "-G", "ISO-8859-6", 1, true},
    {"126", "-F", "ISO-8859-7", 1, true},
    {"138", "-H", "ISO-8859-8", 1, true},
    {"148", "-M", "ISO-8859-9", 1, true},
    {"203", "-b", "ISO-8859-15", 1, true},
    {"166", "-T", "TIS-620", 1, true},
}};

/// By the number at the end of a defined term; null for one that is none of these.
const CodeSet* setOfTerm(std::string_view term) {
  if (term.empty()) {
    return kCodeSets.data();
  }
  const std::string_view number = term.substr(std::min(term.size(), term.rfind(' ') + 1));
  const auto* found = std::find_if(kCodeSets.begin(), kCodeSets.end(),
                                   [number](const CodeSet& set) { return set.term == number; });
  return found == kCodeSets.end() ? nullptr : found;
}

const CodeSet* setBehindEscape(std::string_view rest) {
  const auto* found = std::find_if(kCodeSets.begin(), kCodeSets.end(), [rest](const CodeSet& set) {
    return rest.substr(0, set.escape.size()) == set.escape;
  });
  return found == kCodeSets.end() ? nullptr : found;
}

/// One encoding to UTF-8.
class Converter {
 public:
  explicit Converter(const char* encoding) : handle_(iconv_open("UTF-8", encoding)) {}
  ~Converter() {
    if (isOpen()) {
      iconv_close(handle_);
    }
  }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;

  std::optional<std::string> convert(std::string letter) const {
    constexpr std::size_t kMostUtf8 = 16;
    std::array<char, kMostUtf8> utf8{};
    char* from = letter.data();
    char* to = utf8.data();
    std::size_t left = letter.size();
    std::size_t room = utf8.size();
    if (!isOpen() || iconv(handle_, &from, &left, &to, &room) == kFailed || left != 0) {
      return std::nullopt;
    }
    return std::string(utf8.data(), utf8.size() - room);
  }

 private:
  static constexpr std::size_t kFailed = static_cast<std::size_t>(-1);
  bool isOpen() const { return handle_ != reinterpret_cast<iconv_t>(-1); }

  iconv_t handle_;
};

class Decoder {
 public:
  Decoder(std::string_view bytes, const CodeSet& first) : rest_(bytes), first_(first) { reset(); }

  std::optional<std::string> text() {
    while (!rest_.empty()) {
      if (!(rest_[0] == kEscape ? designate() : letter())) {
        return std::nullopt;
      }
    }
    return text_;
  }

 private:
  /// As at the beginning of each value and component (PS3.5 6.1.2.5.3).
  void reset() {
    low_ = kCodeSets.data();
    high_ = first_.high ? &first_ : nullptr;
  }

  bool designate() {
    const CodeSet* set = setBehindEscape(rest_.substr(1));
    if (set == nullptr) {
      return false;
    }
    (set->high ? high_ : low_) = set;
    rest_.remove_prefix(1 + set->escape.size());
    return true;
  }

  bool letter() {
    const CodeSet* set = isHigh(rest_[0]) ? high_ : low_;
    if (set == nullptr || rest_.size() < set->bytes) {
      return false;
    }
    const std::string_view bytes = rest_.substr(0, set->bytes);
    rest_.remove_prefix(set->bytes);
    if (set->encoding == nullptr) {
      text_ += bytes;
      constexpr std::string_view kDelimiters = "^=\\\r\n\t\f";
      if (kDelimiters.find(bytes[0]) != std::string_view::npos) {
        reset();
      }
      return true;
    }
    return append(*set, bytes);
  }

  bool append(const CodeSet& set, std::string_view bytes) {
    std::string encoded(set.prefix);
    for (const char c : bytes) {
      encoded += static_cast<char>(static_cast<unsigned char>(c) | 0x80U);
    }
    const auto utf8 = Converter(set.encoding).convert(encoded);
    text_ += utf8.value_or("");
    return utf8.has_value();
  }

  std::string_view rest_;
  const CodeSet& first_;
  const CodeSet* low_ = nullptr;
  const CodeSet* high_ = nullptr;
  std::string text_;
};

}  // namespace

std::optional<std::string> utf8FromCodeExtensions(std::string_view bytes,
                                                  const std::vector<std::string>& character_sets) {
  const bool known =
      std::all_of(character_sets.begin(), character_sets.end(),
                  [](const std::string& term) { return setOfTerm(term) != nullptr; });
  if (character_sets.empty() || !known) {
    return std::nullopt;
  }
  return Decoder(bytes, *setOfTerm(character_sets[0])).text();
}

}  // namespace neurovasc::interop
