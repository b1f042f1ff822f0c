#pragma once

#include <string>
#include <vector>

#include "neurovasc/core/progress.h"

namespace neurovasc::pipeline {

/// Analysis of a BIDS dataset, as a BIDS-App does it: first every participant, which may run side
/// by side, then the group.
struct BidsRequest {
  std::string dataset;  ///< the raw dataset
  std::string output;   ///< the derivative dataset to make or to go on with
  /// Labels, with or without "sub-"; empty: all.
  std::vector<std::string> participants;
  /// Labels of sessions in order of time, with or without "ses-", for datasets whose sessions.tsv
  /// does not tell; empty: by acq_time there.
  std::vector<std::string> session_order;
  bool pictures = true;
  bool page = true;
  bool pdf = true;
  int threads = 0;  ///< 0: one per processor; results do not depend on it
};

/// Throws Error(usage) naming the option.
void validate(const BidsRequest& request);

struct BidsOutcome {
  int done = 0;                       ///< sessions and comparisons made now; of the group: tables
  int kept = 0;                       ///< those that were there already
  std::vector<std::string> failures;  ///< "sub-01 ses-preop: what went wrong"
};

/// Analyses every session that is not done yet, and compares the sessions of a participant where
/// their order in time is known: by session_order or by sessions.tsv. What fails is left out and
/// said; the rest goes on. Writes into the output:
///
///   sub-<label>/[ses-<label>/]anat/   images, labels, tables, reports (interop/bids_derivative.h)
///   sub-<label>/sub-<label>_desc-nvc_comparison.json, _report.html of the comparison
///   sourcedata/neurovasc/             the result folders of analyze and compare themselves
///
/// A session's folder appears whole or not at all, and what is there is not made again.
///
/// Throws Error: usage (no such participant or session), input_unreadable (no BIDS dataset),
/// output_unwritable, cancelled.
BidsOutcome bidsParticipants(const BidsRequest& request, const Progress& progress);

/// Folds what the participants left into group_contacts.tsv, group_sides.tsv and
/// group_outcomes.tsv, with participant_id and session_id before each row. Throws
/// Error(input_unreadable) where there is nothing to fold.
BidsOutcome bidsGroup(const BidsRequest& request, const Progress& progress);

}  // namespace neurovasc::pipeline
