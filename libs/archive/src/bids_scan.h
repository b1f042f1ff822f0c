#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "neurovasc/core/study.h"
#include "neurovasc/dicom/catalogue.h"
#include "neurovasc/interop/bids_dataset.h"
#include "neurovasc/result/site_key.h"
#include "tree.h"

namespace neurovasc::archive {

/// An image of a session that an analysis would take.
struct BidsImage {
  SeriesRole role = SeriesRole::cisternography;
  std::string path;
  std::string problem;  ///< why it cannot be used; see readImages()
};

/// A session of a raw BIDS dataset as an examination.
struct BidsStudy {
  dicom::StudyKeys keys;
  std::optional<int> day;          ///< since 1970-01-01, as sessions.tsv has it
  std::optional<int> surgery_day;  ///< likewise
  std::vector<BidsImage> images;   ///< one of a role
};

/// Tells which NIfTI images are sessions of BIDS datasets while a walk goes from folder to folder,
/// each before those below. Reads names, sidecars and tables of one participant at a time.
///
/// A participant's label holds within one dataset: patients and examinations are known by the
/// dataset's path and their labels, so that no two of different datasets are taken for one.
class BidsScan {
 public:
  explicit BidsScan(const result::SiteKey& key) : key_(key) {}

  /// To be called with each folder of the walk. Returns why the dataset or participant that begins
  /// there cannot be read, or nothing.
  std::string enter(const FolderListing& listing);

  /// The session whose images lie in @p folder, the last one entered; or null.
  const BidsStudy* studyIn(const std::filesystem::path& folder) const;

 private:
  void enterDataset(const FolderListing& listing);
  void enterParticipant(const std::filesystem::path& folder);
  BidsStudy studyOf(const interop::BidsParticipant& participant,
                    const interop::BidsSession& session) const;

  const result::SiteKey& key_;
  std::vector<std::filesystem::path> roots_;             ///< each within the one before
  std::map<std::filesystem::path, BidsStudy> sessions_;  ///< of one participant, by anat folder
};

/// The series of @p study, from the images' headers alone; images that cannot be used are left out
/// and say why in BidsImage::problem.
Study readImages(BidsStudy& study);

}  // namespace neurovasc::archive
