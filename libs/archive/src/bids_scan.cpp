#include "bids_scan.h"

#include <algorithm>
#include <utility>

#include "neurovasc/core/calendar.h"
#include "neurovasc/core/error.h"
#include "neurovasc/imaging/image_io.h"

namespace neurovasc::archive {
namespace {

namespace fs = std::filesystem;

// Their messages name files, and with them participants.
constexpr const char* kDamagedDataset = "damaged: dataset_description.json of a BIDS dataset";
constexpr const char* kDamagedParticipant =
    "damaged: JSON or tables of a BIDS participant; 'neurovasc bids' names the file";

constexpr std::string_view kParticipant = "sub-";

bool isWithin(const fs::path& folder, const fs::path& root) {
  return std::mismatch(root.begin(), root.end(), folder.begin(), folder.end()).first == root.end();
}

bool holds(const FolderListing& listing, std::string_view name) {
  return std::any_of(listing.files.begin(), listing.files.end(),
                     [name](const FileEntry& file) { return file.name == name; });
}

/// An error's words without the path that they begin with.
std::string withoutPath(const Error& error, const std::string& path) {
  const std::string text = error.message();
  const std::string start = path + ": ";
  return text.rfind(start, 0) == 0 ? text.substr(start.size()) : text;
}

/// "acq-CISS_T2w" of sub-01_ses-preop_acq-CISS_T2w.nii.gz: the rest names the participant.
std::string descriptionOf(const fs::path& image) {
  std::string name = image.filename().string();
  name.erase(std::min(name.find('.'), name.size()));
  for (const char* entity : {"sub-", "ses-"}) {
    if (name.rfind(entity, 0) == 0) {
      name.erase(0, std::min(name.find('_'), name.size() - 1) + 1);
    }
  }
  return name;
}

Series seriesOf(const BidsImage& image) {
  Series series;
  series.geometry = imaging::niftiGrid(image.path);
  series.description = descriptionOf(image.path);
  series.role = image.role;
  series.resolution = resolutionOf(series.geometry.spacing_mm);
  for (int k = 0; k < series.geometry.size[2]; ++k) {
    series.frames.push_back({image.path, k, k * series.geometry.spacing_mm.z});
  }
  return series;
}

void choose(SeriesRole role, std::size_t index, Study& study) {
  (role == SeriesRole::cisternography ? study.cisternography
   : role == SeriesRole::tof          ? study.tof
                                      : study.ce_t1) = index;
}

}  // namespace

std::string BidsScan::enter(const FolderListing& listing) {
  while (!roots_.empty() && !isWithin(listing.path, roots_.back())) {
    roots_.pop_back();
  }
  try {
    enterDataset(listing);
  } catch (const Error&) {
    return kDamagedDataset;
  }
  try {
    enterParticipant(listing.path);
  } catch (const Error&) {
    return kDamagedParticipant;
  }
  return {};
}

void BidsScan::enterDataset(const FolderListing& listing) {
  if (holds(listing, "dataset_description.json") && interop::isRawBidsDataset(listing.path)) {
    roots_.push_back(listing.path);
  }
}

void BidsScan::enterParticipant(const fs::path& folder) {
  const std::string name = folder.filename().string();
  if (roots_.empty() || folder.parent_path() != roots_.back() || name.rfind(kParticipant, 0) != 0) {
    return;
  }
  sessions_.clear();
  const auto participant =
      interop::readBidsParticipant(roots_.back(), name.substr(kParticipant.size()));
  for (const interop::BidsSession& session : participant.sessions) {
    BidsStudy study = studyOf(participant, session);
    if (!study.images.empty()) {
      const fs::path anat = fs::path(study.images.front().path).parent_path();
      sessions_.emplace(anat, std::move(study));
    }
  }
}

const BidsStudy* BidsScan::studyIn(const fs::path& folder) const {
  const auto found = sessions_.find(folder);
  return found == sessions_.end() ? nullptr : &found->second;
}

BidsStudy BidsScan::studyOf(const interop::BidsParticipant& participant,
                            const interop::BidsSession& session) const {
  const std::string patient = "bids\n" + roots_.back().string() + "\n" + participant.label;
  BidsStudy study;
  study.keys.patient = key_.hash("patient\n" + patient);
  study.keys.study = key_.hash("study\n" + patient + "\n" + session.label);
  study.day = parseDay(session.scan_day);
  study.surgery_day = parseDay(session.surgery_day);
  for (const auto& [role, path] :
       {std::pair{SeriesRole::cisternography, session.t2}, std::pair{SeriesRole::tof, session.tof},
        std::pair{SeriesRole::ce_t1, session.ce_t1}}) {
    if (!path.empty()) {
      study.images.push_back({role, path.string(), {}});
    }
  }
  return study;
}

Study readImages(BidsStudy& study) {
  Study images;
  for (BidsImage& image : study.images) {
    try {
      Series series = seriesOf(image);
      series.id = "s" + std::to_string(images.series.size() + 1);
      choose(image.role, images.series.size(), images);
      images.series.push_back(std::move(series));
    } catch (const Error& error) {
      image.problem = withoutPath(error, image.path);
    }
  }
  return images;
}

}  // namespace neurovasc::archive
