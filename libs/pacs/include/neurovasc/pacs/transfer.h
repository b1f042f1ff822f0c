#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "neurovasc/core/progress.h"
#include "neurovasc/pacs/config.h"
#include "neurovasc/pacs/connection.h"
#include "neurovasc/pacs/records.h"

/// What is done with a PACS: all of it tries again when a connection breaks (RetryOptions), and
/// what had arrived by then is not transferred again.
///
/// All throw Error(usage) for options, Error(network_refused) and Error(cancelled).
namespace neurovasc::pacs {

/// Whether the peer is there and takes us. Tried once: who asks wants to know of now.
void echo(const PacsConfig& config, const Progress& progress = {});

/// The studies that fit, in the order of the peer. None is no error. Throws MoreMatches
/// (connection.h) where the peer says that it holds some back.
std::vector<FoundStudy> findStudies(const PacsConfig& config, const StudyQuery& query,
                                    const Progress& progress = {});

/// The series of a study, and the objects of a series; none where the peer has no such.
std::vector<FoundSeries> findSeries(const PacsConfig& config, const std::string& study_instance_uid,
                                    const Progress& progress = {});
/// As findSeries(), with all that the peer tells of how they were made; which it may have to look
/// up in their images.
std::vector<DescribedSeries> describeSeries(const PacsConfig& config,
                                            const std::string& study_instance_uid,
                                            const Progress& progress = {});
std::vector<FoundInstance> findInstances(const PacsConfig& config,
                                         const std::string& study_instance_uid,
                                         const std::string& series_instance_uid,
                                         const Progress& progress = {});

struct FetchSummary {
  int fetched = 0;
  int already_there = 0;  ///< whole in the folder before
};

/// Brings a study into the folder @p output, for its owner alone (mode 0700). The folder appears
/// when every object is there; until then what has come is kept beside it ("<output>.partial"), and
/// the next call with the same output goes on from there.
///
/// Throws, beside the above, Error(output_unwritable) where @p output exists, and
/// Error(input_unreadable) where the peer has no such study.
FetchSummary fetchStudy(const PacsConfig& config, const std::string& study_instance_uid,
                        const std::filesystem::path& output, const Progress& progress = {});

/// What the DICOM file at each of @p paths is; folders are walked through, files that are no DICOM
/// are left out. Sorted by path. Throws Error(input_unreadable) for a path that is absent and for
/// paths without any DICOM file.
std::vector<ObjectFile> objectFiles(const std::vector<std::filesystem::path>& paths);

struct SendSummary {
  int sent = 0;
  int already_there = 0;  ///< the peer had an object of this UID, which is not sent again
  int committed = 0;      ///< of all of them, vouched for by the peer
};

/// Sends @p objects. One whose SOP Instance UID the peer has in the same series is taken to be
/// there: a UID stands for one content (PS3.5 annex B).
///
/// With Commitment::required, Error(network_refused) where the peer does not vouch for all.
SendSummary sendObjects(const PacsConfig& config, const std::vector<ObjectFile>& objects,
                        const Progress& progress = {});

}  // namespace neurovasc::pacs
