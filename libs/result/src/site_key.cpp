#include "neurovasc/result/site_key.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <random>
#include <utility>

#include "input_file.h"
#include "neurovasc/core/error.h"
#include "unwritable.h"

namespace neurovasc::result {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kHashBytes = 8;
constexpr int kLeastShiftDays = 365;
constexpr std::uint32_t kMostShiftDays = 3650;

using Digest = std::array<unsigned char, EVP_MAX_MD_SIZE>;

std::string hexOf(const unsigned char* bytes, std::size_t count) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    text += kDigits[bytes[i] >> 4U];
    text += kDigits[bytes[i] & 15U];
  }
  return text;
}

std::string newKey() {
  std::array<unsigned char, kKeyBytes> bytes{};
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) {
    throw Error(ErrorCode::internal, "the system gives no random numbers for a site key");
  }
  return hexOf(bytes.data(), bytes.size());
}

Digest hmac(const std::string& key, std::string_view text) {
  Digest digest{};
  unsigned int length = 0;
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  if (HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes, text.size(),
           digest.data(), &length) == nullptr) {
    throw Error(ErrorCode::internal, "the library for HMAC refused to work");
  }
  return digest;
}

/// Writes @p text into a new file of its owner alone; 0 or the error's number.
int writePrivate(const fs::path& file, const std::string& text) {
  const int out = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (out < 0) {
    return errno;
  }
  const bool whole = ::write(out, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  const int failed = whole && ::fsync(out) == 0 ? 0 : errno;
  ::close(out);
  return failed;
}

/// Makes @p file with a new key. Where another process was quicker, its file stays.
void make(const fs::path& file) {
  const fs::path aside = file.string() + ".part-" + std::to_string(std::random_device{}());
  int failed = writePrivate(aside, newKey() + "\n");
  if (failed == 0 && ::link(aside.c_str(), file.c_str()) != 0 && errno != EEXIST) {
    failed = errno;
  }
  ::unlink(aside.c_str());
  if (failed != 0) {
    throwUnwritable(file.string(), causeOf(failed), "Name another place with --site-key.");
  }
}

}  // namespace

SiteKey SiteKey::read(const fs::path& file) {
  std::string text = textOfInput(file);
  struct stat info {};
  if (::stat(file.c_str(), &info) == 0 && (info.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    throw Error(ErrorCode::input_unreadable, file.string() + ": others may read this site key",
                "Take their right away with chmod 600, or make a new key.");
  }
  text.erase(text.find_last_not_of("\r\n ") + 1);
  if (text.size() != 2 * kKeyBytes ||
      text.find_first_not_of("0123456789abcdef") != std::string::npos) {
    throw Error(ErrorCode::input_unreadable, file.string() + ": not a site key",
                "A site key is a line of 64 hexadecimal digits, as the program makes it.");
  }
  return SiteKey(std::move(text));
}

SiteKey SiteKey::readOrMake(const fs::path& file) {
  if (!fs::exists(file)) {
    make(file);
  }
  return read(file);
}

std::string SiteKey::hash(std::string_view identity) const {
  return hexOf(hmac(key_, identity).data(), kHashBytes);
}

int SiteKey::dayShift(std::string_view patient) const {
  const Digest digest = hmac(key_, "days\n" + std::string(patient));
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < sizeof number; ++i) {
    number = number << 8U | digest[i];
  }
  return kLeastShiftDays + static_cast<int>(number % (kMostShiftDays - kLeastShiftDays + 1));
}

}  // namespace neurovasc::result
