#include "neurovasc/result/result_folder.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <memory>
#include <random>
#include <system_error>
#include <utility>

#include "neurovasc/core/error.h"

namespace neurovasc::result {
namespace {

namespace fs = std::filesystem;

constexpr const char* kOverwriteHint = "Choose another --output, or give --overwrite.";

[[noreturn]] void throwUnwritable(const std::string& what, const std::string& cause,
                                  const std::string& hint = "Choose another --output.") {
  throw Error(ErrorCode::output_unwritable, what + ": " + cause, hint);
}

std::string causeOf(int error_number) { return std::strerror(error_number); }

/// SHA-256 fed piece by piece.
class Sha256 {
 public:
  Sha256() : context_(EVP_MD_CTX_new(), &EVP_MD_CTX_free) {
    require(context_ != nullptr && EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) == 1);
  }
  void add(std::string_view bytes) {
    require(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) == 1);
  }
  std::string hex() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int length = 0;
    require(EVP_DigestFinal_ex(context_.get(), digest.data(), &length) == 1);
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    for (unsigned int i = 0; i < length; ++i) {
      text += kDigits[digest[i] >> 4U];
      text += kDigits[digest[i] & 15U];
    }
    return text;
  }

 private:
  static void require(bool done) {
    if (!done) {
      throw Error(ErrorCode::internal, "the library for SHA-256 refused to work");
    }
  }
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_;
};

void syncToDisk(const fs::path& path, bool is_folder) {
  const int file = ::open(path.c_str(), is_folder ? O_RDONLY | O_DIRECTORY : O_RDONLY);
  if (file < 0) {
    throwUnwritable(path.filename().string(), causeOf(errno));
  }
  const int failed = ::fsync(file) == 0 ? 0 : errno;
  ::close(file);
  // Some network file systems know no fsync of folders; there is nothing more to be done there.
  if (failed != 0 && failed != EINVAL) {
    throwUnwritable(path.filename().string(), causeOf(failed));
  }
}

void syncTree(const fs::path& folder) {
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    syncToDisk(entry.path(), entry.is_directory());
  }
  syncToDisk(folder, true);
}

bool isEmptyFolder(const fs::path& path) { return fs::is_directory(path) && fs::is_empty(path); }

bool isResultFolder(const fs::path& path) {
  return fs::is_directory(path) &&
         (fs::exists(path / kAssessmentFile) || fs::exists(path / "comparison.json"));
}

/// Throws unless @p target may be made, or replaced.
void requireFree(const fs::path& target, bool overwrite) {
  if (!fs::exists(target) || isEmptyFolder(target)) {
    return;
  }
  const std::string shown = target.filename().string();
  if (!overwrite) {
    throwUnwritable(shown, "it exists already", kOverwriteHint);
  }
  if (!isResultFolder(target)) {
    throwUnwritable(shown, "it holds something else than a neurovasc result, which is not deleted");
  }
}

/// Makes the missing folders down to @p folder and tells which they were, outermost first.
std::vector<fs::path> makeFolders(const fs::path& folder) {
  std::vector<fs::path> missing;
  for (fs::path p = folder; !p.empty() && !fs::exists(p); p = p.parent_path()) {
    missing.insert(missing.begin(), p);
  }
  for (const auto& p : missing) {
    std::error_code failed;
    if (!fs::create_directory(p, failed) && failed) {
      throwUnwritable(p.filename().string(), failed.message());
    }
  }
  return missing;
}

/// A new hidden folder beside @p target, with the usual access rights.
fs::path makeStaging(const fs::path& target) {
  std::random_device random;
  constexpr int kTries = 100;
  for (int i = 0; i < kTries; ++i) {
    const fs::path staging =
        target.parent_path() / ("." + target.filename().string() + ".part-" +
                                std::to_string(::getpid()) + "-" + std::to_string(random()));
    if (::mkdir(staging.c_str(), 0777) == 0) {
      return staging;
    }
    if (errno != EEXIST) {
      throwUnwritable(target.filename().string(), causeOf(errno));
    }
  }
  throwUnwritable(target.filename().string(), "no name is free beside it");
}

/// Exchanges two folders in one step where the file system can, else by two renames.
void exchange(const fs::path& staging, const fs::path& target) {
  if (::renameat2(AT_FDCWD, staging.c_str(), AT_FDCWD, target.c_str(), RENAME_EXCHANGE) == 0) {
    return;
  }
  const fs::path aside = staging.string() + ".old";
  fs::rename(target, aside);
  try {
    fs::rename(staging, target);
  } catch (...) {
    fs::rename(aside, target);
    throw;
  }
  fs::rename(aside, staging);
}

fs::path absoluteTarget(const fs::path& target) {
  if (target.empty()) {
    throw Error(ErrorCode::usage, "the output folder has no name", "Give --output FOLDER.");
  }
  const fs::path whole = fs::weakly_canonical(fs::absolute(target));
  return whole.has_filename() ? whole : whole.parent_path();
}

}  // namespace

std::string sha256(std::string_view bytes) {
  Sha256 hash;
  hash.add(bytes);
  return hash.hex();
}

std::string sha256OfFile(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  Sha256 hash;
  std::vector<char> block(1U << 20U);
  while (in) {
    in.read(block.data(), static_cast<std::streamsize>(block.size()));
    hash.add({block.data(), static_cast<std::size_t>(in.gcount())});
  }
  if (!in.eof()) {
    throw Error(ErrorCode::input_unreadable, file.filename().string() + ": cannot be read");
  }
  return hash.hex();
}

StagedFolder::StagedFolder(const fs::path& target, bool overwrite)
    : target_(absoluteTarget(target)), overwrite_(overwrite) {
  requireFree(target_, overwrite_);
  made_parents_ = makeFolders(target_.parent_path());
  staging_ = makeStaging(target_);
}

StagedFolder::~StagedFolder() {
  std::error_code ignored;
  if (!staging_.empty()) {
    fs::remove_all(staging_, ignored);
  }
  if (!published_) {
    for (auto it = made_parents_.rbegin(); it != made_parents_.rend(); ++it) {
      fs::remove(*it, ignored);  // only when empty
    }
  }
}

fs::path StagedFolder::path(std::string_view relative) const {
  const fs::path part(relative);
  const bool leaves = std::find(part.begin(), part.end(), "..") != part.end();
  if (part.empty() || part.is_absolute() || leaves || published_) {
    throw Error(ErrorCode::internal, "not a place inside the result folder");
  }
  const fs::path whole = staging_ / part;
  fs::create_directories(whole.parent_path());
  if (*part.begin() == kSourceFolder) {
    fs::create_directories(staging_ / kSourceFolder);
    fs::permissions(staging_ / kSourceFolder, fs::perms::owner_all);
  }
  return whole;
}

void StagedFolder::write(std::string_view relative, std::string_view content) const {
  const fs::path file = path(relative);
  std::ofstream out(file, std::ios::binary);
  out.write(content.data(), static_cast<std::streamsize>(content.size()));
  out.close();
  if (!out) {
    throwUnwritable(std::string(relative), causeOf(errno));
  }
}

std::vector<OutputFile> StagedFolder::files() const {
  const fs::path& root = published_ ? target_ : staging_;
  std::vector<OutputFile> found;
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    const std::string relative = entry.path().lexically_relative(root).generic_string();
    if (entry.is_regular_file() && relative.rfind(std::string(kSourceFolder) + "/", 0) != 0) {
      found.push_back({relative, entry.file_size(), sha256OfFile(entry.path())});
    }
  }
  std::sort(found.begin(), found.end(),
            [](const OutputFile& a, const OutputFile& b) { return a.path < b.path; });
  return found;
}

void StagedFolder::publish() {
  try {
    syncTree(staging_);
    requireFree(target_, overwrite_);
    if (fs::exists(target_) && !isEmptyFolder(target_)) {
      exchange(staging_, target_);
    } else {
      fs::rename(staging_, target_);
    }
    published_ = true;
    syncToDisk(target_.parent_path(), true);
  } catch (const fs::filesystem_error& failed) {
    throwUnwritable(target_.filename().string(), failed.code().message());
  }
}

}  // namespace neurovasc::result
