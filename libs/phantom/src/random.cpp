#include "random.h"

#include <cmath>

namespace neurovasc::phantom {
namespace {

constexpr double kTwoPi = 6.283185307179586;

/// Uniform in (0, 1), from the upper 53 bits.
double unit(std::uint64_t bits) { return (static_cast<double>(bits >> 11U) + 0.5) * 0x1.0p-53; }

}  // namespace

std::uint64_t scrambled(std::uint64_t x) {
  x += 0x9E3779B97F4A7C15ULL;
  x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  x = (x ^ (x >> 27U)) * 0x94D049BB133111EBULL;
  return x ^ (x >> 31U);
}

Stream::Stream(std::uint64_t seed, std::string_view purpose) : state_(scrambled(seed)) {
  for (const char c : purpose) {
    state_ = scrambled(state_ ^ static_cast<unsigned char>(c));
  }
}

Stream::Stream(const HeadLot& lot, std::string_view purpose) : Stream(lot.seed, purpose) {
  spread_ = lot.spread;
}

double Stream::uniform(double from, double to) {
  state_ = scrambled(state_);
  return from + (to - from) * unit(state_);
}

std::array<double, 2> normalPair(std::uint64_t seed, std::uint64_t index) {
  const std::uint64_t a = scrambled(seed ^ scrambled(2 * index));
  const std::uint64_t b = scrambled(seed ^ scrambled(2 * index + 1));
  const double radius = std::sqrt(-2 * std::log(unit(a)));
  const double angle = kTwoPi * unit(b);
  return {radius * std::cos(angle), radius * std::sin(angle)};
}

}  // namespace neurovasc::phantom
