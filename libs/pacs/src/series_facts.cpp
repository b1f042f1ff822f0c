#include "series_facts.h"

#include <dcmtk/dcmdata/dcdeftag.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <utility>

#include "neurovasc/dicom/series_role.h"

namespace neurovasc::pacs {
namespace {

/// Reads single values.
class Answer {
 public:
  explicit Answer(const ValuesOf& values_of) : values_of_(values_of) {}

  std::vector<std::string> texts(const DcmTagKey& tag) const {
    std::vector<std::string> all = values_of_(tag);
    for (std::string& text : all) {
      text.erase(text.find_last_not_of(' ') + 1);
      text.erase(0, text.find_first_not_of(' '));
    }
    return all;
  }

  std::string text(const DcmTagKey& tag, std::size_t index = 0) const {
    const auto all = texts(tag);
    return index < all.size() ? all[index] : std::string();
  }

  std::optional<double> number(const DcmTagKey& tag, std::size_t index = 0) const {
    const std::string value = text(tag, index);
    char* end = nullptr;
    const double number = std::strtod(value.c_str(), &end);
    return end != value.c_str() && std::isfinite(number) ? std::optional<double>(number)
                                                         : std::nullopt;
  }

  std::optional<int> integer(const DcmTagKey& tag, std::size_t index = 0) const {
    constexpr double kMost = 1e9;
    const auto value = number(tag, index);
    return value && std::abs(*value) < kMost ? std::optional<int>(static_cast<int>(*value))
                                             : std::nullopt;
  }

  /// Whether the text is @p yes; empty where there is none.
  std::optional<bool> isText(const DcmTagKey& tag, const char* yes) const {
    const std::string value = text(tag);
    return value.empty() ? std::nullopt : std::optional<bool>(value == yes);
  }

 private:
  const ValuesOf& values_of_;
};

dicom::SeriesFacts factsOf(const Answer& answer) {
  dicom::SeriesFacts facts;
  facts.manufacturer = answer.text(DCM_Manufacturer);
  facts.description = answer.text(DCM_SeriesDescription);
  facts.protocol = answer.text(DCM_ProtocolName);
  facts.sequence_name = answer.text(DCM_SequenceName);
  facts.scanning_sequence = answer.texts(DCM_ScanningSequence);
  facts.sequence_variant = answer.texts(DCM_SequenceVariant);
  facts.scan_options = answer.texts(DCM_ScanOptions);
  facts.image_type = answer.texts(DCM_ImageType);
  facts.contrast_agent = dicom::namesAnAgent(answer.text(DCM_ContrastBolusAgent));
  facts.angio = answer.isText(DCM_AngioFlag, "Y");
  facts.is_3d = answer.isText(DCM_MRAcquisitionType, "3D");
  facts.repetition_time_ms = answer.number(DCM_RepetitionTime);
  facts.echo_time_ms = answer.number(DCM_EchoTime);
  facts.inversion_time_ms = answer.number(DCM_InversionTime);
  facts.flip_angle_deg = answer.number(DCM_FlipAngle);
  return facts;
}

/// The larger of the entries for rows and for columns of one encoding direction.
std::optional<int> matrixSteps(const Answer& answer, std::size_t first) {
  const int steps = std::max(answer.integer(DCM_AcquisitionMatrix, first).value_or(0),
                             answer.integer(DCM_AcquisitionMatrix, first + 1).value_or(0));
  return steps > 0 ? std::optional<int>(steps) : std::nullopt;
}

bool isOfGe(std::string manufacturer) {
  std::transform(manufacturer.begin(), manufacturer.end(), manufacturer.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return manufacturer.rfind("ge", 0) == 0;
}

dicom::SamplingFacts samplingOf(const Answer& answer) {
  dicom::SamplingFacts sampling;
  sampling.columns = answer.integer(DCM_Columns).value_or(0);
  sampling.rows = answer.integer(DCM_Rows).value_or(0);
  sampling.spacing_j_mm = answer.number(DCM_PixelSpacing, 0).value_or(0);
  sampling.spacing_i_mm = answer.number(DCM_PixelSpacing, 1).value_or(0);
  sampling.spacing_k_mm = answer.number(DCM_SpacingBetweenSlices).value_or(0);
  sampling.thickness_mm = answer.number(DCM_SliceThickness);
  sampling.frequency_steps = matrixSteps(answer, 0);
  sampling.phase_steps = matrixSteps(answer, 2);
  sampling.phase_along_i = answer.isText(DCM_InPlanePhaseEncodingDirection, "ROW");
  sampling.phase_field_percent = answer.number(DCM_PercentPhaseFieldOfView);
  sampling.matrix_spans_full_field = isOfGe(answer.text(DCM_Manufacturer));
  return sampling;
}

/// Whoever and wherever: attributes of the series that lead to the patient.
std::vector<DcmTagKey> identifierTags() {
  return {DCM_InstitutionName,         DCM_StationName,   DCM_InstitutionalDepartmentName,
          DCM_PerformingPhysicianName, DCM_OperatorsName, DCM_DeviceSerialNumber};
}

}  // namespace

std::vector<DcmTagKey> seriesTags() {
  std::vector<DcmTagKey> tags = identifierTags();
  tags.insert(tags.end(),
              {DCM_SeriesInstanceUID, DCM_SeriesNumber, DCM_Modality, DCM_SeriesDescription,
               DCM_ProtocolName, DCM_Manufacturer, DCM_NumberOfSeriesRelatedInstances});
  return tags;
}

std::vector<DcmTagKey> imageTags() {
  return {DCM_ImageType,
          DCM_ContrastBolusAgent,
          DCM_ScanningSequence,
          DCM_SequenceVariant,
          DCM_SequenceName,
          DCM_ScanOptions,
          DCM_MRAcquisitionType,
          DCM_AngioFlag,
          DCM_RepetitionTime,
          DCM_EchoTime,
          DCM_InversionTime,
          DCM_FlipAngle,
          DCM_MagneticFieldStrength,
          DCM_SliceThickness,
          DCM_SpacingBetweenSlices,
          DCM_PixelSpacing,
          DCM_Rows,
          DCM_Columns,
          DCM_AcquisitionMatrix,
          DCM_InPlanePhaseEncodingDirection,
          DCM_PercentPhaseFieldOfView};
}

DescribedSeries describedFrom(const ValuesOf& values_of) {
  const Answer answer(values_of);
  DescribedSeries series;
  series.series_instance_uid = answer.text(DCM_SeriesInstanceUID);
  series.modality = answer.text(DCM_Modality);
  series.number = answer.integer(DCM_SeriesNumber);
  series.instances = answer.integer(DCM_NumberOfSeriesRelatedInstances).value_or(0);
  series.facts = factsOf(answer);
  series.sampling = samplingOf(answer);
  series.field_strength_t = answer.number(DCM_MagneticFieldStrength);
  for (const DcmTagKey& tag : identifierTags()) {
    for (std::string& text : answer.texts(tag)) {
      series.identifiers.push_back(std::move(text));
    }
  }
  return series;
}

}  // namespace neurovasc::pacs
