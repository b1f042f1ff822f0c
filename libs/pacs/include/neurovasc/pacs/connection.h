#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "neurovasc/core/error.h"
#include "neurovasc/core/progress.h"
#include "neurovasc/pacs/config.h"
#include "neurovasc/pacs/records.h"

namespace neurovasc::pacs {

/// A DICOM file and what has to be known to send it.
struct ObjectFile {
  std::filesystem::path path;
  std::string sop_class_uid;
  std::string sop_instance_uid;
  std::string transfer_syntax_uid;
  std::string study_instance_uid;
  std::string series_instance_uid;
};

/// The peer says that more fits than it hands out at once: to be asked for less at a time.
class MoreMatches : public Error {
 public:
  MoreMatches();
};

/// Called with the SOP Instance UID of each object once it is whole where it was to go.
using ObjectSink = std::function<void(const std::string& sop_instance_uid)>;

/// A peer, over DIMSE or DICOMweb. Each function does its work once, without trying again: the
/// functions in transfer.h do that, and are what most callers want.
///
/// All throw Error(network_refused), whose message says what the peer refused or where the
/// connection broke, without identity; and Error(cancelled) within 2 s of a stop.
class PacsConnection {
 public:
  virtual ~PacsConnection() = default;

  /// Whether the peer is there and takes us (C-ECHO; over the web a query for nothing).
  virtual void echo() = 0;

  /// Throws MoreMatches where the peer says that it holds some back; so do all that find.
  virtual std::vector<FoundStudy> findStudies(const StudyQuery& query) = 0;
  virtual std::vector<FoundSeries> findSeries(const std::string& study_instance_uid) = 0;
  virtual std::vector<DescribedSeries> describeSeries(const std::string& study_instance_uid) = 0;
  virtual std::vector<FoundInstance> findInstances(const std::string& study_instance_uid,
                                                   const std::string& series_instance_uid) = 0;

  /// Brings @p wanted, all of one series, into @p folder as objectFileName() says, in the transfer
  /// syntax in which the peer has them. A file is whole or not there. Returns without an error also
  /// where the peer left some out.
  virtual void fetch(const std::string& study_instance_uid,
                     const std::vector<FoundInstance>& wanted, const std::filesystem::path& folder,
                     const ObjectSink& fetched) = 0;

  /// Sends @p objects one by one. An object that the peer refuses ends it with an error that says
  /// why; those before it have been confirmed to @p stored.
  virtual void store(const std::vector<ObjectFile>& objects, const ObjectSink& stored) = 0;

  /// Asks the peer whether it keeps @p objects, and returns the SOP Instance UIDs of those that it
  /// vouches for. Over the web storing is keeping.
  virtual std::vector<std::string> commit(const std::vector<ObjectFile>& objects) = 0;

  /// Whether commit() means anything: the peer is asked only where it can answer.
  virtual Commitment commitment() const = 0;
};

/// The connection that @p config describes. Nothing is sent before the first call.
/// Throws what validate() throws.
std::unique_ptr<PacsConnection> connect(const PacsConfig& config, const Progress& progress);

/// The name of a fetched object's file: from a hash of its UID, so that the name tells nobody
/// anything and is the same at the next try.
std::string objectFileName(std::string_view sop_instance_uid);

}  // namespace neurovasc::pacs
