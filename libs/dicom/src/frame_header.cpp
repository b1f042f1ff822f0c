#include "frame_header.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdeftag.h>
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
// Cosines cut to two decimals are still a direction, other numbers are not.
constexpr double kUnitLength = 0.02;

// What problems of sound files of other kinds begin with.
constexpr const char* kNotDicom = "not a DICOM file";
constexpr const char* kNotMr = "not an MR image";
constexpr const char* kNoImage = "has no image";
constexpr const char* kColour = "a colour image";
constexpr const char* kNotGrey = "not a plain grey image";

std::string firstOf(std::string a, std::string b) {
  return a.empty() ? std::move(b) : std::move(a);
}

bool isMagneticResonance(const Attributes& dataset) {
  static const std::array<const char*, 4> kClasses = {
      UID_MRImageStorage, UID_EnhancedMRImageStorage, UID_LegacyConvertedEnhancedMRImageStorage,
      UID_EnhancedMRColorImageStorage};
  const std::string sop_class = dataset.text(DCM_SOPClassUID);
  return std::any_of(kClasses.begin(), kClasses.end(),
                     [&](const char* uid) { return sop_class == uid; }) ||
         (dataset.text(DCM_Modality) == "MR" && dataset.has(DCM_Rows));
}

/// "not an MR image (CT)"; the code is shown only if it looks like one.
std::string otherModality(const Attributes& dataset) {
  const std::string modality = dataset.text(DCM_Modality);
  const bool is_code =
      !modality.empty() && modality.size() <= 8 &&
      std::all_of(modality.begin(), modality.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  return is_code ? kNotMr + (" (" + modality + ")") : kNotMr;
}

/// Whatever leads to the patient: persons (patient, physicians, operators, whoever), numbers, and
/// where the examination was made.
void readIdentifiers(const Attributes& dataset, std::vector<std::string>& identifiers) {
  const std::string charset = dataset.text(DCM_SpecificCharacterSet);
  const auto add = [&](const std::string& text) {
    if (!text.empty()) {
      identifiers.push_back(toUtf8(text, charset));
    }
  };
  for (const std::string& person : dataset.persons()) {
    add(person);
  }
  for (const auto& tag :
       {DCM_PatientID, DCM_PatientBirthDate, DCM_AccessionNumber, DCM_RETIRED_OtherPatientIDs,
        DCM_StudyID, DCM_RequestedProcedureID, DCM_AdmissionID, DCM_PerformedProcedureStepID,
        DCM_MilitaryRank, DCM_InstitutionName, DCM_InstitutionAddress,
        DCM_InstitutionalDepartmentName, DCM_StationName, DCM_DeviceSerialNumber}) {
    add(dataset.text(tag));
  }
  for (const Attributes& other : dataset.items(DCM_OtherPatientIDsSequence)) {
    add(other.text(DCM_PatientID));
  }
}

void readIdentity(const Attributes& dataset, Identity& identity) {
  identity.study_uid = dataset.text(DCM_StudyInstanceUID);
  identity.series_uid = dataset.text(DCM_SeriesInstanceUID);
  identity.instance_uid = dataset.text(DCM_SOPInstanceUID);
  identity.study_date = dataset.text(DCM_StudyDate);
  const std::string id = dataset.text(DCM_PatientID);
  const std::string name = dataset.text(DCM_PatientName);
  identity.birth_date = dataset.text(DCM_PatientBirthDate);
  // Names change and are spelled in many ways: they tell patients apart only without a number.
  identity.patient_key = lowered(id.empty() ? name : id);
  readIdentifiers(dataset, identity.identifiers);
}

/// The element of a functional group, or where older writers put it, in the data set.
std::string groupedText(const FrameGroups& groups, const DcmTagKey& macro, const DcmTagKey& tag) {
  return firstOf(groups.macro(macro).text(tag), groups.dataset().text(tag));
}

std::optional<bool> asFlag(const std::string& text) {
  return text.empty() || (text[0] != 'Y' && text[0] != 'N') ? std::nullopt
                                                            : std::optional<bool>(text[0] == 'Y');
}

std::optional<bool> isThreeD(const std::string& acquisition_type) {
  return acquisition_type.empty() ? std::nullopt : std::optional<bool>(acquisition_type == "3D");
}

void readSequenceFacts(const FrameGroups& groups, SeriesFacts& facts) {
  const Attributes& dataset = groups.dataset();
  facts.sequence_name =
      firstOf(dataset.text(DCM_SequenceName), dataset.text(DCM_PulseSequenceName));
  facts.scanning_sequence = dataset.texts(DCM_ScanningSequence);
  facts.sequence_variant = dataset.texts(DCM_SequenceVariant);
  facts.scan_options = dataset.texts(DCM_ScanOptions);
  facts.echo_pulse_sequence = dataset.text(DCM_EchoPulseSequence);
  facts.steady_state = dataset.text(DCM_SteadyStatePulseSequence);
  facts.spoiling = groupedText(groups, DCM_MRModifierSequence, DCM_Spoiling);
  facts.is_3d = isThreeD(dataset.text(DCM_MRAcquisitionType));
  facts.time_of_flight = dataset.flag(DCM_TimeOfFlightContrast);
  facts.phase_contrast = dataset.flag(DCM_PhaseContrast);
  facts.angio = dataset.flag(DCM_AngioFlag);
  facts.inversion_recovery =
      asFlag(groupedText(groups, DCM_MRModifierSequence, DCM_InversionRecovery));
  if (dataset.flag(DCM_EchoPlanarPulseSequence).value_or(false)) {
    facts.scanning_sequence.emplace_back("EP");
  }
}

void readTimes(const FrameGroups& groups, SeriesFacts& facts) {
  const Attributes timing = groups.macro(DCM_MRTimingAndRelatedParametersSequence);
  facts.repetition_time_ms = timing.number(DCM_RepetitionTime);
  facts.flip_angle_deg = timing.number(DCM_FlipAngle);
  const Attributes modifier = groups.macro(DCM_MRModifierSequence);
  facts.inversion_time_ms = groups.isEnhanced() ? modifier.number(DCM_InversionTimes)
                                                : groups.dataset().number(DCM_InversionTime);
}

void readFacts(const FrameGroups& groups, SeriesFacts& facts) {
  const Attributes& dataset = groups.dataset();
  facts.manufacturer = dataset.text(DCM_Manufacturer);
  facts.description = dataset.text(DCM_SeriesDescription);
  facts.protocol = dataset.text(DCM_ProtocolName);
  facts.image_type = dataset.texts(DCM_ImageType);
  const DcmTagKey& frame_type = DCM_MRImageFrameTypeSequence;
  facts.acquisition_contrast = groupedText(groups, frame_type, DCM_AcquisitionContrast);
  facts.complex_component = groupedText(groups, frame_type, DCM_ComplexImageComponent);
  facts.volume_technique = groupedText(groups, frame_type, DCM_VolumeBasedCalculationTechnique);
  facts.contrast_agent = namesAnAgent(dataset.text(DCM_ContrastBolusAgent)) ||
                         dataset.firstItem(DCM_ContrastBolusAgentSequence);
  facts.lossy = facts.lossy || dataset.text(DCM_LossyImageCompression) == "01";
  readSequenceFacts(groups, facts);
  readTimes(groups, facts);
}

/// The larger of the entries for rows and for columns of one encoding direction.
std::optional<int> matrixSteps(const Attributes& dataset, std::size_t first) {
  const int steps = std::max(dataset.integer(DCM_AcquisitionMatrix, first).value_or(0),
                             dataset.integer(DCM_AcquisitionMatrix, first + 1).value_or(0));
  return steps > 0 ? std::optional<int>(steps) : std::nullopt;
}

void readSampling(const FrameGroups& groups, FileHeader& header) {
  const Attributes field = groups.macro(DCM_MRFOVGeometrySequence);
  SamplingFacts& sampling = header.sampling;
  if (groups.isEnhanced()) {
    sampling.frequency_steps = field.integer(DCM_MRAcquisitionFrequencyEncodingSteps);
    sampling.phase_steps = field.integer(DCM_MRAcquisitionPhaseEncodingStepsInPlane);
  } else {
    sampling.frequency_steps = matrixSteps(groups.dataset(), 0);
    sampling.phase_steps = matrixSteps(groups.dataset(), 2);
  }
  const std::string phase_direction = field.text(DCM_InPlanePhaseEncodingDirection);
  if (!phase_direction.empty()) {
    sampling.phase_along_i = phase_direction == "ROW";
  } else if (groups.dataset().integer(DCM_AcquisitionMatrix, 0)) {
    // Frequency rows, frequency columns, phase rows, phase columns: "rows" means along a row.
    sampling.phase_along_i = groups.dataset().integer(DCM_AcquisitionMatrix, 2).value_or(0) > 0;
  }
  sampling.phase_field_percent = field.number(DCM_PercentPhaseFieldOfView);
  sampling.matrix_spans_full_field = lowered(header.facts.manufacturer).rfind("ge", 0) == 0;
}

bool readPlane(const FrameGroups& groups, FrameHeader& frame) {
  const Attributes position = groups.macro(DCM_PlanePositionSequence);
  const Attributes orientation = groups.macro(DCM_PlaneOrientationSequence);
  const Attributes measures = groups.macro(DCM_PixelMeasuresSequence);
  if (!position || !orientation || !measures) {
    return false;
  }
  const auto origin = position.vector(DCM_ImagePositionPatient);
  const auto along_i = orientation.vector(DCM_ImageOrientationPatient, 0);
  const auto along_j = orientation.vector(DCM_ImageOrientationPatient, 3);
  const auto spacing_j = measures.number(DCM_PixelSpacing, 0);
  const auto spacing_i = measures.number(DCM_PixelSpacing, 1);
  if (!origin || !along_i || !along_j || !spacing_i || !spacing_j) {
    return false;
  }
  frame.position_mm = *origin;
  frame.along_i = *along_i;
  frame.along_j = *along_j;
  frame.spacing_i_mm = *spacing_i;
  frame.spacing_j_mm = *spacing_j;
  frame.thickness_mm = measures.number(DCM_SliceThickness);
  frame.spacing_k_mm = measures.number(DCM_SpacingBetweenSlices);
  return true;
}

bool isSound(const FrameHeader& frame) {
  const auto sound_length = [](double mm) { return mm > 1e-3 && mm < 1e3; };
  return sound_length(frame.spacing_i_mm) && sound_length(frame.spacing_j_mm) &&
         std::abs(norm(frame.along_i) - 1) < kUnitLength &&
         std::abs(norm(frame.along_j) - 1) < kUnitLength &&
         std::abs(dot(normalized(frame.along_i), normalized(frame.along_j))) < kPerpendicular &&
         norm(frame.position_mm) < 1e5;
}

void readContrastOf(const FrameGroups& groups, FrameHeader& frame) {
  const Attributes echo = groups.macro(DCM_MREchoSequence);
  frame.echo_time_ms = echo.number(groups.isEnhanced() ? DCM_EffectiveEchoTime : DCM_EchoTime);
  const Attributes type = groups.macro(DCM_MRImageFrameTypeSequence);
  frame.image_type = type.text(groups.isEnhanced() ? DCM_FrameType : DCM_ImageType);
  frame.component = type.text(DCM_ComplexImageComponent);
  const Attributes content = groups.macro(DCM_FrameContentSequence);
  frame.stack = content.text(DCM_StackID);
  frame.temporal =
      content
          .integer(groups.isEnhanced() ? DCM_TemporalPositionIndex : DCM_TemporalPositionIdentifier)
          .value_or(0);
  const Attributes values = groups.macro(DCM_PixelValueTransformationSequence);
  frame.slope = values.number(DCM_RescaleSlope).value_or(1);
  frame.intercept = values.number(DCM_RescaleIntercept).value_or(0);
}

std::string formatProblem(const Attributes& dataset, const PixelFormat& format) {
  if (dataset.integer(DCM_SamplesPerPixel).value_or(1) != 1) {
    return kColour;
  }
  const std::string interpretation = dataset.text(DCM_PhotometricInterpretation);
  if (!interpretation.empty() && interpretation != "MONOCHROME2") {
    return kNotGrey;
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

void readFormat(const Attributes& dataset, FileHeader& header) {
  PixelFormat& format = header.format;
  format.columns = dataset.integer(DCM_Columns).value_or(0);
  format.rows = dataset.integer(DCM_Rows).value_or(0);
  format.frames = dataset.integer(DCM_NumberOfFrames).value_or(1);
  format.bits_allocated = dataset.integer(DCM_BitsAllocated).value_or(0);
  format.bits_stored = dataset.integer(DCM_BitsStored).value_or(format.bits_allocated);
  format.high_bit = dataset.integer(DCM_HighBit).value_or(format.bits_stored - 1);
  format.is_signed = dataset.integer(DCM_PixelRepresentation).value_or(0) == 1;
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

/// The frames of a data set; problem is set when they make no sense.
void readFrames(const Attributes& dataset, FileHeader& header) {
  const std::vector<FrameGroups> groups = frameGroups(dataset, header.format.frames);
  if (groups.empty()) {
    header.problem = "has frames without positions";
    return;
  }
  readFacts(groups[0], header.facts);
  readSampling(groups[0], header);
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
    frame.along_i = normalized(frame.along_i);
    frame.along_j = normalized(frame.along_j);
    readContrastOf(group, frame);
    header.frames.push_back(std::move(frame));
  }
  unfoldMosaic(dataset, header);
}

std::string readDataset(const Attributes& dataset, const FileOutline& outline, FileHeader& header) {
  if (!isMagneticResonance(dataset)) {
    return otherModality(dataset);
  }
  if (outline.pixel_offset == 0) {
    return kNoImage;
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

/// Encodings that always lose detail; the others say so themselves when they did.
bool isLossy(const std::string& transfer_syntax) {
  return transfer_syntax == UID_JPEGProcess1TransferSyntax ||
         transfer_syntax == UID_JPEGProcess2_4TransferSyntax ||
         transfer_syntax == UID_JPEGLSLossyTransferSyntax;
}

void readWholeHeader(const std::string& path, FileHeader& header) {
  const FileHead head = headOf(path);
  const FileOutline& outline = head.outline;
  if (!outline.problem.empty() || !outline.is_dicom) {
    header.problem = outline.problem.empty() ? kNotDicom : outline.problem;
    return;
  }
  if (head.elements.empty()) {
    header.problem = "damaged: its header cannot be read";
    return;
  }
  const Attributes dataset(head);
  readIdentity(dataset, header.identity);
  header.charset = dataset.text(DCM_SpecificCharacterSet);
  header.series_number = dataset.integer(DCM_SeriesNumber);
  header.instance_number = dataset.integer(DCM_InstanceNumber).value_or(0);
  header.acquisition_number = dataset.integer(DCM_AcquisitionNumber).value_or(0);
  header.field_strength_t = dataset.number(DCM_MagneticFieldStrength);
  header.facts.lossy = isLossy(outline.transfer_syntax);
  header.problem = readDataset(dataset, outline, header);
}

}  // namespace

bool isOtherKind(std::string_view problem) {
  constexpr std::array kOtherKinds = {kNotDicom, kNotMr, kNoImage, kColour, kNotGrey};
  return std::any_of(kOtherKinds.begin(), kOtherKinds.end(),
                     [problem](const char* kind) { return problem.rfind(kind, 0) == 0; });
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
