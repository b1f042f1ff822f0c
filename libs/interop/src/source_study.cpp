#include "neurovasc/interop/source_study.h"

#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcfilefo.h>
#include <dcmtk/dcmdata/dcsequen.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "code_extensions.h"
#include "dataset_writer.h"
#include "dicom_input.h"
#include "neurovasc/core/error.h"
#include "neurovasc/dicom/series_writer.h"
#include "source_contents.h"

namespace neurovasc::interop {
namespace {

namespace fs = std::filesystem;

constexpr const char* kStudyHint =
    "Give the DICOM study that the result was made from: --study PATH.";

std::optional<Point3> positionOf(DcmItem& item) {
  Point3 p;
  for (int axis = 0; axis < 3; ++axis) {
    if (item.findAndGetFloat64(DCM_ImagePositionPatient, p[axis], static_cast<unsigned long>(axis))
            .bad()) {
      return std::nullopt;
    }
  }
  return p;
}

/// The position of frame @p index of an enhanced image.
std::optional<Point3> framePosition(DcmItem& dataset, long index) {
  DcmItem* groups = nullptr;
  DcmItem* plane = nullptr;
  if (dataset.findAndGetSequenceItem(DCM_PerFrameFunctionalGroupsSequence, groups, index).bad() ||
      groups->findAndGetSequenceItem(DCM_PlanePositionSequence, plane).bad()) {
    return std::nullopt;
  }
  return positionOf(*plane);
}

/// The images of one file; those that do not say where they lie are left out.
std::vector<SourceImage> imagesOf(DcmItem& dataset) {
  SourceImage image;
  image.sop_class_uid = elementText(dataset, DCM_SOPClassUID);
  image.sop_instance_uid = elementText(dataset, DCM_SOPInstanceUID);
  if (const auto position = positionOf(dataset)) {
    image.position_mm = *position;
    return {image};
  }
  std::vector<SourceImage> frames;
  DcmSequenceOfItems* groups = nullptr;
  if (dataset.findAndGetSequence(DCM_PerFrameFunctionalGroupsSequence, groups).good()) {
    for (unsigned long n = 0; n < groups->card(); ++n) {
      const auto position = framePosition(dataset, static_cast<long>(n));
      image.frame = static_cast<int>(n) + 1;
      image.position_mm = position.value_or(Point3{});
      frames.insert(frames.end(), position ? 1 : 0, image);
    }
  }
  return frames;
}

/// The values of Specific Character Set, of which the first may be empty.
std::vector<std::string> characterSets(DcmItem& dataset) {
  std::vector<std::string> sets(1);
  for (const char c : elementText(dataset, DCM_SpecificCharacterSet)) {
    if (c == '\\') {
      sets.emplace_back();
    } else {
      sets.back() += c;
    }
  }
  return sets;
}

/// Whether Specific Character Set applies to its value (PS3.5 6.1.2.3).
bool isText(DcmEVR vr) {
  const auto texts = {EVR_SH, EVR_LO, EVR_ST, EVR_LT, EVR_UC, EVR_UT, EVR_PN};
  return std::find(texts.begin(), texts.end(), vr) != texts.end();
}

/// Turns texts with ISO 2022 code extensions into UTF-8, those of sequences left aside: objects
/// repeat none of them. False, and @p dataset is of no use, where that is not possible.
bool decodeCodeExtensions(DcmDataset& dataset) {
  const std::vector<std::string> sets = characterSets(dataset);
  for (unsigned long n = 0; n < dataset.card(); ++n) {
    DcmElement& element = *dataset.getElement(n);
    OFString bytes;
    if (!isText(element.getVR()) || element.getOFStringArray(bytes).bad()) {
      continue;
    }
    const auto text = utf8FromCodeExtensions({bytes.c_str(), bytes.size()}, sets);
    if (!text || element.putString(text->c_str()).bad()) {
      return false;
    }
  }
  return dataset.putAndInsertString(DCM_SpecificCharacterSet, "ISO_IR 192").good();
}

/// @p dataset in UTF-8, or as it is where its character sets are none that DICOM defines.
DcmDataset inUtf8(const DcmDataset& dataset) {
  DcmDataset converted(dataset);
  if (converted.convertToUTF8().good()) {
    return converted;
  }
  // DCMTK asks the converter for names of the Japanese and Chinese sets that the C library's lacks.
  DcmDataset decoded(dataset);
  if (characterSets(decoded).size() > 1 && decodeCodeExtensions(decoded)) {
    return decoded;
  }
  DcmDataset latin(dataset);
  if (elementText(latin, DCM_SpecificCharacterSet).empty()) {
    // Letters beyond ASCII without a declared set: nearly always a Latin one.
    requireDone(latin.putAndInsertString(DCM_SpecificCharacterSet, "ISO_IR 100"));
    if (latin.convertToUTF8().good()) {
      return latin;
    }
  }
  return dataset;
}

/// Without a frame of reference the objects still need one name for the space their points are in.
std::string frameOfReference(DcmItem& dataset) {
  const std::string uid = elementText(dataset, DCM_FrameOfReferenceUID);
  return uid.empty() ? dicom::uidFrom(elementText(dataset, DCM_SeriesInstanceUID) + "/frame") : uid;
}

void load(const std::string& path, DcmFileFormat& file) {
  const OFCondition read = file.loadFileUntilTag(path.c_str(), EXS_Unknown, EGL_noChange,
                                                 DCM_MaxReadLength, ERM_autoDetect, DCM_PixelData);
  if (read.bad()) {
    throw Error(ErrorCode::input_unreadable, path + ": its header cannot be read", kStudyHint);
  }
}

class Collector {
 public:
  explicit Collector(SourceStudy::Contents& contents) : contents_(contents) {}

  void add(SeriesRole role, const std::string& path) {
    DcmFileFormat file;
    load(path, file);
    DcmDataset& dataset = *file.getDataset();
    const std::string study = elementText(dataset, DCM_StudyInstanceUID);
    if (contents_.study_instance_uid.empty()) {
      contents_.study_instance_uid = study;
      contents_.header = inUtf8(dataset);
    } else if (study != contents_.study_instance_uid) {
      throw Error(ErrorCode::inconsistent_geometry,
                  "the source images belong to more than one study", kStudyHint);
    }
    addImages(contents_.series[role], dataset);
  }

 private:
  static void addImages(SourceSeries& series, DcmDataset& dataset) {
    if (series.images.empty()) {
      series.series_instance_uid = elementText(dataset, DCM_SeriesInstanceUID);
      series.frame_of_reference_uid = frameOfReference(dataset);
    }
    const std::vector<SourceImage> images = imagesOf(dataset);
    series.images.insert(series.images.end(), images.begin(), images.end());
  }

  SourceStudy::Contents& contents_;
};

void addFolder(const fs::path& dir, SeriesRole role,
               std::map<SeriesRole, std::vector<std::string>>& files) {
  std::error_code absent;
  for (const auto& entry : fs::directory_iterator(dir, absent)) {
    files[role].push_back(entry.path().string());
  }
  if (files.count(role) > 0) {
    std::sort(files[role].begin(), files[role].end());
  }
}

}  // namespace

SourceStudy::SourceStudy(std::shared_ptr<const Contents> contents)
    : contents_(std::move(contents)) {}

SourceStudy SourceStudy::fromHeaders(const fs::path& dir) {
  std::map<SeriesRole, std::vector<std::string>> files;
  addFolder(dir / "t2", SeriesRole::cisternography, files);
  addFolder(dir / "tof", SeriesRole::tof, files);
  addFolder(dir / "ce_t1", SeriesRole::ce_t1, files);
  return fromFiles(files);
}

SourceStudy SourceStudy::fromFiles(const std::map<SeriesRole, std::vector<std::string>>& files) {
  silenceDcmtk();
  if (files.count(SeriesRole::cisternography) == 0) {
    throw Error(ErrorCode::usage,
                "the result keeps no headers of the images it was made from, and DICOM objects "
                "cannot say whose they are without",
                kStudyHint);
  }
  auto contents = std::make_shared<Contents>();
  Collector collector(*contents);
  for (const auto& [role, paths] : files) {
    for (const auto& path : paths) {
      collector.add(role, path);
    }
  }
  if (contents->series[SeriesRole::cisternography].images.empty()) {
    throw Error(ErrorCode::input_unreadable,
                "the headers of the T2 images do not say where the images lie", kStudyHint);
  }
  return SourceStudy(contents);
}

SourceStudy SourceStudy::fromObject(const std::string& file) {
  silenceDcmtk();
  DcmFileFormat object;
  load(file, object);
  auto contents = std::make_shared<Contents>();
  contents->study_instance_uid = elementText(*object.getDataset(), DCM_StudyInstanceUID);
  contents->header = inUtf8(*object.getDataset());
  return SourceStudy(contents);
}

const std::string& SourceStudy::studyInstanceUid() const { return contents_->study_instance_uid; }

const SourceSeries& SourceStudy::t2() const {
  return contents_->series.at(SeriesRole::cisternography);
}

const std::map<SeriesRole, SourceSeries>& SourceStudy::series() const { return contents_->series; }

const SourceImage* SourceStudy::t2Image(const GridGeometry& grid, int k) const {
  const SourceImage* nearest = nullptr;
  double least = 0.5;
  for (const auto& image : t2().images) {
    const double off = std::abs(grid.toIndex(image.position_mm).z - k);
    if (off < least) {
      least = off;
      nearest = &image;
    }
  }
  return nearest;
}

}  // namespace neurovasc::interop
