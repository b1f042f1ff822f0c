#include "text_header.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>
#include <map>
#include <string_view>

#include "neurovasc/core/error.h"

namespace neurovasc::imaging {
namespace {

/// Keys of a header, in lower case, with their values.
using Fields = std::map<std::string, std::string>;

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r";
  const std::size_t begin = text.find_first_not_of(kBlanks);
  const std::size_t end = text.find_last_not_of(kBlanks);
  return begin == std::string_view::npos ? std::string_view{} : text.substr(begin, end - begin + 1);
}

std::string lowered(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

/// The lines "key<separator>value" up to the first empty line or the line of @p last_key, behind
/// which there are voxels.
Fields fieldsOf(const std::string& path, char separator, std::string_view last_key) {
  constexpr int kMostLines = 10000;
  Fields fields;
  std::ifstream file(path, std::ios::binary);
  std::string line;
  for (int n = 0; n < kMostLines && std::getline(file, line); ++n) {
    const std::string_view text = trimmed(line);
    const std::size_t at = text.find(separator);
    if (text.empty()) {
      break;
    }
    if (at == std::string_view::npos) {
      continue;
    }
    const std::string key = lowered(trimmed(text.substr(0, at)));
    fields.emplace(key, trimmed(text.substr(at + 1)));
    if (key == last_key) {
      break;
    }
  }
  return fields;
}

[[noreturn]] void refuse(const std::string& path, const std::string& problem,
                         const std::string& hint) {
  throw Error(ErrorCode::inconsistent_geometry,
              path + ": " + problem + ", so left and right are unknown", hint);
}

}  // namespace

void requireNrrdOrientation(const std::string& path) {
  constexpr std::array<std::string_view, 6> kSpaces = {"left-posterior-superior", "lps",
                                                       "right-anterior-superior", "ras",
                                                       "left-anterior-superior",  "las"};
  const Fields fields = fieldsOf(path, ':', {});
  const auto space = fields.find("space");
  const bool known = space != fields.end() && std::find(kSpaces.begin(), kSpaces.end(),
                                                        lowered(space->second)) != kSpaces.end();
  if (!known || fields.count("space directions") == 0) {
    refuse(path, "the NRRD header gives no patient space with directions",
           "Save it again with 'space: left-posterior-superior' (or RAS, LAS) and 'space "
           "directions', as 3D Slicer does.");
  }
}

void requireMetaImageOrientation(const std::string& path) {
  const Fields fields = fieldsOf(path, '=', "elementdatafile");
  const bool has_axes =
      fields.count("transformmatrix") + fields.count("orientation") + fields.count("rotation") > 0;
  const auto letters = fields.find("anatomicalorientation");
  if (!has_axes || letters == fields.end() || letters->second.find('?') != std::string::npos) {
    refuse(path, "the MetaImage header gives no TransformMatrix or no AnatomicalOrientation",
           "Convert the series from its DICOM files again, or save it as NIfTI or NRRD with its "
           "orientation.");
  }
}

}  // namespace neurovasc::imaging
