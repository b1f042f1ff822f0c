#include "frame_header.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcfilefo.h>
#include <dcmtk/dcmdata/dcuid.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <new>

#include "dataset.h"
#include "file_guard.h"
#include "functional_groups.h"
#include "mosaic.h"
#include "text.h"

namespace neurovasc::dicom {
namespace {

// No scanner writes larger matrices; a mosaic of 64 tiles of 512 pixels still fits.
constexpr int kLargestSide = 8192;
// Lossless codecs rarely pass 1 : 10 on MR, and RLE cannot pass 1 : 64. What claims to unpack to
// more than this is out to exhaust memory.
constexpr std::uint64_t kMostCompression = 400;
// Headers give direction cosines with at least four decimals.
constexpr double kPerpendicular = 1e-3;

std::optional<double> numberIn(DcmItem* item, const DcmTagKey& tag) {
  return item != nullptr ? number(*item, tag) : std::nullopt;
}
std::optional<int> integerIn(DcmItem* item, const DcmTagKey& tag) {
  return item != nullptr ? integer(*item, tag) : std::nullopt;
}
std::string textIn(DcmItem* item, const DcmTagKey& tag) {
  return item != nullptr ? text(*item, tag) : std::string{};
}

std::string firstOf(std::string a, std::string b) {
  return a.empty() ? std::move(b) : std::move(a);
}

bool isMagneticResonance(DcmItem& dataset) {
  static const std::array<const char*, 4> kClasses = {
      UID_MRImageStorage, UID_EnhancedMRImageStorage, UID_LegacyConvertedEnhancedMRImageStorage,
      UID_EnhancedMRColorImageStorage};
  const std::string sop_class = text(dataset, DCM_SOPClassUID);
  return std::any_of(kClasses.begin(), kClasses.end(),
                     [&](const char* uid) { return sop_class == uid; }) ||
         (text(dataset, DCM_Modality) == "MR" && dataset.tagExists(DCM_Rows));
}

/// "not an MR image (CT)"; the code is shown only if it looks like one.
std::string otherModality(DcmItem& dataset) {
  const std::string modality = text(dataset, DCM_Modality);
  const bool is_code =
      !modality.empty() && modality.size() <= 8 &&
      std::all_of(modality.begin(), modality.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  return is_code ? "not an MR image (" + modality + ")" : "not an MR image";
}

void readIdentity(DcmItem& dataset, Identity& identity) {
  identity.study_uid = text(dataset, DCM_StudyInstanceUID);
  identity.series_uid = text(dataset, DCM_SeriesInstanceUID);
  identity.instance_uid = text(dataset, DCM_SOPInstanceUID);
  identity.study_date = text(dataset, DCM_StudyDate);
  const std::string id = text(dataset, DCM_PatientID);
  const std::string name = text(dataset, DCM_PatientName);
  const std::string birth = text(dataset, DCM_PatientBirthDate);
  // Names change and are spelled in many ways: they tell patients apart only without a number.
  identity.patient_key = lowered(id.empty() ? name : id);
  identity.patient_key += identity.patient_key.empty() ? birth : "\n" + birth;
  for (const auto& tag :
       {DCM_AccessionNumber, DCM_OtherPatientNames, DCM_PatientBirthName,
        DCM_RETIRED_OtherPatientIDs, DCM_ReferringPhysicianName, DCM_PerformingPhysicianName,
        DCM_OperatorsName, DCM_StudyID, DCM_RequestedProcedureID, DCM_MilitaryRank}) {
    identity.identifiers.push_back(text(dataset, tag));
  }
  for (const std::string& value : {id, name, birth}) {
    identity.identifiers.push_back(value);
  }
}

bool namesAnAgent(const std::string& text) {
  const std::string agent = lowered(text);
  constexpr std::array<const char*, 8> kNone = {"",  "no",      "none", "n",
                                                "0", "without", "n/a",  "nein"};
  return std::find(kNone.begin(), kNone.end(), agent) == kNone.end();
}

/// The element of a functional group, or where older writers put it, in the data set.
std::string groupedText(const FrameGroups& groups, const DcmTagKey& macro, const DcmTagKey& tag) {
  return firstOf(textIn(groups.macro(macro), tag), text(groups.dataset(), tag));
}

std::optional<bool> asFlag(const std::string& text) {
  return text.empty() || (text[0] != 'Y' && text[0] != 'N') ? std::nullopt
                                                            : std::optional<bool>(text[0] == 'Y');
}

std::optional<bool> isThreeD(const std::string& acquisition_type) {
  return acquisition_type.empty() ? std::nullopt : std::optional<bool>(acquisition_type == "3D");
}

void readSequenceFacts(const FrameGroups& groups, SeriesFacts& facts) {
  DcmItem& dataset = groups.dataset();
  facts.sequence_name =
      firstOf(text(dataset, DCM_SequenceName), text(dataset, DCM_PulseSequenceName));
  facts.scanning_sequence = texts(dataset, DCM_ScanningSequence);
  facts.sequence_variant = texts(dataset, DCM_SequenceVariant);
  facts.scan_options = texts(dataset, DCM_ScanOptions);
  facts.echo_pulse_sequence = text(dataset, DCM_EchoPulseSequence);
  facts.steady_state = text(dataset, DCM_SteadyStatePulseSequence);
  facts.spoiling = groupedText(groups, DCM_MRModifierSequence, DCM_Spoiling);
  facts.is_3d = isThreeD(text(dataset, DCM_MRAcquisitionType));
  facts.time_of_flight = flag(dataset, DCM_TimeOfFlightContrast);
  facts.phase_contrast = flag(dataset, DCM_PhaseContrast);
  facts.angio = flag(dataset, DCM_AngioFlag);
  facts.inversion_recovery =
      asFlag(groupedText(groups, DCM_MRModifierSequence, DCM_InversionRecovery));
  if (flag(dataset, DCM_EchoPlanarPulseSequence).value_or(false)) {
    facts.scanning_sequence.emplace_back("EP");
  }
}

void readTimes(const FrameGroups& groups, SeriesFacts& facts) {
  DcmItem* timing = groups.macro(DCM_MRTimingAndRelatedParametersSequence);
  facts.repetition_time_ms = numberIn(timing, DCM_RepetitionTime);
  facts.flip_angle_deg = numberIn(timing, DCM_FlipAngle);
  DcmItem* modifier = groups.macro(DCM_MRModifierSequence);
  facts.inversion_time_ms = groups.isEnhanced() ? numberIn(modifier, DCM_InversionTimes)
                                                : number(groups.dataset(), DCM_InversionTime);
}

void readFacts(const FrameGroups& groups, SeriesFacts& facts) {
  DcmItem& dataset = groups.dataset();
  facts.manufacturer = text(dataset, DCM_Manufacturer);
  facts.description = text(dataset, DCM_SeriesDescription);
  facts.protocol = text(dataset, DCM_ProtocolName);
  facts.image_type = texts(dataset, DCM_ImageType);
  const DcmTagKey& frame_type = DCM_MRImageFrameTypeSequence;
  facts.acquisition_contrast = groupedText(groups, frame_type, DCM_AcquisitionContrast);
  facts.complex_component = groupedText(groups, frame_type, DCM_ComplexImageComponent);
  facts.volume_technique = groupedText(groups, frame_type, DCM_VolumeBasedCalculationTechnique);
  facts.contrast_agent = namesAnAgent(text(dataset, DCM_ContrastBolusAgent)) ||
                         firstItem(&dataset, DCM_ContrastBolusAgentSequence) != nullptr;
  facts.lossy = text(dataset, DCM_LossyImageCompression) == "01";
  readSequenceFacts(groups, facts);
  readTimes(groups, facts);
}

/// The larger of the entries for rows and for columns of one encoding direction.
std::optional<int> matrixSteps(DcmItem& dataset, unsigned long first) {
  const int steps = std::max(integer(dataset, DCM_AcquisitionMatrix, first).value_or(0),
                             integer(dataset, DCM_AcquisitionMatrix, first + 1).value_or(0));
  return steps > 0 ? std::optional<int>(steps) : std::nullopt;
}

void readSampling(const FrameGroups& groups, FileHeader& header) {
  DcmItem* field = groups.macro(DCM_MRFOVGeometrySequence);
  SamplingFacts& sampling = header.sampling;
  if (groups.isEnhanced()) {
    sampling.frequency_steps = integerIn(field, DCM_MRAcquisitionFrequencyEncodingSteps);
    sampling.phase_steps = integerIn(field, DCM_MRAcquisitionPhaseEncodingStepsInPlane);
  } else {
    sampling.frequency_steps = matrixSteps(groups.dataset(), 0);
    sampling.phase_steps = matrixSteps(groups.dataset(), 2);
  }
  const std::string phase_direction = textIn(field, DCM_InPlanePhaseEncodingDirection);
  if (!phase_direction.empty()) {
    sampling.phase_along_i = phase_direction == "ROW";
  } else if (integer(groups.dataset(), DCM_AcquisitionMatrix, 0)) {
    // Frequency rows, frequency columns, phase rows, phase columns: "rows" means along a row.
    sampling.phase_along_i = integer(groups.dataset(), DCM_AcquisitionMatrix, 2).value_or(0) > 0;
  }
  sampling.phase_field_percent = numberIn(field, DCM_PercentPhaseFieldOfView);
  sampling.matrix_spans_full_field = lowered(header.facts.manufacturer).rfind("ge", 0) == 0;
}

bool readPlane(const FrameGroups& groups, FrameHeader& frame) {
  DcmItem* position = groups.macro(DCM_PlanePositionSequence);
  DcmItem* orientation = groups.macro(DCM_PlaneOrientationSequence);
  DcmItem* measures = groups.macro(DCM_PixelMeasuresSequence);
  if (position == nullptr || orientation == nullptr || measures == nullptr) {
    return false;
  }
  const auto origin = vector(*position, DCM_ImagePositionPatient);
  const auto along_i = vector(*orientation, DCM_ImageOrientationPatient, 0);
  const auto along_j = vector(*orientation, DCM_ImageOrientationPatient, 3);
  const auto spacing_j = number(*measures, DCM_PixelSpacing, 0);
  const auto spacing_i = number(*measures, DCM_PixelSpacing, 1);
  if (!origin || !along_i || !along_j || !spacing_i || !spacing_j) {
    return false;
  }
  frame.position_mm = *origin;
  frame.along_i = normalized(*along_i);
  frame.along_j = normalized(*along_j);
  frame.spacing_i_mm = *spacing_i;
  frame.spacing_j_mm = *spacing_j;
  frame.thickness_mm = number(*measures, DCM_SliceThickness);
  frame.spacing_k_mm = number(*measures, DCM_SpacingBetweenSlices);
  return true;
}

bool isSound(const FrameHeader& frame) {
  const auto sound_length = [](double mm) { return mm > 1e-3 && mm < 1e3; };
  return sound_length(frame.spacing_i_mm) && sound_length(frame.spacing_j_mm) &&
         std::abs(norm(frame.along_i) - 1) < kPerpendicular &&
         std::abs(norm(frame.along_j) - 1) < kPerpendicular &&
         std::abs(dot(frame.along_i, frame.along_j)) < kPerpendicular &&
         norm(frame.position_mm) < 1e5;
}

void readContrastOf(const FrameGroups& groups, FrameHeader& frame) {
  DcmItem* echo = groups.macro(DCM_MREchoSequence);
  frame.echo_time_ms = numberIn(echo, groups.isEnhanced() ? DCM_EffectiveEchoTime : DCM_EchoTime);
  DcmItem* type = groups.macro(DCM_MRImageFrameTypeSequence);
  frame.image_type = textIn(type, groups.isEnhanced() ? DCM_FrameType : DCM_ImageType);
  frame.component = textIn(type, DCM_ComplexImageComponent);
  DcmItem* content = groups.macro(DCM_FrameContentSequence);
  frame.stack = textIn(content, DCM_StackID);
  frame.temporal = integerIn(content, groups.isEnhanced() ? DCM_TemporalPositionIndex
                                                          : DCM_TemporalPositionIdentifier)
                       .value_or(0);
  DcmItem* values = groups.macro(DCM_PixelValueTransformationSequence);
  frame.slope = numberIn(values, DCM_RescaleSlope).value_or(1);
  frame.intercept = numberIn(values, DCM_RescaleIntercept).value_or(0);
}

std::string formatProblem(DcmItem& dataset, const PixelFormat& format) {
  if (integer(dataset, DCM_SamplesPerPixel).value_or(1) != 1) {
    return "a colour image";
  }
  const std::string interpretation = text(dataset, DCM_PhotometricInterpretation);
  if (!interpretation.empty() && interpretation != "MONOCHROME2") {
    return "not a plain grey image";
  }
  const auto side_ok = [](int side) { return side > 0 && side <= kLargestSide; };
  const bool bits_ok =
      (format.bits_allocated == 8 || format.bits_allocated == 16 || format.bits_allocated == 32) &&
      format.bits_stored > 0 && format.high_bit < format.bits_allocated &&
      format.high_bit >= format.bits_stored - 1;
  if (!side_ok(format.columns) || !side_ok(format.rows) || !bits_ok || format.frames < 1) {
    return "damaged: impossible image size or pixel format";
  }
  return {};
}

void readFormat(DcmItem& dataset, FileHeader& header) {
  PixelFormat& format = header.format;
  format.columns = integer(dataset, DCM_Columns).value_or(0);
  format.rows = integer(dataset, DCM_Rows).value_or(0);
  format.frames = integer(dataset, DCM_NumberOfFrames).value_or(1);
  format.bits_allocated = integer(dataset, DCM_BitsAllocated).value_or(0);
  format.bits_stored = integer(dataset, DCM_BitsStored).value_or(format.bits_allocated);
  format.high_bit = integer(dataset, DCM_HighBit).value_or(format.bits_stored - 1);
  format.is_signed = integer(dataset, DCM_PixelRepresentation).value_or(0) == 1;
  header.problem = formatProblem(dataset, format);
}

/// Whether the pixels the header speaks of can be in the file.
std::string sizeProblem(const FileOutline& outline, const PixelFormat& format) {
  const std::uint64_t bytes =
      std::uint64_t{static_cast<unsigned>(format.columns)} * static_cast<unsigned>(format.rows) *
      static_cast<unsigned>(format.frames) * static_cast<unsigned>(format.bits_allocated / 8);
  if (outline.encapsulated) {
    return bytes / kMostCompression > outline.pixel_length
               ? "damaged: too few compressed pixels for its image size"
               : "";
  }
  return bytes > outline.pixel_length ? "truncated: fewer pixels than its image size" : "";
}

std::string readDataset(DcmItem& dataset, const FileOutline& outline, FileHeader& header) {
  if (!isMagneticResonance(dataset)) {
    return otherModality(dataset);
  }
  if (outline.pixel_offset == 0) {
    return "has no image";
  }
  readFormat(dataset, header);
  if (!header.problem.empty()) {
    return header.problem;
  }
  const std::string too_small = sizeProblem(outline, header.format);
  if (!too_small.empty()) {
    return too_small;
  }
  readFrames(dataset, header);
  return header.problem;
}

void readWholeHeader(const std::string& path, FileHeader& header) {
  const FileOutline outline = outlineOf(path);
  if (!outline.problem.empty() || !outline.is_dicom) {
    header.problem = outline.problem.empty() ? "not a DICOM file" : outline.problem;
    return;
  }
  DcmFileFormat file;
  const OFCondition status = file.loadFileUntilTag(
      path.c_str(), EXS_Unknown, EGL_noChange, DCM_MaxReadLength, ERM_autoDetect, DCM_PixelData);
  DcmDataset& dataset = *file.getDataset();
  if (status.bad() || dataset.card() == 0) {
    header.problem = "damaged: its header cannot be read";
    return;
  }
  readIdentity(dataset, header.identity);
  header.charset = text(dataset, DCM_SpecificCharacterSet);
  header.series_number = integer(dataset, DCM_SeriesNumber).value_or(0);
  header.instance_number = integer(dataset, DCM_InstanceNumber).value_or(0);
  header.acquisition_number = integer(dataset, DCM_AcquisitionNumber).value_or(0);
  header.field_strength_t = number(dataset, DCM_MagneticFieldStrength);
  header.problem = readDataset(dataset, outline, header);
}

}  // namespace

void readFrames(DcmItem& dataset, FileHeader& header) {
  readFormat(dataset, header);
  const std::vector<FrameGroups> groups = header.problem.empty()
                                              ? frameGroups(dataset, header.format.frames)
                                              : std::vector<FrameGroups>{};
  if (groups.empty()) {
    header.problem =
        header.problem.empty() ? "has frames without positions" : std::move(header.problem);
    return;
  }
  readFacts(groups[0], header.facts);
  readSampling(groups[0], header);
  header.frames.clear();
  for (const FrameGroups& group : groups) {
    FrameHeader frame;
    frame.frame = static_cast<int>(header.frames.size());
    if (!readPlane(group, frame)) {
      header.problem = "has no position, orientation or pixel spacing";
      return;
    }
    if (!isSound(frame)) {
      header.problem = "damaged: impossible position, orientation or pixel spacing";
      return;
    }
    readContrastOf(group, frame);
    header.frames.push_back(std::move(frame));
  }
  unfoldMosaic(dataset, header);
}

FileHeader readHeader(const std::string& path) {
  FileHeader header;
  header.path = path;
  try {
    readWholeHeader(path, header);
  } catch (const std::bad_alloc&) {
    header.problem = "damaged: its header needs too much memory";
  }
  return header;
}

}  // namespace neurovasc::dicom
