#include "web_connection.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdeftag.h>
#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <utility>

#include "dicom_json.h"
#include "multipart.h"
#include "neurovasc/core/error.h"
#include "object_file.h"
#include "series_facts.h"

namespace neurovasc::pacs {
namespace {

using Json = nlohmann::json;

constexpr const char* kJson = "application/dicom+json";
/// As the service has them: nothing is decoded or converted on the way.
constexpr const char* kObjects = "multipart/related; type=\"application/dicom\"; transfer-syntax=*";

// Tags as the DICOM JSON Model writes them.
constexpr const char* kStudyDate = "00080020";
constexpr const char* kStudyTime = "00080030";
constexpr const char* kAccessionNumber = "00080050";
constexpr const char* kModality = "00080060";
constexpr const char* kModalitiesInStudy = "00080061";
constexpr const char* kManufacturer = "00080070";
constexpr const char* kStudyDescription = "00081030";
constexpr const char* kSeriesDescription = "0008103E";
constexpr const char* kSopClassUid = "00080016";
constexpr const char* kSopInstanceUid = "00080018";
constexpr const char* kReferringPhysician = "00080090";
constexpr const char* kBirthDate = "00100030";
constexpr const char* kStudyId = "00200010";
constexpr const char* kPatientName = "00100010";
constexpr const char* kPatientId = "00100020";
constexpr const char* kStudyInstanceUid = "0020000D";
constexpr const char* kSeriesInstanceUid = "0020000E";
constexpr const char* kStudySeries = "00201206";
constexpr const char* kStudyInstances = "00201208";
constexpr const char* kFailedSopSequence = "00081198";
constexpr const char* kReferencedSopSequence = "00081199";
constexpr const char* kReferencedSopInstanceUid = "00081155";

FoundStudy studyFrom(const JsonDataset& answer) {
  FoundStudy study;
  study.study_instance_uid = answer.text(kStudyInstanceUid);
  study.patient_id = answer.text(kPatientId);
  study.patient_name = answer.text(kPatientName);
  study.study_date = answer.text(kStudyDate);
  study.study_time = answer.text(kStudyTime);
  study.study_description = answer.text(kStudyDescription);
  study.accession_number = answer.text(kAccessionNumber);
  study.modalities = answer.texts(kModalitiesInStudy);
  study.series = answer.integer(kStudySeries);
  study.instances = answer.integer(kStudyInstances);
  study.patient_birth_date = answer.text(kBirthDate);
  for (const char* tag : {kPatientName, kReferringPhysician, kStudyId}) {
    for (std::string& text : answer.groups(tag)) {
      study.identifiers.push_back(std::move(text));
    }
  }
  return study;
}

/// A text to match, escaped but for its wildcards: RFC 3986 lets them stand in a query, and not
/// every service knows them otherwise.
std::string matchingText(const HttpClient& http, const std::string& text) {
  std::string escaped;
  for (const char letter : text) {
    const std::string one(1, letter);
    escaped += letter == '*' || letter == '?' ? one : http.escaped(one);
  }
  return escaped;
}

std::string bytesOf(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(stream), {}};
  if (!stream || bytes.empty()) {
    throw Error(ErrorCode::input_unreadable, fmt::format("{}: cannot be read", file.string()));
  }
  return bytes;
}

/// Whether the answer to a STOW request says that @p uid is stored.
bool isStored(const std::string& body, const std::string& uid) {
  const Json answer = parsedAnswer(body);
  const JsonDataset dataset(answer);
  for (const auto& item : dataset.items(kReferencedSopSequence)) {
    if (item.text(kReferencedSopInstanceUid) == uid) {
      return dataset.items(kFailedSopSequence).empty();
    }
  }
  return false;
}

/// The service understands a request and does not do it.
class Refused : public Error {
 public:
  Refused(const std::string& what, long status)
      : Error(ErrorCode::network_refused,
              fmt::format("the web service {} with HTTP status {}", what, status),
              "Check dicomweb.url; the service's log says why.") {}
};

[[noreturn]] void throwRefused(const std::string& what, long status) {
  throw Refused(what, status);
}

/// As the DICOM JSON Model writes it.
std::string hexOf(const DcmTagKey& tag) {
  return fmt::format("{:04X}{:04X}", tag.getGroup(), tag.getElement());
}

/// What a series is asked for, as a query.
std::string describingFields() {
  std::string fields;
  for (const auto& tags : {seriesTags(), imageTags()}) {
    for (const DcmTagKey& tag : tags) {
      // Orthanc refuses a query for a field of several numbers that are no texts.
      if (tag != DCM_AcquisitionMatrix) {
        fields += (fields.empty() ? "?" : "&") + ("includefield=" + hexOf(tag));
      }
    }
  }
  return fields;
}

}  // namespace

WebConnection::WebConnection(const PacsConfig& config, StopToken stop)
    : http_(config, stop), stop_(std::move(stop)) {}

Json WebConnection::query(const std::string& path) {
  // A service may give fewer at a time than there are (PS3.18 8.3.4.4), as few as it likes; one
  // that does not know "offset" gives the same again.
  Json all = Json::array();
  Json last;
  bool says_more = false;
  bool said_more = false;
  for (Json next = page(path, 0, says_more); !next.empty() && next != last;
       next = page(path, all.size(), says_more)) {
    all.insert(all.end(), next.begin(), next.end());
    last = std::move(next);
    said_more = says_more;
  }
  if (said_more) {
    throw MoreMatches();
  }
  return all;
}

Json WebConnection::page(const std::string& path, std::size_t offset, bool& says_more) {
  constexpr long kOk = 200;
  constexpr long kNoContent = 204;
  constexpr long kNotFound = 404;
  constexpr long kTooBroad = 413;  // PS3.18 10.6.3.1
  const char* joint = path.find('?') == std::string::npos ? "?" : "&";
  const HttpAnswer answer =
      http_.get(offset == 0 ? path : fmt::format("{}{}offset={}", path, joint, offset), kJson);
  // PS3.18 8.3.4.4: "299 {SERVICE}: There are {remaining} additional results that can be requested"
  says_more = answer.warning.find("additional results") != std::string::npos;
  if (answer.status == kTooBroad) {
    throw MoreMatches();
  }
  // Of a study that is not there. A service that does not know "/studies" is another matter than
  // one without any.
  const bool has_none = answer.status == kNotFound && path.rfind("/studies/", 0) == 0;
  if (answer.status == kNoContent || has_none) {
    return Json::array();
  }
  if (answer.status != kOk) {
    throwRefused("refuses the query", answer.status);
  }
  return parsedAnswer(answer.body);
}

void WebConnection::echo() {
  const HttpAnswer answer = http_.get("/studies?limit=1", kJson);
  if (answer.status >= 300) {
    throwRefused("answers", answer.status);
  }
  if (!answer.body.empty()) {
    parsedAnswer(answer.body);
  }
}

std::vector<FoundStudy> WebConnection::findStudies(const StudyQuery& query_keys) {
  std::string path = fmt::format(
      "/studies?includefield={}&includefield={}&includefield={}&"
      "includefield={}&includefield={}",
      kStudyDescription, kModalitiesInStudy, kStudySeries, kStudyInstances, kBirthDate);
  const auto match = [&](const char* tag, const std::string& value) {
    path += value.empty() ? "" : fmt::format("&{}={}", tag, matchingText(http_, value));
  };
  match(kStudyInstanceUid, query_keys.study_instance_uid);
  match(kPatientId, query_keys.patient_id);
  match(kStudyDate, query_keys.study_date);
  match(kStudyTime, query_keys.study_time);
  match(kModalitiesInStudy, query_keys.modality);
  match(kStudyDescription, query_keys.study_description);
  match(kAccessionNumber, query_keys.accession_number);
  std::vector<FoundStudy> studies;
  const Json answers = query(path);
  for (const auto& answer : answers) {
    studies.push_back(studyFrom(JsonDataset(answer)));
  }
  return studies;
}

std::vector<FoundSeries> WebConnection::findSeries(const std::string& study_instance_uid) {
  std::vector<FoundSeries> series;
  const Json answers = query(fmt::format("/studies/{}/series?includefield={}&includefield={}",
                                         study_instance_uid, kSeriesDescription, kManufacturer));
  for (const auto& item : answers) {
    const JsonDataset answer(item);
    series.push_back({answer.text(kSeriesInstanceUid), answer.text(kModality),
                      answer.text(kSeriesDescription), answer.text(kManufacturer)});
  }
  return series;
}

std::vector<DescribedSeries> WebConnection::describeSeries(const std::string& study_instance_uid) {
  const std::string path = fmt::format("/studies/{}/series", study_instance_uid);
  Json answers;
  try {
    answers = query(path + describingFields());
  } catch (const Refused&) {
    answers = query(path);  // what it tells unasked
  }
  std::vector<DescribedSeries> series;
  for (const auto& item : answers) {
    const JsonDataset answer(item);
    series.push_back(describedFrom(
        [&answer](const DcmTagKey& tag) { return answer.groups(hexOf(tag).c_str()); }));
  }
  return series;
}

std::vector<FoundInstance> WebConnection::findInstances(const std::string& study_instance_uid,
                                                        const std::string& series_instance_uid) {
  std::vector<FoundInstance> instances;
  const Json answers = query(
      fmt::format("/studies/{}/series/{}/instances", study_instance_uid, series_instance_uid));
  for (const auto& item : answers) {
    const JsonDataset answer(item);
    instances.push_back(
        {series_instance_uid, answer.text(kSopInstanceUid), answer.text(kSopClassUid)});
  }
  return instances;
}

void WebConnection::fetch(const std::string& study_instance_uid,
                          const std::vector<FoundInstance>& wanted,
                          const std::filesystem::path& folder, const ObjectSink& fetched) {
  for (const auto& instance : wanted) {
    const HttpAnswer answer =
        http_.get(fmt::format("/studies/{}/series/{}/instances/{}", study_instance_uid,
                              instance.series_instance_uid, instance.sop_instance_uid),
                  kObjects);
    if (answer.status >= 300) {
      throwRefused("refuses to hand out an object", answer.status);
    }
    for (const auto& object : partsOf(answer.content_type, answer.body)) {
      writeObject(object, folder, instance.sop_instance_uid);
    }
    fetched(instance.sop_instance_uid);
  }
}

void WebConnection::store(const std::vector<ObjectFile>& objects, const ObjectSink& stored) {
  for (std::size_t n = 0; n < objects.size(); ++n) {
    const Multipart multipart = multipartOf(bytesOf(objects[n].path));
    const HttpAnswer answer = http_.post("/studies/" + objects[n].study_instance_uid,
                                         multipart.content_type, kJson, multipart.message);
    if (answer.status >= 300 || !isStored(answer.body, objects[n].sop_instance_uid)) {
      throwRefused(fmt::format("refuses object {} of {}", n + 1, objects.size()), answer.status);
    }
    stored(objects[n].sop_instance_uid);
  }
}

std::vector<std::string> WebConnection::commit(const std::vector<ObjectFile>&) { return {}; }

}  // namespace neurovasc::pacs
