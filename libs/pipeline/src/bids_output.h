#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "export_job.h"
#include "neurovasc/core/study.h"
#include "neurovasc/interop/bids_derivative.h"

namespace neurovasc::pipeline {

/// A result as files of a BIDS derivative dataset.
struct BidsOutput {
  interop::BidsEntities entities;
  /// "bids:raw:..." of the images that were analysed, where they stand in a BIDS dataset.
  std::map<SeriesRole, std::string> raw_uris;
};

/// Where a file goes, made ready to be written: the folders above it are there.
using BidsPath = std::function<std::filesystem::path(const std::string& file)>;

/// Writes images, labels, tables, transforms and reports of @p job, as far as the result has them.
void writeBidsSession(ExportJob& job, const BidsOutput& output, const BidsPath& path);

/// The files at the root of a derivative dataset.
void writeBidsRoot(const std::optional<interop::BidsSource>& source, const BidsPath& path);

}  // namespace neurovasc::pipeline
