#pragma once

#include <filesystem>

namespace neurovasc::testing {

/// The invented patient of the sample study. The words are long enough not to occur by chance.
struct Patient {
  const char* surname = "Quillfeather";
  const char* first_name = "Octavia";
  const char* id = "QX7743190";
  const char* accession = "ACC5520917";
  const char* birth_date = "19611227";
  const char* study_date = "20230419";
  const char* physician = "Brackenthwaite";
  const char* institution = "Thistlemoor";
  const char* secret = "Zephyrwick4411";  ///< in private elements and comments
};
inline constexpr Patient kPatient;

/// Writes the patient into every DICOM file below @p folder: into the fields that are for it, into
/// every text element that is there or could be (of PS3.6's common groups), into sequences,
/// comments and private elements.
void plantPatient(const std::filesystem::path& folder);

}  // namespace neurovasc::testing
