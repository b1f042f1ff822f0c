#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>

namespace neurovasc::interop {

/// The name of a file in a BIDS dataset: sub-01_acq-CISS_T2w.nii.gz has the entities sub and acq,
/// the suffix T2w and the extension .nii.gz.
struct BidsName {
  std::map<std::string, std::string> entities;
  std::string suffix;
  std::string extension;

  std::string entity(const std::string& key) const;  ///< empty where there is none
};

/// Nothing for names that are not made so.
std::optional<BidsName> parseBidsName(const std::string& file_name);

/// The label of a folder "<key>-<label>"; nothing for other folders.
std::optional<std::string> labelOfFolder(const std::filesystem::path& folder,
                                         const std::string& key);

}  // namespace neurovasc::interop
