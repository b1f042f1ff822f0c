#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

namespace neurovasc::result {

/// The secret of a site, with which patients and studies are told apart without being named.
///
/// 256 bits from the operating system, in a file that only its owner may read (mode 0600, as 64
/// hexadecimal digits). The same identity and key give the same hash on every machine; without the
/// key a hash cannot be tried out on lists of names or numbers.
class SiteKey {
 public:
  /// Reads @p file. Throws Error(input_unreadable) where it is absent, damaged, or others may read
  /// it.
  static SiteKey read(const std::filesystem::path& file);

  /// Reads @p file, or makes it with a new key where it is absent. Two that make it at one time end
  /// up with one key. Throws Error(input_unreadable), Error(output_unwritable).
  static SiteKey readOrMake(const std::filesystem::path& file);

  /// HMAC-SHA-256 of @p identity under this key (FIPS 198-1), its first 64 bits as 16 lower-case
  /// hexadecimal digits: among 100,000 studies two alike have a chance of 3e-10.
  std::string hash(std::string_view identity) const;

  /// Days, 365 to 3650, by which the dates of the patient with hash @p patient are moved where days
  /// are stored: intervals stay, dates are hidden. Derived from the key, so that it is kept
  /// nowhere.
  int dayShift(std::string_view patient) const;

 private:
  explicit SiteKey(std::string key) : key_(std::move(key)) {}
  std::string key_;
};

}  // namespace neurovasc::result
