#include "dicom/test_files.h"

#include <dcmtk/dcmdata/dcrleerg.h>

#include <cstdlib>
#include <stdexcept>
#include <vector>

namespace neurovasc::testing {
namespace {

namespace fs = std::filesystem;

std::string decimal(double value) {
  std::string text(32, '\0');
  text.resize(static_cast<std::size_t>(std::snprintf(text.data(), text.size(), "%.10g", value)));
  return text;
}

std::string joined(const Vec3& v) {
  return decimal(v.x) + "\\" + decimal(v.y) + "\\" + decimal(v.z);
}

void put(DcmItem& item, const DcmTagKey& tag, const std::string& value) {
  if (item.putAndInsertString(tag, value.c_str()).bad()) {
    throw std::runtime_error("the test cannot make its DICOM file");
  }
}

void putWho(DcmDataset& d, const TestSlice& s) {
  put(d, DCM_PatientID, s.patient_id);
  put(d, DCM_PatientName, s.patient_name);
  put(d, DCM_PatientBirthDate, s.birth_date);
  put(d, DCM_StudyInstanceUID, s.study_uid);
  put(d, DCM_StudyDate, s.study_date);
  put(d, DCM_SeriesInstanceUID, s.series_uid);
  put(d, DCM_SeriesNumber, std::to_string(s.series_number));
  put(d, DCM_Modality, "MR");
  put(d, DCM_SeriesDescription, s.description);
  put(d, DCM_AcquisitionNumber, std::to_string(s.acquisition));
  put(d, DCM_ImageType, s.image_type);
}

void putFormat(DcmDataset& d, const TestSlice& s) {
  d.putAndInsertUint16(DCM_Rows, static_cast<Uint16>(s.grid.size[1]));
  d.putAndInsertUint16(DCM_Columns, static_cast<Uint16>(s.grid.size[0]));
  d.putAndInsertUint16(DCM_SamplesPerPixel, 1);
  put(d, DCM_PhotometricInterpretation, "MONOCHROME2");
  d.putAndInsertUint16(DCM_BitsAllocated, 16);
  d.putAndInsertUint16(DCM_BitsStored, 12);
  d.putAndInsertUint16(DCM_HighBit, 11);
  d.putAndInsertUint16(DCM_PixelRepresentation, 0);
}

std::string orientation(const GridGeometry& grid) {
  return joined(grid.direction.column(0)) + "\\" + joined(grid.direction.column(1));
}

std::string pixelSpacing(const GridGeometry& grid) {
  return decimal(grid.spacing_mm.y) + "\\" + decimal(grid.spacing_mm.x);
}

void putSequence(DcmDataset& d, const TestSlice& s) {
  put(d, DCM_ScanningSequence, "GR");
  put(d, DCM_SequenceVariant, "SS");
  put(d, DCM_MRAcquisitionType, "3D");
  put(d, DCM_RepetitionTime, decimal(s.repetition_time_ms));
  put(d, DCM_EchoTime, decimal(s.echo_time_ms));
  put(d, DCM_FlipAngle, decimal(s.flip_angle_deg));
}

void appendPixels(const TestSlice& s, int k, std::vector<Uint16>& pixels) {
  for (int j = 0; j < s.grid.size[1]; ++j) {
    for (int i = 0; i < s.grid.size[0]; ++i) {
      pixels.push_back(static_cast<Uint16>(s.pixel(i, j, k)));
    }
  }
}

std::string instanceUid(const TestSlice& s) {
  return s.series_uid + "." + std::to_string(s.acquisition) + "." + std::to_string(s.k + 1);
}

fs::path save(DcmFileFormat& file, const fs::path& path, E_TransferSyntax syntax) {
  fs::create_directories(path.parent_path());
  if (syntax == EXS_RLELossless) {
    DcmRLEEncoderRegistration::registerCodecs();
    file.getDataset()->chooseRepresentation(syntax, nullptr);
  }
  if (file.saveFile(path.c_str(), syntax).bad()) {
    throw std::runtime_error("the test cannot write its DICOM file");
  }
  return path;
}

DcmItem& group(DcmItem& parent, const DcmTagKey& sequence) {
  DcmItem* item = nullptr;
  parent.findOrCreateSequenceItem(sequence, item, -2);
  return *item;
}

void putFrame(DcmItem& frame, const TestSlice& s, int k) {
  put(group(frame, DCM_PlanePositionSequence), DCM_ImagePositionPatient,
      joined(s.grid.toLps(0, 0, k)));
  DcmItem& values = group(frame, DCM_PixelValueTransformationSequence);
  put(values, DCM_RescaleSlope, "0.5");
  put(values, DCM_RescaleIntercept, std::to_string(k));
  put(values, DCM_RescaleType, "US");
  DcmItem& echo = group(frame, DCM_MREchoSequence);
  echo.putAndInsertFloat64(DCM_EffectiveEchoTime, s.echo_time_ms);
}

void putSharedGroups(DcmDataset& d, const TestSlice& s) {
  DcmItem& shared = group(d, DCM_SharedFunctionalGroupsSequence);
  put(group(shared, DCM_PlaneOrientationSequence), DCM_ImageOrientationPatient,
      orientation(s.grid));
  DcmItem& measures = group(shared, DCM_PixelMeasuresSequence);
  put(measures, DCM_PixelSpacing, pixelSpacing(s.grid));
  put(measures, DCM_SliceThickness, decimal(s.grid.spacing_mm.z));
  DcmItem& timing = group(shared, DCM_MRTimingAndRelatedParametersSequence);
  put(timing, DCM_RepetitionTime, decimal(s.repetition_time_ms));
  put(timing, DCM_FlipAngle, decimal(s.flip_angle_deg));
}

}  // namespace

fs::path writeSlice(const fs::path& path, const TestSlice& s, E_TransferSyntax syntax) {
  DcmFileFormat file;
  DcmDataset& d = *file.getDataset();
  put(d, DCM_SOPClassUID, UID_MRImageStorage);
  put(d, DCM_SOPInstanceUID, instanceUid(s));
  putWho(d, s);
  putSequence(d, s);
  put(d, DCM_InstanceNumber, std::to_string(s.k + 1));
  put(d, DCM_ImagePositionPatient, joined(s.grid.toLps(0, 0, s.k)));
  put(d, DCM_ImageOrientationPatient, orientation(s.grid));
  put(d, DCM_PixelSpacing, pixelSpacing(s.grid));
  put(d, DCM_SliceThickness, decimal(s.grid.spacing_mm.z));
  putFormat(d, s);
  std::vector<Uint16> pixels;
  appendPixels(s, s.k, pixels);
  d.putAndInsertUint16Array(DCM_PixelData, pixels.data(),
                            static_cast<unsigned long>(pixels.size()));
  s.edit(d);
  return save(file, path, syntax);
}

void writeStack(const fs::path& folder, const TestSlice& slice,
                const std::function<bool(int)>& leave_out, E_TransferSyntax syntax) {
  TestSlice s = slice;
  for (s.k = 0; s.k < s.grid.size[2]; ++s.k) {
    if (!leave_out(s.k)) {
      writeSlice(folder / ("IM" + std::to_string((s.k * 7 + 3) % 101)), s, syntax);
    }
  }
}

void writeSheared(const fs::path& folder, const TestSlice& slice, double step_mm) {
  for (int k = 0; k < slice.grid.size[2]; ++k) {
    TestSlice moved = slice;
    moved.k = k;
    moved.grid.origin_mm += slice.grid.direction.column(1) * (step_mm * k);
    writeSlice(folder / std::to_string(k), moved);
  }
}

fs::path writeEnhanced(const fs::path& path, const TestSlice& s) {
  DcmFileFormat file;
  DcmDataset& d = *file.getDataset();
  put(d, DCM_SOPClassUID, UID_EnhancedMRImageStorage);
  put(d, DCM_SOPInstanceUID, instanceUid(s));
  putWho(d, s);
  putFormat(d, s);
  put(d, DCM_EchoPulseSequence, "GRADIENT");
  put(d, DCM_SteadyStatePulseSequence, "FREE_PRECESSION");
  put(d, DCM_MRAcquisitionType, "3D");
  put(d, DCM_NumberOfFrames, std::to_string(s.grid.size[2]));
  putSharedGroups(d, s);
  std::vector<Uint16> pixels;
  for (int k = s.grid.size[2] - 1; k >= 0; --k) {
    putFrame(group(d, DCM_PerFrameFunctionalGroupsSequence), s, k);
    appendPixels(s, k, pixels);
  }
  d.putAndInsertUint16Array(DCM_PixelData, pixels.data(),
                            static_cast<unsigned long>(pixels.size()));
  s.edit(d);
  return save(file, path, EXS_LittleEndianExplicit);
}

int letterL(const GridGeometry& grid, int i, int j, int k) {
  const Point3 centre = grid.toLps(
      Vec3{(grid.size[0] - 1) / 2.0, (grid.size[1] - 1) / 2.0, (grid.size[2] - 1) / 2.0});
  const Vec3 p = grid.toLps(i, j, k) - centre;
  const bool foot = p.x > 0.3 && p.z < 0;
  const bool upright = p.x > 0.3 && p.x < 1.0;
  return upright || foot ? 900 : 50;
}

}  // namespace neurovasc::testing
