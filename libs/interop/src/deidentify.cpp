#include "neurovasc/interop/deidentify.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdeftag.h>

#include <array>
#include <chrono>
#include <memory>
#include <string>
#include <utility>

#include "dataset_writer.h"
#include "neurovasc/core/calendar.h"
#include "neurovasc/dicom/series_writer.h"
#include "source_contents.h"

namespace neurovasc::interop {
namespace {

/// What may stay of the source's header: how it was acquired, nothing else. A list of what goes
/// would let through what nobody thought of.
const std::array<DcmTagKey, 11>& keptTags() {
  static const std::array<DcmTagKey, 11> tags = {
      DCM_SpecificCharacterSet, DCM_PatientPosition, DCM_ScanningSequence,     DCM_SequenceVariant,
      DCM_ScanOptions,          DCM_EchoTime,        DCM_MRAcquisitionType,    DCM_RepetitionTime,
      DCM_EchoTrainLength,      DCM_FlipAngle,       DCM_MagneticFieldStrength};
  return tags;
}

std::string textOf(DcmItem& item, const DcmTagKey& tag) {
  OFString value;
  item.findAndGetOFStringArray(tag, value);
  return {value.c_str(), value.size()};
}

/// Replaces what identifies; equal texts become equal ones.
class Replacer {
 public:
  Replacer(const result::SiteKey& key, DcmItem& header)
      : key_(key), patient_(key.hash("patient\n" + patientOf(header))) {}

  const std::string& patient() const { return patient_; }

  /// 128 bits of the key's hashes: no two alike among any number of images.
  std::string uid(const std::string& uid) const {
    return uid.empty() ? uid : dicom::uidFrom(key_.hash("uid\n" + uid) + key_.hash(uid + "\nuid"));
  }

  /// A DICOM date, moved back; what is no date is emptied.
  std::string date(const std::string& date) const {
    constexpr std::size_t kDateLength = 8;
    if (date.size() != kDateLength || date.find_first_not_of("0123456789") != std::string::npos) {
      return "";
    }
    const auto day = dayNumber(std::stoi(date.substr(0, 4)), std::stoi(date.substr(4, 2)),
                               std::stoi(date.substr(6, 2)));
    return day ? dicomDate(*day - key_.dayShift(patient_)) : "";
  }

 private:
  /// Names are spelled in many ways: they tell patients apart only without a number.
  static std::string patientOf(DcmItem& header) {
    const std::string id = textOf(header, DCM_PatientID);
    return id.empty() ? textOf(header, DCM_PatientName) : id;
  }

  static std::string dicomDate(int day) {
    const std::chrono::system_clock::time_point time(std::chrono::hours(24 * day));
    const std::string text = utcText(time);
    return text.substr(0, 4) + text.substr(5, 2) + text.substr(8, 2);
  }

  const result::SiteKey& key_;
  std::string patient_;
};

DcmDataset replacedHeader(DcmItem& header, const Replacer& replacer) {
  DcmDataset out;
  for (const DcmTagKey& tag : keptTags()) {
    DcmElement* copy = nullptr;
    if (header.findAndGetElement(tag, copy, OFFalse, OFTrue).good() && copy != nullptr) {
      requireDone(out.insert(copy, OFTrue));
    }
  }
  put(out, DCM_PatientName, replacer.patient());
  put(out, DCM_PatientID, replacer.patient());
  put(out, DCM_StudyInstanceUID, replacer.uid(textOf(header, DCM_StudyInstanceUID)));
  put(out, DCM_StudyDate, replacer.date(textOf(header, DCM_StudyDate)));
  // Whole days are taken off: the time of day says nothing more than the interval does.
  put(out, DCM_StudyTime, textOf(header, DCM_StudyTime));
  return out;
}

void replaceUids(SourceSeries& series, const Replacer& replacer) {
  series.series_instance_uid = replacer.uid(series.series_instance_uid);
  series.frame_of_reference_uid = replacer.uid(series.frame_of_reference_uid);
  for (SourceImage& image : series.images) {
    image.sop_instance_uid = replacer.uid(image.sop_instance_uid);
  }
}

}  // namespace

ExportContext deidentified(const ExportContext& context, const result::SiteKey& key) {
  DcmDataset header(context.source.contents().header);
  const Replacer replacer(key, header);
  auto contents = std::make_shared<SourceStudy::Contents>(context.source.contents());
  contents->header = replacedHeader(header, replacer);
  contents->study_instance_uid = replacer.uid(contents->study_instance_uid);
  contents->is_deidentified = true;
  for (auto& [role, series] : contents->series) {
    replaceUids(series, replacer);
  }
  ExportContext out{SourceStudy(std::move(contents)), context.fingerprint,
                    replacer.date(context.content_date), context.content_time, context.subject};
  return out;
}

}  // namespace neurovasc::interop
