#pragma once

#include <filesystem>
#include <fstream>
#include <string>

#include "archive_fixture.h"
#include "database.h"
#include "neurovasc/archive/plan.h"
#include "neurovasc/core/version.h"
#include "neurovasc/result/assessment_json.h"
#include "neurovasc/result/result_folder.h"
#include "result/sample_assessments.h"

namespace neurovasc::testing {

/// A catalogue with studies that have results, as `archive run` leaves them.
class CohortTest : public ArchiveTest {
 protected:
  /// A study that was analysed: @p assessment lies in OUT/results/KEY. Gives the study's key.
  std::string analysed(const std::string& patient, const std::string& uid,
                       const Assessment& assessment = richAssessment()) {
    const std::string key = added(patient, uid);
    const std::string text = result::toJson(assessment);
    const auto folder = results_ / "results" / key;
    std::filesystem::create_directories(folder / "volumes");
    std::ofstream(folder / "assessment.json") << text;
    std::ofstream(folder / "volumes/t2.nii.gz") << "T2 of " << uid;
    std::ofstream(folder / "volumes/tof.nii.gz") << "TOF of " << uid;
    noteJob(key, "done", "", "results/" + key);
    catalogue_.database()
        .prepare("INSERT OR REPLACE INTO results VALUES (?, ?)")
        .run(key, result::sha256(text));
    return key;
  }

  /// A study that was tried.
  std::string failed(const std::string& patient, const std::string& uid, const std::string& code) {
    const std::string key = added(patient, uid);
    noteJob(key, "failed", code, "");
    return key;
  }

  std::string added(const std::string& patient, const std::string& uid) {
    writeStack(root_ / uid, sliceOf(patient, uid));
    index();
    return keyOf(patient, uid);
  }

  archive::Plan plan() const { return archive::makePlan(catalogue_, {}); }

  std::string shaOf(const std::string& key) const {
    return result::sha256OfFile(results_ / "results" / key / "assessment.json");
  }

  std::filesystem::path results_ = scratch_.path() / "out";

 private:
  void noteJob(const std::string& key, const std::string& state, const std::string& code,
               const std::string& folder) {
    const auto study = catalogue_.study(key);
    catalogue_.database()
        .prepare("INSERT OR REPLACE INTO jobs VALUES (?, ?, 1, 0, ?, '', ?, ?, ?, ?, 1, 1, ?)")
        .run(key, state, code, version(), archive::optionsHash(archive::analyzeArguments({})),
             static_cast<std::int64_t>(study.value().files),
             static_cast<std::int64_t>(study.value().bytes), folder);
  }
};

}  // namespace neurovasc::testing
