#include "neurovasc/dicom/series_writer.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <string>
#include <vector>

#include "neurovasc/core/error.h"
#include "neurovasc/core/text.h"

namespace neurovasc::dicom {
namespace {

using Path = std::filesystem::path;

/// PS3.3 C.12.1.1.2: Unicode in UTF-8, which is what this program's text is in.
constexpr const char* kUtf8 = "ISO_IR 192";

/// A decimal string (VR DS) of at most 16 characters.
std::string decimal(double value, int digits = 6) { return fixedDecimals(value, digits); }

std::string decimals(const Vec3& v, int digits) {
  return decimal(v.x, digits) + "\\" + decimal(v.y, digits) + "\\" + decimal(v.z, digits);
}

/// Steele, Lea, Flood: SplitMix64's finaliser.
std::uint64_t mixed(std::uint64_t x) {
  x += 0x9E3779B97F4A7C15ULL;
  x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  x = (x ^ (x >> 27U)) * 0x94D049BB133111EBULL;
  return x ^ (x >> 31U);
}

std::uint64_t hashOf(std::string_view text, std::uint64_t start) {
  std::uint64_t hash = start;
  for (const char c : text) {
    hash = mixed(hash ^ static_cast<unsigned char>(c));
  }
  return hash;
}

/// A 128-bit number in decimals, by long division of its 32-bit digits.
std::string decimalOf(std::array<std::uint64_t, 4> digits) {
  std::string text;
  while (std::any_of(digits.begin(), digits.end(), [](auto d) { return d != 0; })) {
    std::uint64_t remainder = 0;
    for (auto& digit : digits) {
      const std::uint64_t value = (remainder << 32U) | digit;
      digit = value / 10;
      remainder = value % 10;
    }
    text.insert(text.begin(), static_cast<char>('0' + remainder));
  }
  return text;
}

void requireDone(const OFCondition& done) {
  if (done.bad()) {
    throw Error(ErrorCode::internal, std::string("cannot set a DICOM element: ") + done.text());
  }
}

void put(DcmDataset& dataset, const DcmTagKey& tag, const std::string& value) {
  requireDone(dataset.putAndInsertString(tag, value.c_str()));
}

void putGiven(DcmDataset& dataset, const DcmTagKey& tag, const std::string& value) {
  if (!value.empty()) {
    put(dataset, tag, value);
  }
}

void putNumber(DcmDataset& dataset, const DcmTagKey& tag, int value) {
  requireDone(dataset.putAndInsertUint16(tag, static_cast<Uint16>(value)));
}

void putPatientAndStudy(DcmDataset& d, const MrSeriesHeader& h) {
  put(d, DCM_SpecificCharacterSet, kUtf8);
  put(d, DCM_PatientName, h.patient_name);
  put(d, DCM_PatientID, h.patient_id);
  put(d, DCM_PatientBirthDate, h.patient_birth_date);
  put(d, DCM_PatientSex, h.patient_sex);
  put(d, DCM_StudyInstanceUID, h.study_instance_uid);
  put(d, DCM_StudyDate, h.study_date);
  put(d, DCM_StudyTime, h.study_time);
  put(d, DCM_AccessionNumber, "");
  put(d, DCM_ReferringPhysicianName, "");
  put(d, DCM_StudyID, "1");
  putGiven(d, DCM_StudyDescription, h.study_description);
}

void putSeries(DcmDataset& d, const MrSeriesHeader& h) {
  put(d, DCM_Modality, "MR");
  put(d, DCM_SeriesInstanceUID, h.series_instance_uid);
  put(d, DCM_SeriesNumber, std::to_string(h.series_number));
  put(d, DCM_SeriesDate, h.study_date);
  put(d, DCM_SeriesTime, h.study_time);
  putGiven(d, DCM_SeriesDescription, h.series_description);
  putGiven(d, DCM_ProtocolName, h.protocol_name);
  put(d, DCM_BodyPartExamined, "HEAD");  // unpaired: Laterality may be absent
  put(d, DCM_PatientPosition, "HFS");
  put(d, DCM_FrameOfReferenceUID, h.frame_of_reference_uid);
  put(d, DCM_PositionReferenceIndicator, "");
  put(d, DCM_Manufacturer, h.manufacturer);
  putGiven(d, DCM_ManufacturerModelName, h.model_name);
}

void putAcquisition(DcmDataset& d, const MrSeriesHeader& h, const GridGeometry& grid) {
  put(d, DCM_ImageType, h.image_type);
  put(d, DCM_ScanningSequence, h.scanning_sequence);
  put(d, DCM_SequenceVariant, h.sequence_variant);
  put(d, DCM_ScanOptions, h.scan_options);
  put(d, DCM_MRAcquisitionType, h.acquisition_type);
  putGiven(d, DCM_SequenceName, h.sequence_name);
  put(d, DCM_RepetitionTime, decimal(h.repetition_time_ms, 3));
  put(d, DCM_EchoTime, decimal(h.echo_time_ms, 3));
  put(d, DCM_FlipAngle, decimal(h.flip_angle_deg, 1));
  put(d, DCM_EchoTrainLength, std::to_string(h.echo_train_length));
  put(d, DCM_MagneticFieldStrength, decimal(h.field_strength_t, 2));
  put(d, DCM_SliceThickness, decimal(h.slice_thickness_mm.value_or(grid.spacing_mm.z)));
  put(d, DCM_SpacingBetweenSlices, decimal(grid.spacing_mm.z));
  put(d, DCM_AcquisitionDate, h.study_date);
  putGiven(d, DCM_ContrastBolusAgent, h.contrast_agent);
  if (h.acquisition_matrix) {
    const std::array<Uint16, 4> matrix = {static_cast<Uint16>((*h.acquisition_matrix)[0]), 0, 0,
                                          static_cast<Uint16>((*h.acquisition_matrix)[1])};
    requireDone(d.putAndInsertUint16Array(DCM_AcquisitionMatrix, matrix.data(), matrix.size()));
    put(d, DCM_InPlanePhaseEncodingDirection, "COL");
  }
}

void putPixelFormat(DcmDataset& d, const MrSeriesHeader& h, const GridGeometry& grid) {
  putNumber(d, DCM_SamplesPerPixel, 1);
  put(d, DCM_PhotometricInterpretation, "MONOCHROME2");
  putNumber(d, DCM_Rows, grid.size[1]);
  putNumber(d, DCM_Columns, grid.size[0]);
  put(d, DCM_PixelSpacing, decimal(grid.spacing_mm.y) + "\\" + decimal(grid.spacing_mm.x));
  putNumber(d, DCM_BitsAllocated, 16);
  putNumber(d, DCM_BitsStored, 16);
  putNumber(d, DCM_HighBit, 15);
  putNumber(d, DCM_PixelRepresentation, 0);
  put(d, DCM_WindowCenter, decimal(h.window_center, 1));
  put(d, DCM_WindowWidth, decimal(h.window_width, 1));
}

void putSlice(DcmDataset& d, const Volume<std::uint16_t>& volume, int k, const MrSeriesHeader& h) {
  const GridGeometry& grid = volume.geometry();
  const Point3 corner = grid.toLps(0, 0, k);
  put(d, DCM_SOPClassUID, UID_MRImageStorage);
  put(d, DCM_SOPInstanceUID, uidFrom(h.series_instance_uid + "/" + std::to_string(k)));
  put(d, DCM_InstanceNumber, std::to_string(k + 1));
  put(d, DCM_ImagePositionPatient, decimals(corner, 6));
  put(d, DCM_ImageOrientationPatient,
      decimals(grid.direction.column(0), 8) + "\\" + decimals(grid.direction.column(1), 8));
  put(d, DCM_SliceLocation, decimal(dot(corner, grid.direction.column(2)), 4));
  const std::size_t count = grid.offset(0, 0, 1);
  const std::uint16_t* slice = volume.data() + count * static_cast<std::size_t>(k);
  requireDone(d.putAndInsertUint16Array(DCM_PixelData, slice, static_cast<unsigned long>(count)));
}

/// Slices in the order of their files.
std::vector<int> shuffledSlices(int count, std::uint64_t seed) {
  std::vector<int> order(static_cast<std::size_t>(count));
  std::iota(order.begin(), order.end(), 0);
  for (std::size_t i = order.size(); i > 1; --i) {
    seed = mixed(seed);
    std::swap(order[i - 1], order[seed % i]);
  }
  return order;
}

void checkWritable(const MrSeriesHeader& h, const Path& directory) {
  if (h.study_instance_uid.empty() || h.series_instance_uid.empty() ||
      h.frame_of_reference_uid.empty()) {
    throw Error(ErrorCode::usage,
                "a series cannot be written without its study, series and frame "
                "of reference UIDs");
  }
  if (std::filesystem::exists(directory)) {
    throw Error(ErrorCode::output_unwritable, directory.string() + " exists already",
                "choose another folder or remove it");
  }
}

void save(DcmFileFormat& file, const Path& path) {
  const OFCondition done = file.saveFile(path.c_str(), EXS_LittleEndianExplicit);
  if (done.bad()) {
    throw Error(ErrorCode::output_unwritable, "cannot write " + path.string() + ": " + done.text(),
                "check the free space and the rights of the folder");
  }
}

void writeSlices(const Volume<std::uint16_t>& volume, const MrSeriesHeader& header,
                 const Path& directory) {
  const auto order = shuffledSlices(volume.size()[2], header.file_order_seed);
  for (std::size_t n = 0; n < order.size(); ++n) {
    DcmFileFormat file;
    DcmDataset& dataset = *file.getDataset();
    putPatientAndStudy(dataset, header);
    putSeries(dataset, header);
    putAcquisition(dataset, header, volume.geometry());
    putPixelFormat(dataset, header, volume.geometry());
    putSlice(dataset, volume, order[n], header);
    const std::string number = std::to_string(n);
    save(file, directory /
                   ("IM" + std::string(5 - std::min<std::size_t>(5, number.size()), '0') + number));
  }
}

/// A folder that is removed with all it holds unless it was moved to its final name.
class PartialFolder {
 public:
  explicit PartialFolder(const Path& final_path)
      : final_(final_path), partial_(final_path.string() + ".partial") {
    std::error_code failed;
    std::filesystem::remove_all(partial_, failed);
    std::filesystem::create_directories(partial_, failed);
    throwIf(failed);
  }
  ~PartialFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(partial_, ignored);
  }
  PartialFolder(const PartialFolder&) = delete;
  PartialFolder& operator=(const PartialFolder&) = delete;

  const Path& path() const { return partial_; }
  void keep() const {
    std::error_code failed;
    std::filesystem::rename(partial_, final_, failed);
    throwIf(failed);
  }

 private:
  void throwIf(const std::error_code& failed) const {
    if (failed) {
      throw Error(ErrorCode::output_unwritable,
                  "cannot write " + final_.string() + ": " + failed.message(),
                  "check the rights of the folder it stands in");
    }
  }

  Path final_;
  Path partial_;
};

}  // namespace

std::string uidFrom(std::string_view text) {
  constexpr std::uint64_t kVersionMask = 0xFFFFFFFFFFFF0FFFULL;  // RFC 4122: version 8, own form
  constexpr std::uint64_t kVariantMask = 0x3FFFFFFFFFFFFFFFULL;
  const std::uint64_t high = (hashOf(text, 1) & kVersionMask) | 0x8000ULL;
  const std::uint64_t low = (hashOf(text, 2) & kVariantMask) | 0x8000000000000000ULL;
  return "2.25." + decimalOf({high >> 32U, high & 0xFFFFFFFFU, low >> 32U, low & 0xFFFFFFFFU});
}

void writeMrSeries(const Volume<std::uint16_t>& volume, const MrSeriesHeader& header,
                   const Path& directory) {
  validate(volume.geometry(), "the series to write");
  checkWritable(header, directory);
  const PartialFolder folder(directory);
  writeSlices(volume, header, folder.path());
  folder.keep();
}

}  // namespace neurovasc::dicom
