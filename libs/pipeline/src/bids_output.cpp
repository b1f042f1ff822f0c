#include "bids_output.h"

#include <array>
#include <utility>
#include <vector>

#include "neurovasc/imaging/image_io.h"
#include "neurovasc/report/tables.h"
#include "neurovasc/result/result_folder.h"
#include "source_match.h"

namespace neurovasc::pipeline {
namespace {

namespace fs = std::filesystem;

/// An image of the result, and what BIDS calls it.
struct BidsVolume {
  const char* stem;  ///< in volumes/
  SeriesRole role;
  const char* name;    ///< without participant and session
  const char* suffix;  ///< by which transforms name it
  const char* what;
};

const std::array<BidsVolume, 3>& bidsVolumes() {
  static const std::array<BidsVolume, 3> volumes = {{
      {"t2", SeriesRole::cisternography, "space-T2w_desc-cropped_T2w", "T2w",
       "Heavily T2-weighted image, cropped to both cerebellopontine angles"},
      {"tof", SeriesRole::tof, "space-T2w_desc-cropped_angio", "angio",
       "Time of flight, brought to the voxels of the T2 image"},
      {"ce_t1", SeriesRole::ce_t1, "ce-gadolinium_space-T2w_desc-cropped_T1w", "T1w",
       "T1 with contrast agent, brought to the voxels of the T2 image"},
  }};
  return volumes;
}

class SessionWriter {
 public:
  SessionWriter(ExportJob& job, const BidsOutput& output, const BidsPath& path)
      : job_(job), output_(output), path_(path) {}

  void writeVolumes() const {
    for (const BidsVolume& volume : bidsVolumes()) {
      const std::string file = std::string(volume.stem) + ".nii.gz";
      if (copy(fs::path(result::kVolumesFolder) / file, std::string(volume.name) + ".nii.gz")) {
        const bool is_t2 = volume.role == SeriesRole::cisternography;
        write(std::string(volume.name) + ".json",
              interop::bidsImageSidecar(volume.what, acquisitionOf(volume.role),
                                        is_t2 ? "orig" : t2Uri(), sourcesOf(volume.role)));
      }
      copy(fs::path(result::kTransformsFolder) / (std::string(volume.stem) + "_from_t2.tfm"),
           std::string("from-") + volume.suffix + "_to-T2w_mode-image_xfm.tfm");
    }
  }

  /// Each vessel is a label of its own here, unlike in the result.
  void writeLabels() const {
    if (!fs::exists(job_.result() / std::string(result::kMasksFolder) / "anatomy.nii.gz")) {
      return;
    }
    const imaging::Segmentation& structures = job_.structures();
    imaging::writeLabels(structures.labels, target("space-T2w_desc-nvc_dseg.nii.gz").string());
    write("space-T2w_desc-nvc_dseg.tsv", interop::bidsLabelTable(structures.segments));
    write("space-T2w_desc-nvc_dseg.json",
          interop::bidsLabelSidecar(t2Uri(), sourcesOf(SeriesRole::cisternography)));
  }

  void writeTables() const {
    const std::string dictionary = report::dataDictionaryTsv();
    const Assessment& assessment = job_.assessment();
    for (const auto& [table, text] : {std::pair{"contacts", report::contactsTsv(assessment)},
                                      std::pair{"sides", report::sidesTsv(assessment)}}) {
      write(std::string("desc-nvc_") + table + ".tsv", interop::bidsTable(text));
      write(std::string("desc-nvc_") + table + ".json",
            interop::bidsTableSidecar(dictionary, table));
    }
  }

  void writeReports() const {
    copy(fs::path(result::kAssessmentFile), "desc-nvc_assessment.json");
    copy(fs::path(result::kPageFile), "desc-nvc_report.html");
    copy(fs::path(result::kPdfFile), "desc-nvc_report.pdf");
    copy(fs::path(result::kTextReportFile), "desc-nvc_report.txt");
  }

 private:
  fs::path target(const std::string& rest) const {
    return path_(interop::bidsFile(output_.entities, rest));
  }

  void write(const std::string& rest, const std::string& text) const {
    result::replaceFile(target(rest), text);
  }

  /// Whether the result has that file.
  bool copy(const fs::path& file, const std::string& rest) const {
    job_.progress().stop().throwIfStopped();
    const fs::path source = job_.result() / file;
    if (!fs::exists(source)) {
      return false;
    }
    fs::copy_file(source, target(rest));
    return true;
  }

  std::string t2Uri() const {
    return "bids::" + interop::bidsFolder(output_.entities) + "/" +
           interop::bidsFile(output_.entities, std::string(bidsVolumes()[0].name) + ".nii.gz");
  }

  std::vector<std::string> sourcesOf(SeriesRole role) const {
    const auto uri = output_.raw_uris.find(role);
    return uri == output_.raw_uris.end() ? std::vector<std::string>{}
                                         : std::vector<std::string>{uri->second};
  }

  Acquisition acquisitionOf(SeriesRole role) const {
    const SeriesUsed& used = job_.assessment().series_used;
    const Series* series = seriesUsed(job_.assessment(), role == SeriesRole::tof     ? used.tof
                                                         : role == SeriesRole::ce_t1 ? used.ce_t1
                                                                                     : used.t2);
    return series == nullptr ? Acquisition{} : series->acquisition;
  }

  ExportJob& job_;
  const BidsOutput& output_;
  const BidsPath& path_;
};

}  // namespace

void writeBidsSession(ExportJob& job, const BidsOutput& output, const BidsPath& path) {
  const SessionWriter writer(job, output, path);
  writer.writeVolumes();
  writer.writeLabels();
  writer.writeTables();
  writer.writeReports();
}

void writeBidsRoot(const std::optional<interop::BidsSource>& source, const BidsPath& path) {
  result::replaceFile(path("dataset_description.json"), interop::bidsDescription(source));
  result::replaceFile(path("README.md"), interop::bidsReadme());
  result::replaceFile(path(".bidsignore"), interop::bidsIgnore());
}

}  // namespace neurovasc::pipeline
