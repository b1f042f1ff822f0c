#include "dimse_association.h"

#include <dcmtk/dcmdata/dcuid.h>
#include <dcmtk/dcmnet/assoc.h>
#include <dcmtk/dcmnet/cond.h>
#include <fmt/format.h>

#include <utility>

#include "object_file.h"
#include "retry.h"

namespace neurovasc::pacs {
namespace {

struct Rejection {
  bool transient = false;
  std::string reason;
  std::string hint;
};

Rejection explained(const T_ASC_RejectParameters& rejected) {
  switch (rejected.reason) {
    case ASC_REASON_SU_CALLEDAETITLENOTRECOGNIZED:
      return {false, "it is not called so", "Check dimse.ae_title with who runs the PACS."};
    case ASC_REASON_SU_CALLINGAETITLENOTRECOGNIZED:
      return {false, "it does not know us",
              "Have dimse.our_ae_title and this machine's address entered in the PACS."};
    default:
      return {rejected.result == ASC_RESULT_REJECTEDTRANSIENT, "it gives no reason that helps",
              "Ask who runs the PACS."};
  }
}

/// Frees what DCMTK's C interface makes.
struct NetworkDeleter {
  void operator()(T_ASC_Network* network) const { ASC_dropNetwork(&network); }
};
struct AssociationDeleter {
  void operator()(T_ASC_Association* association) const {
    ASC_abortAssociation(association);
    ASC_destroyAssociation(&association);
  }
};

/// Asks for an association once more, by the interface that tells why it is rejected.
Rejection askAgain(const PacsConfig& config, DcmTransportLayer* layer) {
  const DimseOptions& dimse = *config.dimse;
  T_ASC_Network* made = nullptr;
  T_ASC_Parameters* parameters = nullptr;
  if (ASC_initializeNetwork(NET_REQUESTOR, 0, config.timeouts.answer_s, &made).bad()) {
    return {};
  }
  const std::unique_ptr<T_ASC_Network, NetworkDeleter> network(made);
  ASC_setTransportLayer(made, layer, OFFalse);
  ASC_createAssociationParameters(&parameters, ASC_DEFAULTMAXPDU);
  ASC_setTransportLayerType(parameters, OFTrue);
  ASC_setAPTitles(parameters, dimse.our_ae_title.c_str(), dimse.ae_title.c_str(), nullptr);
  ASC_setPresentationAddresses(parameters, "localhost",
                               fmt::format("{}:{}", dimse.host, dimse.port).c_str());
  const char* syntax = UID_LittleEndianImplicitTransferSyntax;
  ASC_addPresentationContext(parameters, 1, UID_VerificationSOPClass, &syntax, 1);
  T_ASC_Association* requested = nullptr;
  const OFCondition done = ASC_requestAssociation(made, parameters, &requested);
  const std::unique_ptr<T_ASC_Association, AssociationDeleter> association(requested);
  if (done != DUL_ASSOCIATIONREJECTED) {
    return {true, "and takes it at the next try", ""};
  }
  T_ASC_RejectParameters rejected{};
  ASC_getRejectParameters(parameters, &rejected);
  return explained(rejected);
}

}  // namespace

std::vector<std::string> plainSyntaxes() {
  return {UID_LittleEndianExplicitTransferSyntax, UID_LittleEndianImplicitTransferSyntax};
}

Association::Association(const PacsConfig& config, const StopToken& stop)
    : config_(config), dimse_(*config.dimse), stop_(stop), watch_(stop) {
  quietDcmtk();
  setAETitle(dimse_.our_ae_title.c_str());
  setPeerAETitle(dimse_.ae_title.c_str());
  setPeerHostName(dimse_.host.c_str());
  setPeerPort(static_cast<Uint16>(dimse_.port));
  setMaxReceivePDULength(ASC_MAXIMUMPDUSIZE);
  setDIMSEBlockingMode(DIMSE_NONBLOCKING);
  setDIMSETimeout(static_cast<Uint32>(config.timeouts.answer_s));
  setACSETimeout(static_cast<Uint32>(config.timeouts.answer_s));
  setConnectionTimeout(config.timeouts.connect_s);
  setDatasetConversionMode(OFTrue);
}

Association::~Association() {
  if (isConnected()) {
    abortAssociation();
  }
  watch_.forget();
}

void Association::offer(const std::string& sop_class_uid,
                        const std::vector<std::string>& transfer_syntaxes, T_ASC_SC_ROLE role) {
  OFList<OFString> syntaxes;
  for (const auto& syntax : transfer_syntaxes) {
    syntaxes.push_back(syntax.c_str());
  }
  require(addPresentationContext(sop_class_uid.c_str(), syntaxes, role));
}

void Association::open() {
  layer_ = makeLayer(dimse_.tls, dimse_.host, NET_REQUESTOR, watch_);
  require(initNetwork());
  // "Secure" is what DcmSCU calls any layer of one's own; ours may be plain TCP.
  require(useSecureConnection(layer_.get()));
  const OFCondition done = negotiateAssociation();
  stop_.throwIfStopped();
  if (done == DUL_ASSOCIATIONREJECTED) {
    throwRejected();
  }
  require(done);
}

void Association::release() {
  releaseAssociation();
  watch_.forget();
}

T_ASC_PresentationContextID Association::contextOf(const std::string& sop_class_uid,
                                                   const char* service) {
  const T_ASC_PresentationContextID id = findAnyPresentationContextID(sop_class_uid.c_str(), "");
  if (id == 0) {
    throw NotOffered(fmt::format("{} does not offer {}", peer(), service));
  }
  return id;
}

void Association::require(const OFCondition& done) {
  if (done.good()) {
    return;
  }
  stop_.throwIfStopped();
  if (done == NET_EC_NoAcceptablePresentationContexts) {
    throw NotOffered(fmt::format("{} offers nothing of what is needed", peer()));
  }
  if (done.code() == DULC_TLSERROR) {
    throw Error(ErrorCode::network_refused,
                fmt::format("no TLS connection to {}: {}", peer(), done.text()),
                "Check dimse.tls: ca must have signed the PACS's certificate, which must bear "
                "server_name or host; certificate and key must be ones that the PACS trusts.");
  }
  throw TransientFailure(fmt::format("the connection to {} failed: {}", peer(), done.text()),
                         "Check dimse.host, port and tls, and that the PACS runs.");
}

std::string Association::peer() const {
  return fmt::format("{} at {}:{}", dimse_.ae_title, dimse_.host, dimse_.port);
}

void Association::throwRejected() {
  const Rejection rejected = askAgain(config_, layer_.get());
  const std::string message =
      fmt::format("{} rejects the association: {}", peer(), rejected.reason);
  if (rejected.transient) {
    throw TransientFailure(message, rejected.hint);
  }
  throw Error(ErrorCode::network_refused, message, rejected.hint);
}

}  // namespace neurovasc::pacs
