#include "dimse_connection.h"

#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcuid.h>
#include <dcmtk/dcmdata/dcxfer.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <sstream>
#include <utility>

#include "dimse_association.h"
#include "neurovasc/core/error.h"
#include "object_file.h"
#include "receiver.h"
#include "retry.h"
#include "series_facts.h"

namespace neurovasc::pacs {
namespace {

constexpr const char* kFind = UID_FINDStudyRootQueryRetrieveInformationModel;
constexpr const char* kGet = UID_GETStudyRootQueryRetrieveInformationModel;
constexpr const char* kMove = UID_MOVEStudyRootQueryRetrieveInformationModel;

/// A list of UIDs stays well below what peers take as one value.
constexpr std::size_t kMostUidsAtOnce = 64;

void put(DcmItem& item, const DcmTagKey& tag, const std::string& value) {
  item.putAndInsertString(tag, value.c_str());
}

std::string textOf(DcmItem& item, const DcmTagKey& tag) {
  OFString value;
  item.findAndGetOFStringArray(tag, value);
  std::string text = value.c_str();
  text.erase(text.find_last_not_of(' ') + 1);
  return text;
}

int countOf(DcmItem& item, const DcmTagKey& tag) {
  Sint32 count = 0;
  item.findAndGetSint32(tag, count);
  return count;
}

std::vector<std::string> valuesOf(DcmItem& item, const DcmTagKey& tag) {
  std::vector<std::string> values;
  std::istringstream stream(textOf(item, tag));
  for (std::string value; std::getline(stream, value, '\\');) {
    values.push_back(value);
  }
  return values;
}

bool isAscii(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return (c & '\x80') == 0; });
}

DcmDataset keysAt(const char* level, std::initializer_list<DcmTagKey> wanted) {
  DcmDataset keys;
  for (const DcmTagKey& tag : wanted) {
    keys.insertEmptyElement(tag);
  }
  put(keys, DCM_QueryRetrieveLevel, level);
  return keys;
}

DcmDataset keysOf(const StudyQuery& query) {
  DcmDataset keys = keysAt(
      "STUDY", {DCM_StudyInstanceUID, DCM_PatientID, DCM_PatientName, DCM_StudyDate, DCM_StudyTime,
                DCM_StudyDescription, DCM_AccessionNumber, DCM_ModalitiesInStudy,
                DCM_NumberOfStudyRelatedSeries, DCM_NumberOfStudyRelatedInstances,
                DCM_PatientBirthDate, DCM_ReferringPhysicianName, DCM_StudyID});
  put(keys, DCM_StudyInstanceUID, query.study_instance_uid);
  put(keys, DCM_PatientID, query.patient_id);
  put(keys, DCM_StudyDate, query.study_date);
  put(keys, DCM_StudyTime, query.study_time);
  put(keys, DCM_ModalitiesInStudy, query.modality);
  put(keys, DCM_StudyDescription, query.study_description);
  put(keys, DCM_AccessionNumber, query.accession_number);
  if (!isAscii(query.patient_id + query.study_description + query.accession_number)) {
    put(keys, DCM_SpecificCharacterSet, "ISO_IR 192");
  }
  return keys;
}

FoundStudy studyFrom(DcmDataset& answer) {
  FoundStudy study;
  study.study_instance_uid = textOf(answer, DCM_StudyInstanceUID);
  study.patient_id = textOf(answer, DCM_PatientID);
  study.patient_name = textOf(answer, DCM_PatientName);
  study.study_date = textOf(answer, DCM_StudyDate);
  study.study_time = textOf(answer, DCM_StudyTime);
  study.study_description = textOf(answer, DCM_StudyDescription);
  study.accession_number = textOf(answer, DCM_AccessionNumber);
  study.modalities = valuesOf(answer, DCM_ModalitiesInStudy);
  study.series = countOf(answer, DCM_NumberOfStudyRelatedSeries);
  study.instances = countOf(answer, DCM_NumberOfStudyRelatedInstances);
  study.patient_birth_date = textOf(answer, DCM_PatientBirthDate);
  study.identifiers = {textOf(answer, DCM_ReferringPhysicianName), textOf(answer, DCM_StudyID)};
  return study;
}

/// PS3.7 annex C: A700 to A7FF and the 01xx of a peer that is at its limit.
bool isBusy(Uint16 status) { return (status & 0xff00) == 0xa700 || status == 0x0213; }

/// The peer does not do what it was asked for, and will not at another try.
class StatusRefused : public Error {
 public:
  explicit StatusRefused(const std::string& message)
      : Error(ErrorCode::network_refused, message,
              "Its log says why; PS3.7 annex C and PS3.4 list the statuses.") {}
};

[[noreturn]] void throwStatus(const std::string& what, Uint16 status) {
  const std::string message = fmt::format("the PACS {} with status {:04X}H", what, status);
  if (isBusy(status)) {
    throw TransientFailure(message + ": it is out of resources", "Ask who runs the PACS.");
  }
  throw StatusRefused(message);
}

/// Whether a query ends with @p status because the peer hands out no more than @p count: matching
/// "cancelled" though nobody asked for that, or out of resources after some answers.
bool endsEarly(Uint16 status, std::size_t count) {
  return status == STATUS_FIND_Cancel_MatchingTerminatedDueToCancelRequest ||
         (count > 0 && isBusy(status));
}

/// The answers to a query, for as long as they are looked at.
class Answers {
 public:
  ~Answers() {
    for (QRResponse* response : list_) {
      delete response;  // DCMTK hands them over so
    }
  }
  OFList<QRResponse*>* list() { return &list_; }

  template <typename Use>
  void forEach(Use use) {
    std::size_t count = 0;
    for (QRResponse* response : list_) {
      const Uint16 status = response->m_status;
      if (DICOM_PENDING_STATUS(status) && response->m_dataset != nullptr) {
        response->m_dataset->convertToUTF8();
        use(*response->m_dataset);
        ++count;
      } else if (endsEarly(status, count)) {
        throw MoreMatches();
      } else if (status != STATUS_Success) {
        throwStatus("refuses the query", status);
      }
    }
  }

 private:
  OFList<QRResponse*> list_;
};

template <typename Record, typename Read>
std::vector<Record> find(const PacsConfig& config, const StopToken& stop, DcmDataset keys,
                         Read read) {
  Association association(config, stop);
  association.offer(kFind, plainSyntaxes());
  association.open();
  Answers answers;
  association.require(
      association.sendFINDRequest(association.contextOf(kFind, "C-FIND"), &keys, answers.list()));
  association.release();
  std::vector<Record> records;
  answers.forEach([&](DcmDataset& answer) { records.push_back(read(answer)); });
  return records;
}

/// An association over which objects come back, as C-GET wants it.
class GetAssociation : public Association {
 public:
  GetAssociation(const PacsConfig& config, const StopToken& stop, std::set<std::string> wanted,
                 const std::filesystem::path& folder, const ObjectSink& fetched)
      : Association(config, stop), wanted_(std::move(wanted)), folder_(folder), fetched_(fetched) {}

  /// Throws what writing an object threw.
  void rethrow() const {
    if (failure_) {
      std::rethrow_exception(failure_);
    }
  }

 private:
  OFCondition handleSTORERequest(T_ASC_PresentationContextID, DcmDataset* object, OFBool& go_on,
                                 Uint16& status) override {
    OFString uid;
    object->findAndGetOFString(DCM_SOPInstanceUID, uid);
    status = STATUS_STORE_Error_CannotUnderstand;
    // Nothing may be thrown through DCMTK.
    try {
      if (wanted_.count(uid.c_str()) > 0) {
        writeObject(*object, folder_, uid.c_str());
        fetched_(uid.c_str());
        status = STATUS_Success;
      }
    } catch (...) {
      failure_ = std::current_exception();
      status = STATUS_STORE_Refused_OutOfResources;
      go_on = OFFalse;
    }
    return EC_Normal;
  }

  std::set<std::string> wanted_;
  const std::filesystem::path& folder_;
  const ObjectSink& fetched_;
  std::exception_ptr failure_;
};

std::set<std::string> uidsOf(const std::vector<FoundInstance>& instances) {
  std::set<std::string> uids;
  for (const auto& instance : instances) {
    uids.insert(instance.sop_instance_uid);
  }
  return uids;
}

/// The SOP classes of @p wanted, or the usual ones where the peer did not tell them.
std::vector<std::string> classesOf(const std::vector<FoundInstance>& wanted) {
  std::set<std::string> classes;
  for (const auto& instance : wanted) {
    if (instance.sop_class_uid.empty()) {
      return usualStorageClasses();
    }
    classes.insert(instance.sop_class_uid);
  }
  return {classes.begin(), classes.end()};
}

/// One context for each compressed syntax: a context stands for a single one in the end, and an
/// object that no context takes as it is would be converted or left out.
void offerStorage(Association& association, const std::vector<std::string>& classes) {
  constexpr std::size_t kMostContexts =
      127;  // PS3.8 9.3.2.2: odd numbers to 255, and one for C-GET
  std::size_t left = kMostContexts - 1;
  for (const auto& sop_class : classes) {
    if (left == 0) {
      return;
    }
    association.offer(sop_class, plainSyntaxes(), ASC_SC_ROLE_SCP);
    --left;
  }
  for (const auto& syntax : compressedSyntaxes()) {
    for (const auto& sop_class : classes) {
      if (left == 0) {
        return;
      }
      association.offer(sop_class, {syntax}, ASC_SC_ROLE_SCP);
      --left;
    }
  }
}

/// Identifiers that ask for @p wanted, all of one series, some at a time.
std::vector<DcmDataset> identifiersOf(const std::string& study_instance_uid,
                                      const std::vector<FoundInstance>& wanted) {
  std::vector<DcmDataset> identifiers;
  for (std::size_t from = 0; from < wanted.size(); from += kMostUidsAtOnce) {
    std::string uids;
    for (std::size_t n = from; n < std::min(wanted.size(), from + kMostUidsAtOnce); ++n) {
      uids += (uids.empty() ? "" : "\\") + wanted[n].sop_instance_uid;
    }
    DcmDataset identifier = keysAt("IMAGE", {});
    put(identifier, DCM_StudyInstanceUID, study_instance_uid);
    put(identifier, DCM_SeriesInstanceUID, wanted[0].series_instance_uid);
    put(identifier, DCM_SOPInstanceUID, uids);
    identifiers.push_back(std::move(identifier));
  }
  return identifiers;
}

/// Throws where the last of the answers is a refusal; sub-operations that failed (B000H) are seen
/// by what is missing in the end.
void checkRetrieved(OFList<RetrieveResponse*>& responses) {
  Uint16 last = STATUS_Success;
  for (RetrieveResponse* response : responses) {
    last = response->m_status;
    delete response;  // DCMTK hands them over so
  }
  responses.clear();
  constexpr Uint16 kSomeFailed = 0xb000;
  if (last != STATUS_Success && last != kSomeFailed && !DICOM_PENDING_STATUS(last)) {
    throwStatus("refuses to hand out the study", last);
  }
}

void offerObjects(Association& association, const std::vector<ObjectFile>& objects) {
  std::set<std::pair<std::string, std::string>> pairs;
  for (const auto& object : objects) {
    const DcmXfer syntax(object.transfer_syntax_uid.c_str());
    pairs.insert({object.sop_class_uid, object.transfer_syntax_uid});
    if (!syntax.isEncapsulated()) {
      for (const auto& plain : plainSyntaxes()) {
        pairs.insert({object.sop_class_uid, plain});
      }
    }
  }
  for (const auto& [sop_class, syntax] : pairs) {
    association.offer(sop_class, {syntax});
  }
}

/// The context for @p object: as it is encoded, or in another plain encoding where it is plain.
T_ASC_PresentationContextID storeContext(Association& association, const ObjectFile& object,
                                         const std::string& which) {
  const OFString sop_class = object.sop_class_uid.c_str();
  const OFString syntax = object.transfer_syntax_uid.c_str();
  const DcmXfer encoding(syntax.c_str());
  const auto context = encoding.isEncapsulated()
                           ? association.findPresentationContextID(sop_class, syntax)
                           : association.findAnyPresentationContextID(sop_class, syntax);
  if (context == 0) {
    throw Error(ErrorCode::network_refused,
                fmt::format("the PACS does not take {}: {}, {}", which,
                            dcmFindNameOfUID(sop_class.c_str(), "a private object"),
                            encoding.getXferName()),
                "Have this kind of object enabled in the PACS, or send other kinds.");
  }
  return context;
}

DcmDataset commitRequest(const std::vector<ObjectFile>& objects, const std::string& transaction) {
  DcmDataset request;
  put(request, DCM_TransactionUID, transaction);
  for (const auto& object : objects) {
    constexpr long kAppend = -2;
    DcmItem* item = nullptr;
    request.findOrCreateSequenceItem(DCM_ReferencedSOPSequence, item, kAppend);
    put(*item, DCM_ReferencedSOPClassUID, object.sop_class_uid);
    put(*item, DCM_ReferencedSOPInstanceUID, object.sop_instance_uid);
  }
  return request;
}

}  // namespace

DimseConnection::DimseConnection(PacsConfig config, StopToken stop)
    : config_(std::move(config)), stop_(std::move(stop)) {}

DimseConnection::~DimseConnection() = default;

Receiver& DimseConnection::receiver() {
  if (!receiver_) {
    receiver_ = std::make_unique<Receiver>(config_, stop_);
  }
  return *receiver_;
}

void DimseConnection::echo() {
  Association association(config_, stop_);
  association.offer(UID_VerificationSOPClass, plainSyntaxes());
  association.open();
  association.require(association.sendECHORequest(0));
  association.release();
}

std::vector<FoundStudy> DimseConnection::findStudies(const StudyQuery& query) {
  return find<FoundStudy>(config_, stop_, keysOf(query), studyFrom);
}

std::vector<FoundSeries> DimseConnection::findSeries(const std::string& study_instance_uid) {
  DcmDataset keys = keysAt(
      "SERIES", {DCM_SeriesInstanceUID, DCM_Modality, DCM_SeriesDescription, DCM_Manufacturer});
  put(keys, DCM_StudyInstanceUID, study_instance_uid);
  return find<FoundSeries>(config_, stop_, std::move(keys), [](DcmDataset& answer) {
    return FoundSeries{textOf(answer, DCM_SeriesInstanceUID), textOf(answer, DCM_Modality),
                       textOf(answer, DCM_SeriesDescription), textOf(answer, DCM_Manufacturer)};
  });
}

std::vector<DescribedSeries> DimseConnection::describeSeries(
    const std::string& study_instance_uid) {
  const auto ask = [&](const std::vector<DcmTagKey>& more) {
    DcmDataset keys = keysAt("SERIES", {});
    for (const auto& tags : {seriesTags(), more}) {
      for (const DcmTagKey& tag : tags) {
        keys.insertEmptyElement(tag);
      }
    }
    put(keys, DCM_StudyInstanceUID, study_instance_uid);
    return find<DescribedSeries>(config_, stop_, std::move(keys), [](DcmDataset& answer) {
      return describedFrom([&answer](const DcmTagKey& tag) { return valuesOf(answer, tag); });
    });
  };
  try {
    return ask(imageTags());
  } catch (const StatusRefused&) {
    return ask({});  // PS3.4 C.2.2.1.3 has keys of other levels ignored, but some refuse them
  }
}

std::vector<FoundInstance> DimseConnection::findInstances(const std::string& study_instance_uid,
                                                          const std::string& series_instance_uid) {
  DcmDataset keys = keysAt("IMAGE", {DCM_SOPInstanceUID, DCM_SOPClassUID});
  put(keys, DCM_StudyInstanceUID, study_instance_uid);
  put(keys, DCM_SeriesInstanceUID, series_instance_uid);
  return find<FoundInstance>(config_, stop_, std::move(keys), [&](DcmDataset& answer) {
    return FoundInstance{series_instance_uid, textOf(answer, DCM_SOPInstanceUID),
                         textOf(answer, DCM_SOPClassUID)};
  });
}

void DimseConnection::fetch(const std::string& study_instance_uid,
                            const std::vector<FoundInstance>& wanted,
                            const std::filesystem::path& folder, const ObjectSink& fetched) {
  if (config_.dimse->retrieve == Retrieve::get) {
    try {
      get(study_instance_uid, wanted, folder, fetched);
      return;
    } catch (const NotOffered&) {
      if (config_.dimse->listen_port == 0) {
        throw;
      }
      config_.dimse->retrieve = Retrieve::move;  // many archives have C-MOVE alone
    }
  }
  move(study_instance_uid, wanted, folder, fetched);
}

void DimseConnection::get(const std::string& study_instance_uid,
                          const std::vector<FoundInstance>& wanted,
                          const std::filesystem::path& folder, const ObjectSink& fetched) {
  GetAssociation association(config_, stop_, uidsOf(wanted), folder, fetched);
  association.offer(kGet, plainSyntaxes());
  offerStorage(association, classesOf(wanted));
  association.open();
  const auto context = association.contextOf(kGet, "C-GET");
  for (DcmDataset& identifier : identifiersOf(study_instance_uid, wanted)) {
    OFList<RetrieveResponse*> responses;
    const OFCondition done = association.sendCGETRequest(context, &identifier, &responses);
    association.rethrow();
    checkRetrieved(responses);
    association.require(done);
  }
  association.release();
}

void DimseConnection::move(const std::string& study_instance_uid,
                           const std::vector<FoundInstance>& wanted,
                           const std::filesystem::path& folder, const ObjectSink& fetched) {
  receiver().expect(uidsOf(wanted), folder, fetched);
  Association association(config_, stop_);
  association.offer(kMove, plainSyntaxes());
  association.open();
  const auto context = association.contextOf(kMove, "C-MOVE");
  for (DcmDataset& identifier : identifiersOf(study_instance_uid, wanted)) {
    OFList<RetrieveResponse*> responses;
    const OFCondition done = association.sendMOVERequest(
        context, config_.dimse->our_ae_title.c_str(), &identifier, &responses);
    receiver().rethrow();
    checkRetrieved(responses);
    association.require(done);
  }
  association.release();
}

void DimseConnection::store(const std::vector<ObjectFile>& objects, const ObjectSink& stored) {
  Association association(config_, stop_);
  offerObjects(association, objects);
  association.open();
  for (std::size_t n = 0; n < objects.size(); ++n) {
    stop_.throwIfStopped();
    const std::string which = fmt::format("object {} of {}", n + 1, objects.size());
    const auto context = storeContext(association, objects[n], which);
    Uint16 status = 0;
    association.require(
        association.sendSTORERequest(context, objects[n].path.c_str(), nullptr, status));
    if (status != STATUS_Success && !DICOM_WARNING_STATUS(status)) {
      throwStatus("refuses " + which, status);
    }
    stored(objects[n].sop_instance_uid);
  }
  association.release();
}

std::vector<std::string> DimseConnection::commit(const std::vector<ObjectFile>& objects) {
  Receiver& reports = receiver();
  Association association(config_, stop_);
  association.offer(UID_StorageCommitmentPushModelSOPClass, plainSyntaxes());
  association.open();
  std::array<char, 100> uid{};  // DCMTK wants room for 65
  const std::string transaction = dcmGenerateUniqueIdentifier(uid.data());
  DcmDataset request = commitRequest(objects, transaction);
  Uint16 status = 0;
  constexpr Uint16 kRequestCommitment = 1;
  association.require(association.sendACTIONRequest(
      association.contextOf(UID_StorageCommitmentPushModelSOPClass, "storage commitment"),
      UID_StorageCommitmentPushModelSOPInstance, kRequestCommitment, &request, status));
  association.release();
  if (status != STATUS_Success) {
    throwStatus("refuses storage commitment", status);
  }
  const auto report = reports.awaitReport(transaction, config_.timeouts.commit_s);
  return report ? report->kept : std::vector<std::string>{};
}

Commitment DimseConnection::commitment() const {
  return config_.dimse->listen_port > 0 ? config_.dimse->commitment : Commitment::off;
}

}  // namespace neurovasc::pacs
