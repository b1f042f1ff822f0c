#include "neurovasc/archive/manifest.h"

#include <charconv>
#include <fstream>
#include <iterator>
#include <sstream>

#include "neurovasc/core/enum_names.h"
#include "neurovasc/core/error.h"
#include "private_file.h"
#include "table_text.h"

namespace neurovasc::archive {
namespace {

constexpr EnumNames<InputKind, 6> kKinds{{{{InputKind::folder, "folder"},
                                           {InputKind::container, "container"},
                                           {InputKind::list, "list"},
                                           {InputKind::volumes, "volumes"},
                                           {InputKind::pacs, "pacs"},
                                           {InputKind::results, "results"}}}};
constexpr std::string_view kHeader =
    "job\tinput_kind\tinput\tfiles\tbytes\toptions_hash\targuments";
constexpr std::size_t kColumns = 7;

[[noreturn]] void refuse(std::size_t line, const std::string& cause) {
  throw Error(ErrorCode::input_unreadable, "manifest, line " + std::to_string(line) + ": " + cause,
              "Write it anew with 'neurovasc archive plan --manifest FILE'.");
}

template <typename Number>
Number numberIn(const std::string& text, std::size_t line, const char* column) {
  Number value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) {
    refuse(line, std::string(column) + " is no number");
  }
  return value;
}

std::vector<std::string> wordsOf(const std::string& text) {
  std::istringstream stream(text);
  return {std::istream_iterator<std::string>(stream), {}};
}

ManifestRow rowFrom(const std::vector<std::string>& cells, std::size_t line) {
  if (cells.size() != kColumns) {
    refuse(line, std::to_string(cells.size()) + " columns in place of 7");
  }
  const auto kind = kKinds.parse(cells[1]);
  if (!kind) {
    refuse(line, "input_kind is none of folder, container, list, volumes, pacs, results");
  }
  // It becomes a file name.
  if (cells[0].empty() || cells[0].find_first_not_of("0123456789abcdef-") != std::string::npos) {
    refuse(line, "job is no key of a study");
  }
  ManifestRow row;
  row.job = cells[0];
  row.input_kind = *kind;
  row.input = cells[2];
  row.files = numberIn<std::size_t>(cells[3], line, "files");
  row.bytes = numberIn<std::uint64_t>(cells[4], line, "bytes");
  row.options_hash = cells[5];
  row.arguments = wordsOf(cells[6]);
  return row;
}

}  // namespace

std::string_view name(InputKind kind) { return kKinds.name(kind); }

std::string toTsv(const std::vector<ManifestRow>& rows) {
  std::string text = std::string(kHeader) + "\n";
  for (const ManifestRow& row : rows) {
    std::string arguments;
    for (const std::string& argument : row.arguments) {
      arguments += (arguments.empty() ? "" : " ") + argument;
    }
    text +=
        tableLine({row.job, std::string(name(row.input_kind)), row.input, std::to_string(row.files),
                   std::to_string(row.bytes), row.options_hash, arguments});
  }
  return text;
}

std::vector<ManifestRow> manifestFromTsv(std::string_view text) {
  std::istringstream lines{std::string(text)};
  std::string line;
  std::getline(lines, line);
  if (line != kHeader) {
    refuse(1, "not the header of a manifest");
  }
  std::vector<ManifestRow> rows;
  for (std::size_t number = 2; std::getline(lines, line); ++number) {
    rows.push_back(rowFrom(tableCells(line), number));
  }
  return rows;
}

void writeManifest(const std::filesystem::path& file, const std::vector<ManifestRow>& rows) {
  replacePrivateFile(file, toTsv(rows));
}

std::vector<ManifestRow> readManifest(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  if (!in) {
    throw Error(ErrorCode::input_unreadable, file.string() + ": cannot be read",
                "Check the path given with --manifest.");
  }
  return manifestFromTsv(text);
}

}  // namespace neurovasc::archive
