#include "fixture.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include <algorithm>
#include <filesystem>
#include <stdexcept>

#include "neurovasc/dicom/series_writer.h"
#include "support/geometry.h"
#include "support/paths.h"

namespace neurovasc::testing {
namespace {

constexpr Point3 kNerve = {14, 3, 52};  ///< LPS mm: on the left
constexpr double kNerveRadius_mm = 1.3;
constexpr Point3 kVessel = {14, 6.5, 52};

/// A grid whose middle is @p middle.
GridGeometry around(const Point3& middle, Size3 size, const Vec3& spacing_mm) {
  GridGeometry grid = obliqueGrid(size);
  grid.spacing_mm = spacing_mm;
  const Vec3 half =
      grid.toLps(Vec3{(size[0] - 1) / 2.0, (size[1] - 1) / 2.0, (size[2] - 1) / 2.0}) -
      grid.origin_mm;
  grid.origin_mm = middle - half;
  return grid;
}

std::uint8_t labelAt(const Point3& p) {
  const double from_nerve = distance(p, {kNerve.x, kNerve.y, p.z});
  const double from_vessel = distance(p, {kVessel.x, kVessel.y, p.z});
  if (std::abs(p.z - kNerve.z) > 4) {
    return 0;
  }
  return static_cast<std::uint8_t>(from_nerve < kNerveRadius_mm ? Label::facial_nerve_left
                                   : from_vessel < 0.9          ? Label::artery
                                                                : Label::none);
}

LabelMap makeLabels() {
  LabelMap labels(around(kNerve + Vec3{0.13, 1.71, -0.22}, {60, 72, 50}, {0.25, 0.25, 0.25}));
  for (int k = 0; k < labels.size()[2]; ++k) {
    for (int j = 0; j < labels.size()[1]; ++j) {
      for (int i = 0; i < labels.size()[0]; ++i) {
        labels(i, j, k) = labelAt(labels.geometry().toLps(i, j, k));
      }
    }
  }
  return labels;
}

Vessel makeVessel() {
  Vessel vessel;
  vessel.id = "V1";
  vessel.kind = VesselKind::artery;
  vessel.name = VesselName::aica;
  for (int i = 0; i <= 16; ++i) {
    vessel.tube.points_mm.push_back({kVessel.x, kVessel.y, kVessel.z - 4 + i * 0.5});
    vessel.tube.radius_mm.push_back(0.9);
  }
  return vessel;
}

}  // namespace

ExportFixture::ExportFixture(Size3 t2_size, const std::string& study)
    : t2_grid_(around({6, 2, 52}, t2_size, {0.6, 0.7, 0.9})),
      labels_(makeLabels()),
      vessels_({makeVessel()}) {
  dicom::MrSeriesHeader header;
  header.patient_name = "Müller^Jürgen";
  header.patient_id = "P-1";
  header.study_instance_uid = dicom::uidFrom(study + " study");
  header.series_instance_uid = dicom::uidFrom(study + " series");
  header.frame_of_reference_uid = dicom::uidFrom(study + " frame");
  header.study_date = "20250203";
  header.series_description = "t2";
  header.manufacturer = "maker";
  dicom::writeMrSeries(Volume<std::uint16_t>(t2_grid_, 100), header, t2Folder());
  for (const auto& entry : std::filesystem::directory_iterator(t2Folder())) {
    t2_files_.push_back(entry.path().string());
  }
  std::sort(t2_files_.begin(), t2_files_.end());
}

interop::ExportContext ExportFixture::context() const {
  return {interop::SourceStudy::fromFiles({{SeriesRole::cisternography, t2_files_}}), "fingerprint",
          "20250301", "101500"};
}

void ExportFixture::rename(const char* charset, const char* name) const {
  for (const auto& path : t2_files_) {
    DcmFileFormat file;
    const bool done =
        file.loadFile(path.c_str()).good() && file.loadAllDataIntoMemory().good() &&
        file.getDataset()->putAndInsertString(DCM_SpecificCharacterSet, charset).good() &&
        file.getDataset()->putAndInsertString(DCM_PatientName, name).good() &&
        file.saveFile(path.c_str(), EXS_LittleEndianExplicit).good();
    if (!done) {
      throw std::runtime_error("cannot rename the patient in " + path);
    }
  }
}

bool hasPydicom() { return runCommand("/usr/bin/python3 -c 'import pydicom, numpy'").status == 0; }

CommandResult runScript(const std::string& name, const std::vector<std::string>& arguments) {
  std::string command = "/usr/bin/python3 " + (sourceDir() / "tests/interop" / name).string();
  for (const auto& argument : arguments) {
    command += " '" + argument + "'";
  }
  return runCommand(command);
}

}  // namespace neurovasc::testing
