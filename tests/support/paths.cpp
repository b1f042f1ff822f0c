#include "support/paths.h"

#include <cstdlib>

// The one file that is compiled with the places of this checkout: objects of all others can be
// shared between checkouts by a compiler cache.
namespace neurovasc::testing {

namespace fs = std::filesystem;

fs::path sourceDir() { return NEUROVASC_SOURCE_DIR; }

fs::path buildDir() { return NEUROVASC_BINARY_DIR; }

fs::path program() { return NEUROVASC_PROGRAM; }

fs::path sharedPath(const fs::path& name) {
  const char* given = std::getenv("NEUROVASC_SHARED_DIR");
  const fs::path path = (given != nullptr ? fs::path(given) : sourceDir() / ".." / "shared") / name;
  std::error_code error;
  return fs::exists(path, error) ? path : fs::path{};
}

}  // namespace neurovasc::testing
