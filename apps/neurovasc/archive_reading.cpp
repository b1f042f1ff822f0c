#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "archive_options.h"
#include "neurovasc/archive/agreement.h"
#include "neurovasc/archive/reading_list.h"
#include "text_file.h"

namespace neurovasc::app {
namespace {

po::options_description listOptions() {
  po::options_description options = catalogueOptions();
  options.add_options()("results", po::value<std::string>()->value_name("OUT"),
                        "folder that 'archive run' filled")(
      "seed", po::value<std::uint64_t>()->value_name("N"),
      "decides the order; as secret as the key")(
      "output,o", po::value<std::string>()->value_name("DIR"), "folder to make, for the readers")(
      "key", po::value<std::string>()->value_name("FILE"),
      "what each item is, for your eyes alone; by default DIR.key.tsv beside the folder")(
      "most", po::value<std::size_t>()->default_value(0)->value_name("N"),
      "so many studies, drawn by the seed; 0: all")("overwrite", flagValue(),
                                                    "replace an existing list and its key");
  return options;
}

int runList(const Arguments& arguments, const Terminal& terminal, const StopToken& stop) {
  const archive::Catalogue catalogue(arguments.required("catalog"),
                                     archive::Catalogue::Access::read);
  archive::ReadingListOptions options;
  if (!arguments.has("seed")) {
    throw Error(ErrorCode::usage, "--seed is missing", "Give a number, and keep it to yourself.");
  }
  options.seed = arguments.get<std::uint64_t>("seed");
  options.most_items = arguments.get<std::size_t>("most");
  const std::string output = arguments.required("output");
  const std::string key = arguments.find<std::string>("key").value_or(output + ".key.tsv");
  const archive::ReadingListSummary summary =
      archive::writeReadingList(catalogue, arguments.required("results"), output, key, options,
                                arguments.flag("overwrite"), terminal.progress(stop));
  terminal.note(fmt::format("{} items in {}, {} studies without volumes left out; the key is {}",
                            summary.items, output, summary.without_volumes, key));
  return 0;
}

po::options_description agreementOptions() {
  po::options_description options;
  options.add_options()("key", po::value<std::string>()->value_name("FILE"),
                        "what 'archive reading-list' wrote beside the list")(
      "readings", po::value<std::vector<std::string>>()->value_name("TSV"),
      "a filled in copy of readings.tsv of each reader, called READER.tsv; may stand without "
      "--readings");
  return options;
}

nlohmann::ordered_json orNull(const std::optional<double>& value) {
  return value ? nlohmann::ordered_json(*value) : nlohmann::ordered_json(nullptr);
}

std::string agreementJson(const std::vector<archive::AgreementRow>& rows) {
  nlohmann::ordered_json json = {{"schema", "neurovasc.archive-agreement/1"},
                                 {"rows", nlohmann::ordered_json::array()}};
  for (const archive::AgreementRow& row : rows) {
    json["rows"].push_back({{"scope", row.scope},
                            {"group", row.group},
                            {"raters", row.raters},
                            {"method", row.method},
                            {"items", row.kappa.items},
                            {"observed", row.kappa.observed},
                            {"expected", row.kappa.expected},
                            {"kappa", orNull(row.kappa.value)},
                            {"ci95_low", orNull(row.kappa.low)},
                            {"ci95_high", orNull(row.kappa.high)}});
  }
  return json.dump(2);
}

int runAgreement(const Arguments& arguments, const Terminal& terminal, const StopToken&) {
  const auto files = arguments.find<std::vector<std::string>>("readings");
  if (!files) {
    throw Error(ErrorCode::usage, "there are no readings",
                "Name a filled in copy of readings.tsv of each reader.");
  }
  const auto key = archive::keyFromTsv(textOf(arguments.required("key")));
  std::vector<archive::Readings> readers;
  for (const std::string& file : *files) {
    try {
      readers.push_back(
          {std::filesystem::path(file).stem().string(), archive::readingsFromTsv(textOf(file))});
    } catch (const Error& error) {
      throw error.within(file);
    }
  }
  const auto rows = archive::agreementOf(key, readers);
  terminal.result(arguments.json() ? agreementJson(rows) : archive::toTsv(rows));
  return 0;
}

}  // namespace

Command archiveReadingListCommand() {
  return {{"archive reading-list",
           "archive reading-list --catalog FILE --results OUT --seed N --output DIR [options]",
           "Make a blinded list for readers: volumes under numbers, in an order by seed, and a "
           "key for you alone.",
           listOptions(),
           {}},
          runList};
}

Command archiveAgreementCommand() {
  return {{"archive agreement",
           "archive agreement READINGS.tsv... --key FILE",
           "Say how far readers agree with each other and with the program: kappa with its 95 % "
           "interval, by zone and by side.",
           agreementOptions(),
           {"readings"},
           "readings"},
          runAgreement};
}

}  // namespace neurovasc::app
