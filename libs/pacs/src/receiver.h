#pragma once

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmnet/scp.h>

#include <condition_variable>
#include <exception>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "neurovasc/pacs/connection.h"
#include "tls_layer.h"

namespace neurovasc::pacs {

/// What a peer said of a storage commitment.
struct CommitReport {
  std::vector<std::string> kept;  ///< SOP Instance UIDs
};

/// Listens while it exists, for the objects of a C-MOVE and for the reports of storage commitments.
/// Takes only what was asked for.
class Receiver : private DcmSCP {
 public:
  /// Throws Error(network_refused) where the port cannot be listened at.
  Receiver(const PacsConfig& config, const StopToken& stop);
  ~Receiver() override;

  /// From now on objects of @p wanted go into @p folder, each told to @p fetched.
  void expect(std::set<std::string> wanted, std::filesystem::path folder, ObjectSink fetched);
  /// Throws what writing or @p fetched threw since expect().
  void rethrow();

  /// The report of @p transaction_uid, once it is there; nothing after @p wait_s.
  std::optional<CommitReport> awaitReport(const std::string& transaction_uid, int wait_s);

 private:
  OFCondition handleIncomingCommand(T_DIMSE_Message* message,
                                    const DcmPresentationContextInfo& context) override;
  OFBool checkCalledAETitleAccepted(const OFString& called) override;
  OFBool stopAfterConnectionTimeout() override { return over_ ? OFTrue : OFFalse; }
  OFBool stopAfterCurrentAssociation() override { return over_ ? OFTrue : OFFalse; }

  OFCondition takeObject(T_DIMSE_C_StoreRQ& request, T_ASC_PresentationContextID context);
  OFCondition takeReport(T_DIMSE_N_EventReportRQ& request, T_ASC_PresentationContextID context);
  Uint16 keepObject(DcmDataset& dataset);
  void offerServices();

  StopToken stop_;
  SocketWatch watch_;
  std::unique_ptr<DcmTransportLayer> layer_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::set<std::string> wanted_;
  std::filesystem::path folder_;
  ObjectSink fetched_;
  std::exception_ptr failure_;
  std::map<std::string, CommitReport> reports_;
  std::atomic<bool> over_{false};
  std::thread listener_;
};

/// SOP classes that a study of a head and its findings may hold.
const std::vector<std::string>& usualStorageClasses();

/// Compressed transfer syntaxes in which a peer may have images; they are kept as they are.
const std::vector<std::string>& compressedSyntaxes();

}  // namespace neurovasc::pacs
