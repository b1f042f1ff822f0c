#include "stamp.h"

#include <array>
#include <string_view>

namespace neurovasc::interop {
namespace {

constexpr int kHeight = 7;
constexpr int kAdvance = 6;
constexpr int kMargin = 2;

using Letter = std::array<std::string_view, kHeight>;

constexpr Letter kR = {"####.", "#...#", "#...#", "####.", "#.#..", "#..#.", "#...#"};
constexpr Letter kE = {"#####", "#....", "#....", "####.", "#....", "#....", "#####"};
constexpr Letter kS = {".####", "#....", "#....", ".###.", "....#", "....#", "####."};
constexpr Letter kA = {".###.", "#...#", "#...#", "#####", "#...#", "#...#", "#...#"};
constexpr Letter kC = {".####", "#....", "#....", "#....", "#....", "#....", ".####"};
constexpr Letter kH = {"#...#", "#...#", "#...#", "#####", "#...#", "#...#", "#...#"};
constexpr std::array<const Letter*, 8> kWord = {&kR, &kE, &kS, &kE, &kA, &kR, &kC, &kH};

/// Whether the word is drawn at column @p x, row @p y of its own box.
bool isDrawn(int x, int y) {
  const int letter = x / kAdvance;
  const int column = x % kAdvance;
  return x >= 0 && y >= 0 && y < kHeight && letter < static_cast<int>(kWord.size()) &&
         column < kAdvance - 1 &&
         (*kWord[static_cast<std::size_t>(letter)])[static_cast<std::size_t>(y)]
                                                   [static_cast<std::size_t>(column)] == '#';
}

}  // namespace

void stampResearch(std::vector<std::uint16_t>& pixels, int columns, int rows, std::uint16_t grey) {
  const int width = kAdvance * static_cast<int>(kWord.size()) + 2 * kMargin;
  for (int j = 0; j < rows && j < kHeight + 2 * kMargin; ++j) {
    for (int i = 0; i < columns && i < width; ++i) {
      pixels[static_cast<std::size_t>(i) +
             static_cast<std::size_t>(columns) * static_cast<std::size_t>(j)] =
          isDrawn(i - kMargin, j - kMargin) ? grey : std::uint16_t{0};
    }
  }
}

}  // namespace neurovasc::interop
