#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "neurovasc/core/assessment.h"
#include "neurovasc/core/progress.h"

namespace neurovasc::pipeline {

/// A mask on the command line: "FILE" (every voxel above zero) or "FILE:LABEL" (that value only; of
/// a DICOM Segmentation the segment of that number).
struct MaskInput {
  std::string file;
  std::optional<int> label;
};

/// Throws Error(usage) where LABEL is no whole number.
MaskInput parseMaskInput(const std::string& text);

struct MaskRequest {
  MaskInput nerve;
  std::vector<MaskInput> vessels;
  Side side = Side::left;
  std::string landmarks_file;  ///< without it arc lengths and zones are null
  std::string label;
  bool overwrite = false;
  int threads = 0;
  std::vector<std::pair<std::string, std::string>> given_options;
};

struct MaskOutcome {
  Assessment assessment;
  std::string report;  ///< the text of report.txt
};

/// Contacts between structures that somebody else segmented, written as a result folder:
/// assessment.json, report.txt, report.pdf and, where this build can make it, report.html. Masks of
/// one request may lie on different grids; all count in LPS mm.
MaskOutcome measureMasks(const MaskRequest& request, const std::string& output,
                         const Progress& progress);

}  // namespace neurovasc::pipeline
