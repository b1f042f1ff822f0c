#pragma once

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmnet/scu.h>

#include <memory>
#include <string>
#include <vector>

#include "neurovasc/core/error.h"
#include "neurovasc/core/progress.h"
#include "neurovasc/pacs/config.h"
#include "tls_layer.h"

namespace neurovasc::pacs {

/// The peer does not offer a service; another one may do.
class NotOffered : public Error {
 public:
  explicit NotOffered(const std::string& message)
      : Error(ErrorCode::network_refused, message,
              "Have it enabled for our title in the PACS, or take another way to reach it.") {}
};

/// One association with the peer, from open() until it goes out of scope. What DCMTK reports as
/// failed becomes an Error here, and a TransientFailure where another try may help.
class Association : public DcmSCU {
 public:
  Association(const PacsConfig& config, const StopToken& stop);
  ~Association() override;
  Association(const Association&) = delete;
  Association& operator=(const Association&) = delete;

  /// Proposes a SOP class in one presentation context; before open().
  void offer(const std::string& sop_class_uid, const std::vector<std::string>& transfer_syntaxes,
             T_ASC_SC_ROLE role = ASC_SC_ROLE_DEFAULT);
  void open();
  /// The usual end; after it the peer has answered everything.
  void release();

  /// The presentation context that was agreed on for @p sop_class_uid. Throws NotOffered where the
  /// peer does not offer @p service.
  T_ASC_PresentationContextID contextOf(const std::string& sop_class_uid, const char* service);

  /// Throws unless @p done: cancelled, where a stop was requested, else about the connection.
  void require(const OFCondition& done);

 private:
  std::string peer() const;
  /// What the peer says of an association that it rejects: DcmSCU does not keep it.
  [[noreturn]] void throwRejected();

  const PacsConfig& config_;
  const DimseOptions& dimse_;
  StopToken stop_;
  SocketWatch watch_;
  std::unique_ptr<DcmTransportLayer> layer_;
};

/// The uncompressed transfer syntaxes, explicit little endian first.
std::vector<std::string> plainSyntaxes();

}  // namespace neurovasc::pacs
