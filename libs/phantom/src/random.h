#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace neurovasc::phantom {

/// SplitMix64's finaliser: neighbouring numbers give unrelated ones.
std::uint64_t scrambled(std::uint64_t x);

/// Which head is drawn, and how far it may lie from the mean: factor on all half widths.
struct HeadLot {
  std::uint64_t seed = 1;
  double spread = 1;
};

/// Random numbers for one purpose. Each purpose has its own stream, named, so that one more number
/// drawn for one structure leaves all others as they were.
class Stream {
 public:
  Stream(std::uint64_t seed, std::string_view purpose);
  Stream(const HeadLot& lot, std::string_view purpose);

  double uniform(double from, double to);
  double around(double mean, double half_width) {
    return uniform(mean - spread_ * half_width, mean + spread_ * half_width);
  }
  bool chance(double probability) { return uniform(0, 1) < probability; }

 private:
  std::uint64_t state_;
  double spread_ = 1;
};

/// Two independent standard normal numbers that depend on seed and index only (Box, Muller), so
/// that threads cannot matter.
std::array<double, 2> normalPair(std::uint64_t seed, std::uint64_t index);

}  // namespace neurovasc::phantom
