#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace neurovasc::interop {

/// Raw datasets of the Brain Imaging Data Structure (BIDS 1.10, bids-specification.readthedocs.io):
/// which files of sub-<label>/[ses-<label>/]anat/ go into an analysis.

/// What one session holds of use here. Paths are empty where there is no such image.
struct BidsSession {
  std::string label;  ///< "preop"; empty where the participant has no ses- folders
  std::filesystem::path t2;
  std::filesystem::path tof;
  std::filesystem::path ce_t1;
  /// Images that have the role as well, but were outdone: "T2w: 2 images, run-1 is taken".
  std::vector<std::string> notes;
  std::string scan_day;     ///< acq_time of sessions.tsv, as 2025-02-03; empty: not told
  std::string surgery_day;  ///< its column surgery_date, likewise
};

struct BidsParticipant {
  std::string label;  ///< without "sub-"
  /// By scan day where every session has one, else by label.
  std::vector<BidsSession> sessions;

  /// Whether sessions.tsv tells their order in time: every session has a day, no two the same.
  bool isOrdered() const;
};

struct BidsDataset {
  std::filesystem::path root;
  std::string name;  ///< of dataset_description.json
  std::vector<BidsParticipant> participants;
};

/// Reads the folder's names and JSON sidecars, no image. Roles, from the suffix and then:
///
///   T2w    the heavily T2-weighted image. Its acq- label names such a sequence (CISS, FIESTA,
///          DRIVE, SPACE, bFFE, TRUFI, CUBE, VISTA), or else its sidecar does (SeriesDescription,
///          ProtocolName, SequenceName), or it is 3-D (MRAcquisitionType); an image that is known
///          to be 2-D comes last. Of images alike the first by name is taken.
///   angio  time of flight; images whose acq- label begins with PC are phase contrast and left out.
///   T1w    with contrast agent: a ce- label, or ContrastBolusIngredient in the sidecar.
///
/// Images with part-phase, part-real or part-imag are left out. Sidecars are inherited: those of
/// the folders above hold too, where their entities do not contradict the image's.
///
/// Throws Error(input_unreadable) for a folder that is no BIDS dataset and for damaged JSON or
/// tables, naming the file, and Error(usage) for a derivative dataset.
BidsDataset readBidsDataset(const std::filesystem::path& root);

/// Whether @p folder holds a raw dataset: its dataset_description.json calls it no derivative.
/// Throws Error(input_unreadable) where that is damaged.
bool isRawBidsDataset(const std::filesystem::path& folder);

/// One participant of the raw dataset at @p root, as readBidsDataset() reads it, for those who go
/// through a dataset folder by folder; throws as it does.
BidsParticipant readBidsParticipant(const std::filesystem::path& root, const std::string& label);

}  // namespace neurovasc::interop
