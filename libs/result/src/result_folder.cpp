#include "neurovasc/result/result_folder.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <fstream>
#include <memory>
#include <system_error>
#include <utility>

#include "hidden_folder.h"
#include "neurovasc/core/error.h"
#include "old_result.h"
#include "unwritable.h"

namespace neurovasc::result {
namespace {

namespace fs = std::filesystem;

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

/// Flushes a file or folder to the disk; 0 or the error's number.
int flushed(const fs::path& path, bool is_folder) {
  const int file = ::open(path.c_str(), is_folder ? O_RDONLY | O_DIRECTORY : O_RDONLY);
  if (file < 0) {
    return errno;
  }
  const int failed = ::fsync(file) == 0 ? 0 : errno;
  ::close(file);
  // Some network file systems know no fsync of folders; there is nothing more to be done there.
  return failed == EINVAL ? 0 : failed;
}

void syncToDisk(const fs::path& path, bool is_folder) {
  if (const int failed = flushed(path, is_folder); failed != 0) {
    throwUnwritable(path.filename().string(), causeOf(failed));
  }
}

void syncTree(const fs::path& folder) {
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    syncToDisk(entry.path(), entry.is_directory());
  }
  syncToDisk(folder, true);
}

/// Makes the missing folders down to @p folder and adds them to @p made, outermost first.
void makeFolders(const fs::path& folder, std::vector<fs::path>& made) {
  if (folder.empty() || fs::exists(folder)) {
    return;
  }
  makeFolders(folder.parent_path(), made);
  if (fs::create_directory(folder)) {
    made.push_back(folder);
  }
}

/// Removes those of @p folders that are empty, innermost first.
void removeEmpty(const std::vector<fs::path>& folders) {
  std::error_code ignored;
  for (auto it = folders.rbegin(); it != folders.rend(); ++it) {
    fs::remove(*it, ignored);
  }
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

std::vector<OutputFile> filesBelow(const fs::path& root) {
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
    : target_(writing(target, [&target] { return absoluteTarget(target); })),
      overwrite_(overwrite) {
  try {
    writing(target_, [this] {
      requireFree(target_, overwrite_);
      makeFolders(target_.parent_path(), made_parents_);
      staging_ = std::make_unique<HiddenFolder>(target_);
    });
  } catch (...) {
    removeEmpty(made_parents_);
    throw;
  }
}

StagedFolder::~StagedFolder() {
  staging_.reset();
  if (!published_) {
    removeEmpty(made_parents_);
  }
}

fs::path StagedFolder::path(std::string_view relative) const {
  const fs::path part(relative);
  const bool leaves = std::find(part.begin(), part.end(), "..") != part.end();
  if (part.empty() || part.is_absolute() || leaves || published_) {
    throw Error(ErrorCode::internal, "not a place inside the result folder");
  }
  const fs::path whole = staging_->path() / part;
  writing(part, [&] {
    fs::create_directories(whole.parent_path());
    if (*part.begin() == kSourceFolder) {
      const fs::path source = staging_->path() / kSourceFolder;
      fs::create_directories(source);
      fs::permissions(source, fs::perms::owner_all);
    }
  });
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
  const fs::path& root = published_ ? target_ : staging_->path();
  return writing(target_, [&root] { return filesBelow(root); });
}

bool StagedFolder::publish() {
  writing(target_, [this] {
    syncTree(staging_->path());
    requireFree(target_, overwrite_);
    if (fs::exists(target_) && !isEmptyFolder(target_)) {
      exchange(staging_->path(), target_);
    } else {
      fs::rename(staging_->path(), target_);
    }
    published_ = true;
  });
  // The result is in its place: nothing may make it look as if it were not.
  return flushed(target_.parent_path(), true) == 0;
}

}  // namespace neurovasc::result
