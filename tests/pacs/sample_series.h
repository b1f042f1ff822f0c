#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace neurovasc::testing {

/// A study of one patient as it would come from a scanner: two small oblique series, one of them
/// compressed, with a name beyond ASCII.
class SampleSeries {
 public:
  /// Writes it into @p folder, which must not exist.
  explicit SampleSeries(const std::filesystem::path& folder);

  static constexpr int kObjects = 24;
  const std::filesystem::path& folder() const { return folder_; }
  const std::string& studyInstanceUid() const { return study_instance_uid_; }

 private:
  std::filesystem::path folder_;
  std::string study_instance_uid_;
};

/// What differs between the objects of two folders, matched by SOP Instance UID: objects that one
/// lacks, attributes, pixels (byte by byte as they are stored) and their encoding. File meta
/// information is each writer's own.
std::vector<std::string> objectDifferences(const std::filesystem::path& one,
                                           const std::filesystem::path& other);

}  // namespace neurovasc::testing
