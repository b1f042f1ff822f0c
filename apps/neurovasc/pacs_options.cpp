#include "pacs_options.h"

#include <fmt/format.h>

#include "neurovasc/pacs/transfer.h"

namespace neurovasc::app {

po::options_description pacsOptions() {
  po::options_description options("PACS");
  options.add_options()("pacs-config", po::value<std::string>()->value_name("FILE"),
                        "how the PACS is reached, YAML or JSON: see docs/pacs.md");
  return options;
}

po::options_description queryOptions() {
  po::options_description options("Study");
  options.add_options()("study-uid", po::value<std::string>()->value_name("UID"),
                        "Study Instance UID")(
      "patient-id", po::value<std::string>()->value_name("ID"), "may have wildcards * and ?")(
      "study-date", po::value<std::string>()->value_name("DATE"),
      "20250203, or a range: 20250101-20250331, 20250101-")(
      "accession-number", po::value<std::string>()->value_name("NUMBER"), "of the order")(
      "study-description", po::value<std::string>()->value_name("TEXT"),
      "may have wildcards * and ?")(
      "modality", po::value<std::string>()->default_value("MR")->value_name("CODE"),
      "one that the study holds; '' for any")(
      "number", po::value<int>()->value_name("N"),
      "which of the studies that fit, as 'pacs find' numbers them");
  return options;
}

pacs::PacsConfig pacsConfig(const Arguments& arguments) {
  return pacs::readPacsConfig(arguments.required("pacs-config"));
}

pacs::StudyQuery studyQuery(const Arguments& arguments) {
  const auto text = [&](const char* option) {
    return arguments.find<std::string>(option).value_or("");
  };
  pacs::StudyQuery query;
  query.study_instance_uid = text("study-uid");
  query.patient_id = text("patient-id");
  query.study_date = text("study-date");
  query.accession_number = text("accession-number");
  query.study_description = text("study-description");
  query.modality = text("modality");
  return query;
}

std::string chosenStudy(const Arguments& arguments, const pacs::PacsConfig& config,
                        const Progress& progress) {
  const auto number = arguments.find<int>("number");
  const auto studies = pacs::findStudies(config, studyQuery(arguments), progress);
  if (studies.empty()) {
    throw Error(ErrorCode::input_unreadable, "the PACS has no study that fits",
                "See 'neurovasc pacs find', and --modality.");
  }
  if (!number && studies.size() > 1) {
    throw Error(ErrorCode::usage, fmt::format("{} studies fit", studies.size()),
                "Say which one with --number, as 'neurovasc pacs find' numbers them.");
  }
  const int chosen = number.value_or(1);
  if (chosen < 1 || chosen > static_cast<int>(studies.size())) {
    throw Error(ErrorCode::usage, fmt::format("--number {}: the studies that fit are 1 to {}",
                                              chosen, studies.size()));
  }
  return studies[static_cast<std::size_t>(chosen) - 1].study_instance_uid;
}

}  // namespace neurovasc::app
