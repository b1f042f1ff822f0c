#pragma once

#include <optional>
#include <string>
#include <vector>

#include "neurovasc/core/study.h"
#include "neurovasc/imaging/segmentation_io.h"

namespace neurovasc::interop {

/// Derivative datasets of BIDS 1.9: what their files are called and the texts that stand in them.
/// Images are written by whoever has them.

/// Whom a file is of. Labels are letters and digits.
struct BidsEntities {
  std::string participant;  ///< without "sub-"
  std::string session;      ///< without "ses-"; empty where there are none
};

/// "sub-01/ses-preop", or "sub-01" without a session.
std::string bidsFolder(const BidsEntities& entities);

/// A file of that folder: "anat/sub-01_ses-preop_space-T2w_desc-nvc_dseg.nii.gz" from the rest of
/// its name, "space-T2w_desc-nvc_dseg.nii.gz".
std::string bidsFile(const BidsEntities& entities, const std::string& rest);

/// The raw dataset from which a derivative is made, as far as files may tell: paths outside the
/// dataset may name patients and stay out.
struct BidsSource {
  std::string link;  ///< its root as seen from the derivative's: "../.."; empty: not told
};

/// dataset_description.json: DatasetType, GeneratedBy, and SourceDatasets where @p source is known.
std::string bidsDescription(const std::optional<BidsSource>& source);

/// README.md: what the files are, whose software, for research only.
std::string bidsReadme();

/// .bidsignore: names beyond the standard (tables, reports, transforms).
std::string bidsIgnore();

/// The sidecar of an image that lies on the cropped T2 voxels. Acquisition values of @p series are
/// repeated in BIDS' units (s, T). @p reference: the URI of the image whose space it is, "orig" for
/// that image itself; @p sources: URIs of what it was made from.
std::string bidsImageSidecar(const std::string& description, const Acquisition& acquisition,
                             const std::string& reference, const std::vector<std::string>& sources);

/// The sidecar of the labels.
std::string bidsLabelSidecar(const std::string& reference, const std::vector<std::string>& sources);

/// The table of the labels: index, name, color, and the codes of type and side.
std::string bidsLabelTable(const std::vector<imaging::Segment>& segments);

/// @p tsv with "n/a" in every empty cell.
std::string bidsTable(const std::string& tsv);

/// The sidecar of a table, from rows "table, column, unit, meaning" of @p dictionary_tsv for
/// @p table.
std::string bidsTableSidecar(const std::string& dictionary_tsv, const std::string& table);

}  // namespace neurovasc::interop
