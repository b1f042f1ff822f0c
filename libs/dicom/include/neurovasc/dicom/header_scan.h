#pragma once

#include <memory>
#include <string>
#include <vector>

#include "neurovasc/core/progress.h"
#include "neurovasc/dicom/catalogue.h"

namespace neurovasc::dicom {

/// Headers collected file by file, for those who know which files to read: the rest of an archive
/// has not changed, or the files stand inside others. scanStudies() is this over a folder.
///
///     HeaderScan scan(options);
///     scan.read(files, progress);
///     scan.readAs("/proc/self/fd/7", "study.zip/IM00001");
///     const StudyCatalogue catalogue = scan.studies(progress);
class HeaderScan {
 public:
  /// Throws Error(usage) for invalid options.
  explicit HeaderScan(ScanOptions options = {});
  ~HeaderScan();
  HeaderScan(const HeaderScan&) = delete;
  HeaderScan& operator=(const HeaderScan&) = delete;

  /// Reads @p files in parallel; stage "scan". What a file holds never makes it throw. Throws
  /// Error(cancelled).
  void read(const std::vector<std::string>& files, const Progress& progress = {});

  /// Reads one file at @p path that is to be known as @p name. Safe to call from several threads.
  void readAs(const std::string& path, const std::string& name);

  /// Files read so far.
  std::size_t size() const;

  /// The studies of all files read so far; as scanStudies() gives them, whatever the order in which
  /// they were read. More may be read afterwards.
  StudyCatalogue studies(const Progress& progress = {}) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace neurovasc::dicom
