#include "spelling.h"

#include <cstddef>
#include <cstdint>

namespace neurovasc::dicom {
namespace {

/// The base letters of U+00C0 to U+017F (Unicode's canonical decompositions, and what is usual for
/// letters that have none). Capitals stand for pairs, see pairOf(); '-' for no letter.
constexpr std::string_view kBaseLetters =
    "aaaaaaAceeeeiiiidnooooo-ouuuuyTSaaaaaaAceeeeiiiidnooooo-ouuuuyTyaaaaaaccccccccddddeeeeeeeeee"
    "gggggggghhhhiiiiiiiiiiIIjjkkkllllll--llnnnnnnnnnooooooOOrrrrrrssssssssttttttuuuuuuuuuuuuwwyyyz"
    "zzzzzs";
constexpr std::uint32_t kFirstLetter = 0xC0;
static_assert(kBaseLetters.size() == 0x180 - kFirstLetter);

std::string_view pairOf(char letter) {
  switch (letter) {
    case 'A':
      return "ae";
    case 'I':
      return "ij";
    case 'O':
      return "oe";
    case 'S':
      return "ss";
    case 'T':
      return "th";
    default:
      return {};
  }
}

struct CodePoint {
  std::uint32_t value = 0;
  std::size_t bytes = 1;
};

CodePoint firstOf(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  const std::size_t bytes = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  if (bytes == 1 || bytes > text.size()) {
    return {lead, 1};
  }
  std::uint32_t value = lead & (0x7FU >> bytes);
  for (std::size_t i = 1; i < bytes; ++i) {
    value = value << 6 | (static_cast<unsigned char>(text[i]) & 0x3FU);
  }
  return {value, bytes};
}

/// Lower case of Greek and Cyrillic letters without accents (Unicode's simple case mapping).
std::uint32_t loweredLetter(std::uint32_t c) {
  const bool greek_or_cyrillic = (c >= 0x391 && c <= 0x3A9) || (c >= 0x410 && c <= 0x42F);
  if (greek_or_cyrillic) {
    return c + 0x20;
  }
  return c >= 0x400 && c <= 0x40F ? c + 0x50 : c;
}

std::string baseOf(std::uint32_t c) {
  const char base = kBaseLetters[c - kFirstLetter];
  const std::string_view pair = pairOf(base);
  if (!pair.empty()) {
    return std::string(pair);
  }
  return base == '-' ? std::string{} : std::string(1, base);
}

/// How German and the Scandinavian languages write a letter out; empty for others.
std::string_view writtenOut(std::uint32_t c) {
  switch (c | 0x20U) {  // capitals lie 0x20 below
    case 0xE4:
      return "ae";
    case 0xE5:
      return "aa";
    case 0xF6:
    case 0xF8:
      return "oe";
    case 0xFC:
      return "ue";
    default:
      return {};
  }
}

std::string folded(std::string_view word, bool write_out) {
  constexpr std::uint32_t kFirstMark = 0x300;  // combining marks, up to U+036F
  std::string out;
  while (!word.empty()) {
    const CodePoint c = firstOf(word);
    const std::string_view bytes = word.substr(0, c.bytes);
    word.remove_prefix(c.bytes);
    if (c.bytes == 1 && c.value < 0x80) {
      const bool capital = c.value >= 'A' && c.value <= 'Z';
      out += static_cast<char>(capital ? c.value + 0x20 : c.value);
    } else if (c.bytes == 2 && c.value < kFirstLetter + kBaseLetters.size() &&
               c.value >= kFirstLetter) {
      const std::string_view pair = write_out ? writtenOut(c.value) : std::string_view{};
      out += pair.empty() ? baseOf(c.value) : std::string(pair);
    } else if (const std::uint32_t low = loweredLetter(c.value); low != c.value) {
      out += static_cast<char>(0xC0U | low >> 6U);
      out += static_cast<char>(0x80U | (low & 0x3FU));
    } else if (c.value < kFirstMark || c.value > 0x36F) {
      out += bytes;
    }
  }
  return out;
}

}  // namespace

std::vector<std::string> spellingsOf(std::string_view word) {
  std::vector<std::string> spellings = {folded(word, false)};
  if (std::string other = folded(word, true); other != spellings[0]) {
    spellings.push_back(std::move(other));
  }
  return spellings;
}

}  // namespace neurovasc::dicom
