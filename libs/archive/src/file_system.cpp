#include "file_system.h"

#include <sys/vfs.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "neurovasc/core/error.h"

namespace neurovasc::archive {

std::string_view networkFileSystem(long type) {
  // linux/magic.h and statfs(2); those of cluster file systems from their own sources.
  constexpr std::array<std::pair<unsigned long, std::string_view>, 13> kNetworks = {{
      {0x6969, "NFS"},
      {0x517B, "SMB"},
      {0xFF534D42, "CIFS"},
      {0xFE534D42, "SMB2"},
      {0x564C, "NCP"},
      {0x5346414F, "AFS"},
      {0x73757245, "Coda"},
      {0x01021997, "9P"},
      {0x00C36400, "Ceph"},
      {0x0BD00BD0, "Lustre"},
      {0x47504653, "GPFS"},
      {0x19830326, "BeeGFS"},
      {0x7461636F, "OCFS2"},
  }};
  const auto magic = static_cast<unsigned long>(type) & 0xFFFFFFFFUL;
  const auto* found = std::find_if(kNetworks.begin(), kNetworks.end(),
                                   [magic](const auto& row) { return row.first == magic; });
  return found == kNetworks.end() ? std::string_view() : found->second;
}

void requireLocal(const std::filesystem::path& folder) {
  struct statfs info {};
  if (::statfs(folder.c_str(), &info) != 0) {
    return;  // what is wrong there is said when the file is opened
  }
  const std::string_view network = networkFileSystem(static_cast<long>(info.f_type));
  if (!network.empty()) {
    throw Error(ErrorCode::output_unwritable,
                folder.string() + " lies on a network file system (" + std::string(network) +
                    "), on which a catalogue may be damaged",
                "Keep the catalogue on a local disk; studies and results may lie anywhere.");
  }
}

}  // namespace neurovasc::archive
