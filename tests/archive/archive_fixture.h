#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "dicom/test_files.h"
#include "neurovasc/archive/catalogue.h"
#include "neurovasc/archive/index.h"
#include "support/temporary_folder.h"

namespace neurovasc::testing {

inline std::string contentOf(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// A slice of a study that can be analysed as far as its headers tell.
inline TestSlice sliceOf(const std::string& patient, const std::string& uid,
                         const std::string& date = "20250203") {
  TestSlice slice;
  slice.patient_id = patient;
  slice.study_uid = uid;
  slice.series_uid = uid + ".3";
  slice.study_date = date;
  return slice;
}

/// A folder with studies, and a catalogue of it.
class ArchiveTest : public ::testing::Test {
 protected:
  ArchiveTest()
      : root_(scratch_.path() / "root"),
        key_(result::SiteKey::readOrMake(scratch_.path("site.key"))),
        catalogue_(scratch_.path("c.db"), archive::Catalogue::Access::make) {
    std::filesystem::create_directory(root_);
  }

  archive::IndexSummary index() { return archive::indexArchive(catalogue_, {root_}, key_); }

  std::string keyOf(const std::string& patient, const std::string& uid) const {
    return key_.hash("study\n" + patient + "\n" + uid);
  }

  std::vector<archive::StudyRow> studies() const {
    std::vector<archive::StudyRow> rows;
    catalogue_.forEachStudy([&rows](const archive::StudyRow& row) { rows.push_back(row); });
    return rows;
  }

  TemporaryFolder scratch_;
  std::filesystem::path root_;
  result::SiteKey key_;
  archive::Catalogue catalogue_;
};

}  // namespace neurovasc::testing
