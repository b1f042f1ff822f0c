#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "command.h"
#include "neurovasc/pacs/transfer.h"
#include "pacs_options.h"

namespace neurovasc::app {
namespace {

using Json = nlohmann::ordered_json;

po::options_description findOptions() {
  po::options_description options = pacsOptions();
  options.add(queryOptions());
  po::options_description own("Output");
  own.add_options()("identity", flagValue(),
                    "show who the patients are as well: UIDs, names, identifiers, dates");
  options.add(own);
  return options;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) {
    text += (text.empty() ? "" : ",") + word;
  }
  return text;
}

Json asJson(int number, const pacs::FoundStudy& study, bool identity) {
  Json json = {{"number", number},
               {"modalities", study.modalities},
               {"series", study.series},
               {"images", study.instances}};
  if (identity) {
    json["study_instance_uid"] = study.study_instance_uid;
    json["patient_id"] = study.patient_id;
    json["patient_name"] = study.patient_name;
    json["study_date"] = study.study_date;
    json["study_time"] = study.study_time;
    json["study_description"] = study.study_description;
    json["accession_number"] = study.accession_number;
  }
  return json;
}

std::string asLine(int number, const pacs::FoundStudy& study, bool identity) {
  std::string line = fmt::format("{:>4}  {:<12} {:>6} {:>7}", number, joined(study.modalities),
                                 study.series, study.instances);
  if (identity) {
    line += fmt::format("  {}  {}  {}  {}  {}", study.study_date, study.patient_id,
                        study.patient_name, study.study_description, study.study_instance_uid);
  }
  return line;
}

int run(const Arguments& arguments, const Terminal& terminal, const StopToken& stop) {
  const auto studies =
      pacs::findStudies(pacsConfig(arguments), studyQuery(arguments), terminal.progress(stop));
  const bool identity = arguments.flag("identity");
  Json list = Json::array();
  std::string text = "   N  modalities   series  images";
  int number = 0;
  for (const auto& study : studies) {
    ++number;
    list.push_back(asJson(number, study, identity));
    text += "\n" + asLine(number, study, identity);
  }
  // What a PACS gives may be no UTF-8 after all; that is no reason to show nothing.
  terminal.result(arguments.json() ? list.dump(2, ' ', false, Json::error_handler_t::replace)
                                   : (studies.empty() ? "no study fits" : text));
  return 0;
}

}  // namespace

Command pacsFindCommand() {
  return {
      {"pacs find",
       "pacs find --pacs-config FILE (--study-uid UID | --patient-id ID | --study-date DATE ...)",
       "List the studies of a PACS that fit, without saying whose they are.",
       findOptions(),
       {}},
      run};
}

}  // namespace neurovasc::app
