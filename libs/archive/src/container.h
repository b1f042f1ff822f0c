#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "neurovasc/core/progress.h"

namespace neurovasc::archive {

/// A member of a zip or tar file, for as long as it is visited.
struct Member {
  std::string name;  ///< as the container has it
  std::string path;  ///< where its bytes can be read; empty where they cannot be
  std::string problem;
  long long size = 0;
};

/// Unpacks the members of @p container one after another into memory and visits each; those that
/// @p wanted refuses are passed over. Returns why the rest of the container could not be read, or
/// nothing. Members of more than 1 GiB are not unpacked. Throws Error(cancelled).
std::string forEachMember(const std::filesystem::path& container,
                          const std::function<bool(const std::string& name)>& wanted,
                          const std::function<void(const Member&)>& visit, const StopToken& stop);

}  // namespace neurovasc::archive
