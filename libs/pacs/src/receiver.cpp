#include "receiver.h"

#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcuid.h>
#include <fmt/format.h>

#include <chrono>
#include <utility>

#include "dimse_association.h"
#include "neurovasc/core/error.h"
#include "object_file.h"

namespace neurovasc::pacs {
namespace {

/// How often the listener looks whether it is over.
constexpr Uint32 kLook_s = 1;

OFList<OFString> asOfList(const std::vector<std::string>& texts) {
  OFList<OFString> list;
  for (const auto& text : texts) {
    list.push_back(text.c_str());
  }
  return list;
}

CommitReport reportFrom(DcmDataset& dataset) {
  CommitReport report;
  DcmSequenceOfItems* kept = nullptr;
  if (dataset.findAndGetSequence(DCM_ReferencedSOPSequence, kept).good() && kept != nullptr) {
    for (unsigned long n = 0; n < kept->card(); ++n) {
      OFString uid;
      kept->getItem(n)->findAndGetOFString(DCM_ReferencedSOPInstanceUID, uid);
      report.kept.emplace_back(uid.c_str());
    }
  }
  return report;
}

}  // namespace

const std::vector<std::string>& usualStorageClasses() {
  static const std::vector<std::string> classes = {
      UID_MRImageStorage,
      UID_EnhancedMRImageStorage,
      UID_EnhancedMRColorImageStorage,
      UID_LegacyConvertedEnhancedMRImageStorage,
      UID_SecondaryCaptureImageStorage,
      UID_MultiframeTrueColorSecondaryCaptureImageStorage,
      UID_MultiframeGrayscaleByteSecondaryCaptureImageStorage,
      UID_CTImageStorage,
      UID_GrayscaleSoftcopyPresentationStateStorage,
      UID_KeyObjectSelectionDocumentStorage,
      UID_BasicTextSRStorage,
      UID_EnhancedSRStorage,
      UID_ComprehensiveSRStorage,
      UID_Comprehensive3DSRStorage,
      UID_SegmentationStorage,
      UID_EncapsulatedPDFStorage,
      UID_EncapsulatedSTLStorage,
      UID_RTStructureSetStorage};
  return classes;
}

const std::vector<std::string>& compressedSyntaxes() {
  static const std::vector<std::string> syntaxes = {
      UID_JPEGProcess14SV1TransferSyntax,     UID_JPEGLSLosslessTransferSyntax,
      UID_JPEG2000LosslessOnlyTransferSyntax, UID_JPEG2000TransferSyntax,
      UID_JPEGProcess1TransferSyntax,         UID_RLELosslessTransferSyntax};
  return syntaxes;
}

Receiver::Receiver(const PacsConfig& config, const StopToken& stop) : stop_(stop), watch_(stop) {
  quietDcmtk();
  const DimseOptions& dimse = *config.dimse;
  layer_ = makeLayer(dimse.tls, "", NET_ACCEPTOR, watch_);
  getConfig().setTransportLayer(layer_.get());
  setAETitle(dimse.our_ae_title.c_str());
  setPort(static_cast<Uint16>(dimse.listen_port));
  setConnectionBlockingMode(DUL_NOBLOCK);
  setConnectionTimeout(kLook_s);
  setDIMSEBlockingMode(DIMSE_NONBLOCKING);
  setDIMSETimeout(static_cast<Uint32>(config.timeouts.answer_s));
  setACSETimeout(static_cast<Uint32>(config.timeouts.answer_s));
  setHostLookupEnabled(OFFalse);
  offerServices();
  if (const OFCondition open = openListenPort(); open.bad()) {
    throw Error(ErrorCode::network_refused,
                fmt::format("port {} cannot be listened at: {}", dimse.listen_port, open.text()),
                "Give another dimse.listen_port, and enter it in the PACS.");
  }
  listener_ = std::thread([this] { acceptAssociations(); });
}

Receiver::~Receiver() {
  over_ = true;
  watch_.shut();
  listener_.join();
}

void Receiver::offerServices() {
  setEnableVerification();
  std::vector<std::string> syntaxes = compressedSyntaxes();
  const std::vector<std::string> plain = plainSyntaxes();
  syntaxes.insert(syntaxes.end(), plain.begin(), plain.end());
  for (const auto& sop_class : usualStorageClasses()) {
    addPresentationContext(sop_class.c_str(), asOfList(syntaxes));
  }
  // The peer reports as the provider of the service although the connection is its own.
  setAlwaysAcceptDefaultRole(OFTrue);
  addPresentationContext(UID_StorageCommitmentPushModelSOPClass, asOfList(plain), ASC_SC_ROLE_SCP);
}

void Receiver::expect(std::set<std::string> wanted, std::filesystem::path folder,
                      ObjectSink fetched) {
  const std::lock_guard lock(mutex_);
  wanted_ = std::move(wanted);
  folder_ = std::move(folder);
  fetched_ = std::move(fetched);
  failure_ = nullptr;
}

void Receiver::rethrow() {
  const std::lock_guard lock(mutex_);
  if (failure_) {
    std::rethrow_exception(std::exchange(failure_, nullptr));
  }
}

std::optional<CommitReport> Receiver::awaitReport(const std::string& transaction_uid, int wait_s) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(wait_s);
  std::unique_lock lock(mutex_);
  while (reports_.count(transaction_uid) == 0) {
    stop_.throwIfStopped();
    if (std::chrono::steady_clock::now() > end) {
      return std::nullopt;
    }
    changed_.wait_for(lock, std::chrono::milliseconds(100));
  }
  return reports_[transaction_uid];
}

OFBool Receiver::checkCalledAETitleAccepted(const OFString& called) {
  return called == getAETitle() ? OFTrue : OFFalse;
}

OFCondition Receiver::handleIncomingCommand(T_DIMSE_Message* message,
                                            const DcmPresentationContextInfo& context) {
  if (message->CommandField == DIMSE_C_STORE_RQ) {
    return takeObject(message->msg.CStoreRQ, context.presentationContextID);
  }
  if (message->CommandField == DIMSE_N_EVENT_REPORT_RQ) {
    return takeReport(message->msg.NEventReportRQ, context.presentationContextID);
  }
  return DcmSCP::handleIncomingCommand(message, context);
}

OFCondition Receiver::takeObject(T_DIMSE_C_StoreRQ& request, T_ASC_PresentationContextID context) {
  DcmDataset* received = nullptr;
  const OFCondition done = receiveSTORERequest(request, context, received);
  const std::unique_ptr<DcmDataset> dataset(received);
  if (done.bad() || !dataset) {
    return done;
  }
  return sendSTOREResponse(context, request, keepObject(*dataset));
}

Uint16 Receiver::keepObject(DcmDataset& dataset) {
  OFString uid;
  dataset.findAndGetOFString(DCM_SOPInstanceUID, uid);
  const std::lock_guard lock(mutex_);
  if (wanted_.count(uid.c_str()) == 0) {
    return STATUS_STORE_Error_CannotUnderstand;
  }
  // Nothing may be thrown through DCMTK.
  try {
    writeObject(dataset, folder_, uid.c_str());
    fetched_(uid.c_str());
  } catch (...) {
    failure_ = std::current_exception();
    return STATUS_STORE_Refused_OutOfResources;
  }
  return STATUS_Success;
}

OFCondition Receiver::takeReport(T_DIMSE_N_EventReportRQ& request,
                                 T_ASC_PresentationContextID context) {
  DcmDataset* received = nullptr;
  Uint16 event = 0;
  const OFCondition done = handleEVENTREPORTRequest(request, context, received, event);
  const std::unique_ptr<DcmDataset> dataset(received);
  if (done.good() && dataset) {
    OFString transaction;
    dataset->findAndGetOFString(DCM_TransactionUID, transaction);
    const std::lock_guard lock(mutex_);
    reports_[transaction.c_str()] = reportFrom(*dataset);
    changed_.notify_all();
  }
  return done;
}

}  // namespace neurovasc::pacs
