#pragma once

#include <optional>
#include <string>

#include "arguments.h"
#include "neurovasc/pacs/config.h"
#include "neurovasc/pipeline/analyze.h"
#include "neurovasc/pipeline/pacs.h"

namespace neurovasc::app {

/// --from-pacs, --to-pacs and what belongs to them.
po::options_description pacsRoundOptions();

/// One analysis with a PACS at either end, or at none: the study fetched before, the result sent
/// after. The study stands in "<OUT>.study", or where --fetch-to says, meanwhile, for its owner
/// alone; it is removed when all is done, and found again by a run that follows one that did not
/// get so far.
class PacsRound {
 public:
  /// Throws Error(usage) for options that do not fit together, and what the configurations throw:
  /// before anything is fetched.
  PacsRound(const Arguments& arguments, const std::string& output);

  /// Fetches the study, where it comes from a PACS, and returns its path; else empty.
  std::string fetch(const Progress& progress) const;
  /// Sends the result back, or what became of the study where there is nothing to send, where it
  /// goes to a PACS. Returns a sentence for people; empty where nothing goes anywhere.
  std::string finish(const pipeline::AnalyzeOutcome& outcome, const Progress& progress) const;
  /// Sends a page that says why the analysis failed, where that was asked for and the cause lies in
  /// the study.
  void notify(const Error& error, const Progress& progress) const;

 private:
  void sendNotice(const std::string& meaning, const std::string& message,
                  const Progress& progress) const;
  void removeStudy() const;

  std::string output_;
  std::string study_uid_;  ///< empty: the study is a path
  std::string study_folder_;
  bool notify_ = false;
  std::optional<pacs::PacsConfig> source_;
  std::optional<pacs::PacsConfig> destination_;
  pipeline::SendOptions send_;
};

}  // namespace neurovasc::app
