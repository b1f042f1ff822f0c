#include "container.h"

#include <archive.h>
#include <archive_entry.h>
#include <sys/mman.h>
#include <unistd.h>

#include <memory>
#include <vector>

#include "neurovasc/core/error.h"

namespace neurovasc::archive {
namespace {

using Reader = std::unique_ptr<struct archive, int (*)(struct archive*)>;

// No MR file is larger; a small container may claim to unpack to any size.
constexpr long long kMostBytes = 1LL << 30;
constexpr std::size_t kBlockBytes = 1U << 18U;

/// A file in memory that has a path.
class MemoryFile {
 public:
  MemoryFile() : descriptor_(memfd_create("member", MFD_CLOEXEC)) {
    if (descriptor_ < 0) {
      throw Error(ErrorCode::internal, "no memory to unpack a file into");
    }
  }
  ~MemoryFile() { ::close(descriptor_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  bool append(const char* bytes, std::size_t count) const {
    return ::write(descriptor_, bytes, count) == static_cast<ssize_t>(count);
  }
  std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

 private:
  int descriptor_;
};

std::string problemOf(struct archive* reader) {
  const char* text = archive_error_string(reader);
  return std::string("damaged: ") + (text == nullptr ? "cannot be unpacked" : text);
}

/// Unpacks the current member; returns what went wrong.
std::string unpack(struct archive* reader, const MemoryFile& file, long long& size,
                   const StopToken& stop) {
  std::vector<char> block(kBlockBytes);
  while (true) {
    stop.throwIfStopped();
    const la_ssize_t got = archive_read_data(reader, block.data(), block.size());
    if (got < 0) {
      return problemOf(reader);
    }
    if (got == 0) {
      return {};
    }
    size += got;
    if (size > kMostBytes) {
      return "larger than 1 GiB";
    }
    if (!file.append(block.data(), static_cast<std::size_t>(got))) {
      return "no memory to unpack it";
    }
  }
}

Reader opened(const std::filesystem::path& container) {
  Reader reader(archive_read_new(), &archive_read_free);
  archive_read_support_filter_all(reader.get());
  archive_read_support_format_zip(reader.get());
  archive_read_support_format_tar(reader.get());
  archive_read_open_filename(reader.get(), container.c_str(), kBlockBytes);
  return reader;
}

void visitMember(struct archive* reader, const std::string& name,
                 const std::function<void(const Member&)>& visit, const StopToken& stop) {
  const MemoryFile file;
  Member member;
  member.name = name;
  member.problem = unpack(reader, file, member.size, stop);
  if (member.problem.empty()) {
    member.path = file.path();
  }
  visit(member);
}

}  // namespace

std::string forEachMember(const std::filesystem::path& container,
                          const std::function<bool(const std::string& name)>& wanted,
                          const std::function<void(const Member&)>& visit, const StopToken& stop) {
  const Reader reader = opened(container);
  struct archive_entry* entry = nullptr;
  int number = 0;
  for (int status = archive_read_next_header(reader.get(), &entry); status != ARCHIVE_EOF;
       status = archive_read_next_header(reader.get(), &entry)) {
    if (status < ARCHIVE_WARN) {
      return problemOf(reader.get());
    }
    ++number;
    const char* named = archive_entry_pathname(entry);
    const std::string name = named == nullptr ? "member " + std::to_string(number) : named;
    if (archive_entry_filetype(entry) == AE_IFREG && wanted(name)) {
      visitMember(reader.get(), name, visit, stop);
    }
  }
  return {};
}

}  // namespace neurovasc::archive
