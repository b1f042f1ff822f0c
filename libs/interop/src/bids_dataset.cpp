#include "neurovasc/interop/bids_dataset.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <set>
#include <string_view>

#include "bids_files.h"
#include "bids_name.h"
#include "neurovasc/core/error.h"

namespace neurovasc::interop {
namespace {

namespace fs = std::filesystem;

constexpr const char* kDescriptionFile = "dataset_description.json";

std::string lowered(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

std::string textOf(const nlohmann::json& sidecar, const char* key) {
  const auto found = sidecar.find(key);
  return found != sidecar.end() && found->is_string() ? lowered(found->get<std::string>()) : "";
}

bool namesHeavyT2(const std::string& text) {
  constexpr std::array<std::string_view, 12> kSequences = {"ciss",  "ci3d", "fiesta", "drive",
                                                           "space", "spc",  "bffe",   "b_ffe",
                                                           "trufi", "cube", "vista",  "tse3dvfl"};
  return std::any_of(kSequences.begin(), kSequences.end(), [&](std::string_view sequence) {
    return text.find(sequence) != std::string::npos;
  });
}

/// An image of a session with how well it fits its role; of equal fit the first by name counts.
struct Candidate {
  fs::path path;
  int fit = 0;
};

int fitAsT2(const BidsName& name, const nlohmann::json& sidecar) {
  constexpr int kNamed = 4;
  constexpr int kNamedInSidecar = 3;
  constexpr int kThreeD = 2;
  constexpr int kUnknown = 1;
  constexpr int kTwoD = 0;
  if (namesHeavyT2(lowered(name.entity("acq")))) {
    return kNamed;
  }
  for (const char* key : {"SeriesDescription", "ProtocolName", "SequenceName"}) {
    if (namesHeavyT2(textOf(sidecar, key))) {
      return kNamedInSidecar;
    }
  }
  const std::string type = textOf(sidecar, "MRAcquisitionType");
  return type == "3d" ? kThreeD : type == "2d" ? kTwoD : kUnknown;
}

bool isPhaseContrast(const BidsName& name) {
  return lowered(name.entity("acq")).rfind("pc", 0) == 0;
}

bool hasContrastAgent(const BidsName& name, const nlohmann::json& sidecar) {
  return !name.entity("ce").empty() || !textOf(sidecar, "ContrastBolusIngredient").empty();
}

bool isMagnitudeImage(const BidsName& name) {
  const std::string part = name.entity("part");
  return (name.extension == ".nii" || name.extension == ".nii.gz") &&
         (part.empty() || part == "mag");
}

/// The images of one anat folder by role.
struct Candidates {
  std::vector<Candidate> t2;
  std::vector<Candidate> tof;
  std::vector<Candidate> ce_t1;

  void add(const fs::path& file, const fs::path& root) {
    const auto name = parseBidsName(file.filename().string());
    if (!name || !isMagnitudeImage(*name)) {
      return;
    }
    if (name->suffix == "T2w") {
      t2.push_back({file, fitAsT2(*name, sidecarOf(file, root))});
    } else if (name->suffix == "angio" && !isPhaseContrast(*name)) {
      tof.push_back({file, 0});
    } else if (name->suffix == "T1w" && hasContrastAgent(*name, sidecarOf(file, root))) {
      ce_t1.push_back({file, 0});
    }
  }
};

/// The best of @p candidates, which are in the order of their names.
fs::path best(const std::vector<Candidate>& candidates, const char* what,
              std::vector<std::string>& notes) {
  const auto chosen =
      std::max_element(candidates.begin(), candidates.end(),
                       [](const Candidate& a, const Candidate& b) { return a.fit < b.fit; });
  if (chosen == candidates.end()) {
    return {};
  }
  if (candidates.size() > 1) {
    notes.push_back(fmt::format("{}: {} images, {} is taken", what, candidates.size(),
                                chosen->path.filename().string()));
  }
  return chosen->path;
}

BidsSession sessionAt(const fs::path& folder, const std::string& label, const fs::path& root) {
  Candidates found;
  for (const fs::path& file : entriesOf(folder / "anat")) {
    found.add(file, root);
  }
  BidsSession session;
  session.label = label;
  session.t2 = best(found.t2, "T2w", session.notes);
  session.tof = best(found.tof, "angio", session.notes);
  session.ce_t1 = best(found.ce_t1, "T1w with contrast agent", session.notes);
  return session;
}

/// The day of "2025-02-03T10:15:00".
std::string dayOf(const TableRow& row, const char* column) {
  constexpr std::size_t kDayLength = 10;
  const auto cell = row.find(column);
  return cell == row.end() ? "" : cell->second.substr(0, kDayLength);
}

void addDays(const fs::path& table, std::vector<BidsSession>& sessions) {
  if (!fs::exists(table)) {
    return;
  }
  for (const TableRow& row : readTable(table)) {
    const auto id = row.find("session_id");
    for (BidsSession& session : sessions) {
      if (id != row.end() && id->second == "ses-" + session.label) {
        session.scan_day = dayOf(row, "acq_time");
        session.surgery_day = dayOf(row, "surgery_date");
      }
    }
  }
}

BidsParticipant participantAt(const fs::path& folder, const std::string& label,
                              const fs::path& root) {
  BidsParticipant participant;
  participant.label = label;
  for (const fs::path& entry : entriesOf(folder)) {
    if (const auto session = labelOfFolder(entry, "ses")) {
      participant.sessions.push_back(sessionAt(entry, *session, root));
    }
  }
  if (participant.sessions.empty()) {
    participant.sessions.push_back(sessionAt(folder, "", root));
  }
  addDays(folder / fmt::format("sub-{}_sessions.tsv", label), participant.sessions);
  if (participant.isOrdered()) {
    std::sort(participant.sessions.begin(), participant.sessions.end(),
              [](const BidsSession& a, const BidsSession& b) { return a.scan_day < b.scan_day; });
  }
  return participant;
}

bool isDerivative(const nlohmann::json& description) {
  return textOf(description, "DatasetType") == "derivative";
}

std::string nameOf(const fs::path& root) {
  const fs::path file = root / kDescriptionFile;
  if (!fs::exists(file)) {
    throw Error(
        ErrorCode::input_unreadable,
        fmt::format("{}: is no BIDS dataset, it holds no dataset_description.json", root.string()),
        "Name the folder in which the sub- folders lie.");
  }
  const nlohmann::json description = readJsonObject(file);
  if (isDerivative(description)) {
    throw Error(ErrorCode::usage, fmt::format("{}: is a derivative dataset", root.string()),
                "Name the raw dataset, the one that holds the images as scanned.");
  }
  const auto name = description.find("Name");
  return name != description.end() && name->is_string() ? name->get<std::string>() : "";
}

}  // namespace

bool BidsParticipant::isOrdered() const {
  std::set<std::string> days;
  for (const BidsSession& session : sessions) {
    if (session.scan_day.empty() || !days.insert(session.scan_day).second) {
      return false;
    }
  }
  return true;
}

BidsDataset readBidsDataset(const fs::path& given) {
  // Without the slash at its end, so that it is found again among the folders above an image.
  const fs::path root = given.has_filename() ? given : given.parent_path();
  BidsDataset dataset;
  dataset.root = root;
  dataset.name = nameOf(root);
  for (const fs::path& entry : entriesOf(root)) {
    if (const auto label = labelOfFolder(entry, "sub")) {
      dataset.participants.push_back(participantAt(entry, *label, root));
    }
  }
  if (dataset.participants.empty()) {
    throw Error(ErrorCode::input_unreadable, fmt::format("{}: holds no sub- folder", root.string()),
                "Name the folder in which the sub- folders lie.");
  }
  return dataset;
}

bool isRawBidsDataset(const fs::path& folder) {
  const fs::path file = folder / kDescriptionFile;
  return fs::exists(file) && !isDerivative(readJsonObject(file));
}

BidsParticipant readBidsParticipant(const fs::path& root, const std::string& label) {
  return participantAt(root / ("sub-" + label), label, root);
}

}  // namespace neurovasc::interop
