// The index of a PACS, which is played by an Orthanc of the test's own.

#include "neurovasc/archive/pacs_index.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "archive_fixture.h"
#include "neurovasc/archive/plan.h"
#include "neurovasc/pacs/transfer.h"
#include "pacs/dcmqrscp.h"
#include "pacs/orthanc.h"

namespace neurovasc::archive {
namespace {

namespace fs = std::filesystem;
using testing::contentOf;
using testing::errorOf;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::Orthanc;
using testing::sliceOf;
using testing::TestSlice;
using testing::writeSlice;
using testing::writeStack;

/// How a test reaches Orthanc.
enum class Way { dimse, web };

class ArchivePacsIndex : public testing::ArchiveTest, public ::testing::WithParamInterface<Way> {
 protected:
  void start(int most_answers = 0) { orthanc_.emplace(Orthanc::Connection::plain, most_answers); }

  /// The same name whichever way is taken.
  pacs::PacsConfig config(Way way) const {
    pacs::PacsConfig config = way == Way::web ? orthanc_->web() : orthanc_->dimse();
    config.name = "test-archive";
    config.retries.attempts = 2;
    return config;
  }

  PacsIndexSummary ask(PacsIndexOptions options, const Progress& progress = {}) {
    return indexPacs(catalogue_, config(GetParam()), key_, options, progress);
  }
  PacsIndexSummary ask(const std::string& dates = "20250201-20250205") {
    PacsIndexOptions options;
    options.study_date = dates;
    return ask(options);
  }

  void send(const TestSlice& slice) {
    const fs::path folder = scratch_.path() / ("sent" + std::to_string(++sent_));
    writeStack(folder, slice);
    pacs::sendObjects(orthanc_->dimse(), pacs::objectFiles({folder}));
    fs::remove_all(folder);
  }

  /// @p number tells studies apart, and those of one day by an hour each.
  static TestSlice studyOf(int number, const std::string& date = "20250203") {
    TestSlice slice = atHour(
        10 + number, sliceOf("P" + std::to_string(number), "1.2." + std::to_string(number), date));
    return slice;
  }

  static TestSlice atHour(int hour, TestSlice slice) {
    slice.edit = [hour](DcmDataset& dataset) {
      dataset.putAndInsertString(DCM_StudyTime, (std::to_string(hour) + "0000").c_str());
    };
    return slice;
  }

  std::size_t present() const { return catalogue_.totals().studies; }

  std::optional<Orthanc> orthanc_;
  int sent_ = 0;
};

std::string nameOf(const ::testing::TestParamInfo<Way>& info) {
  return info.param == Way::web ? "OverTheWeb" : "OverDimse";
}

INSTANTIATE_TEST_SUITE_P(Ways, ArchivePacsIndex, ::testing::Values(Way::dimse, Way::web), nameOf);

TEST_P(ArchivePacsIndex, NotesWhatThePacsTellsOfItsStudies) {
  NEUROVASC_NEEDS_ORTHANC();
  start();
  send(studyOf(1));
  TestSlice second = studyOf(2, "20250204");
  send(second);
  second.series_uid += ".7";
  second.series_number = 7;
  second.description = "Erika 3D TOF";
  second.repetition_time_ms = 25;
  second.echo_time_ms = 4;
  second.flip_angle_deg = 20;
  send(second);
  send(studyOf(3, "20250301"));
  const PacsIndexSummary summary = ask();
  EXPECT_EQ(summary.studies_met, 2U) << "one is of another month";
  EXPECT_EQ(summary.studies_asked, 2U);
  EXPECT_EQ(summary.totals.at_pacs, 2U);
  EXPECT_EQ(summary.totals.series, 3U);
  EXPECT_EQ(summary.totals.files, 0U);
  const auto study = catalogue_.study(keyOf("p2", "1.2.2"));
  ASSERT_TRUE(study);
  EXPECT_EQ(study->source, StudySource::pacs);
  EXPECT_EQ(study->pacs_node, "test-archive");
  EXPECT_EQ(study->study_uid, "1.2.2");
  EXPECT_EQ(study->files, 12U);
  ASSERT_EQ(study->series.size(), 2U);
  EXPECT_EQ(study->series[0].number, 3);
  EXPECT_EQ(study->series[0].role, SeriesRole::cisternography);
  EXPECT_EQ(study->series[0].slices, 6);
  EXPECT_TRUE(study->series[0].chosen);
  EXPECT_EQ(study->series[1].role, SeriesRole::tof);
  EXPECT_EQ(study->series[1].description, "3D TOF");
  EXPECT_EQ(catalogue_.integrityProblem(), "");
}

TEST_P(ArchivePacsIndex, KeepsNothingOfThePatient) {
  NEUROVASC_NEEDS_ORTHANC();
  start();
  TestSlice slice = sliceOf("QX7743190", "1.2.1");
  slice.patient_name = "Quillfeather^Octavia";
  slice.birth_date = "19611227";
  slice.description = "ciss Quillfeather QX7743190";
  send(slice);
  ask();
  ASSERT_EQ(present(), 1U);
  for (const char* file : {"c.db", "c.db-wal"}) {
    const std::string bytes = contentOf(scratch_.path(file));
    for (const char* word : {"QX7743190", "uillfeather", "Octavia", "19611227", "20250203",
                             "correct horse", "tester"}) {
      EXPECT_THAT(bytes, Not(HasSubstr(word))) << file;
    }
  }
}

TEST_P(ArchivePacsIndex, AsksForSeriesOnlyWhereSomethingChanged) {
  NEUROVASC_NEEDS_ORTHANC();
  start();
  send(studyOf(1));
  TestSlice second = studyOf(2);
  send(second);
  EXPECT_EQ(ask().studies_asked, 2U);
  const PacsIndexSummary again = ask();
  EXPECT_EQ(again.studies_asked, 0U);
  EXPECT_EQ(again.studies_met, 2U);
  second.series_uid += ".7";
  second.series_number = 7;
  send(second);
  EXPECT_EQ(ask().studies_asked, 1U);
  EXPECT_EQ(catalogue_.study(keyOf("p2", "1.2.2"))->files, 12U);
}

TEST_P(ArchivePacsIndex, GoesOnWhereItWasStopped) {
  NEUROVASC_NEEDS_ORTHANC();
  start();
  send(studyOf(1, "20250203"));
  send(studyOf(2, "20250204"));
  StopToken stop;
  const auto watch = [&stop](const ProgressEvent& event) {
    if (event.text.find("1 asked") != std::string_view::npos) {
      stop.requestStop();
    }
  };
  PacsIndexOptions options;
  options.study_date = "20250201-20250205";
  EXPECT_EQ(errorOf([&] { ask(options, Progress(watch, {}, stop)); }), ErrorCode::cancelled);
  EXPECT_EQ(present(), 1U);
  EXPECT_EQ(ask().studies_asked, 1U);
  EXPECT_EQ(present(), 2U);
}

TEST_P(ArchivePacsIndex, MarksAsGoneWhatLeftThePacsWithinWhatIsAsked) {
  NEUROVASC_NEEDS_ORTHANC();
  start();
  for (int number : {1, 2}) {
    send(studyOf(number));
  }
  send(studyOf(3, "20250301"));
  ask("20250201-20250331");
  EXPECT_EQ(present(), 3U);
  orthanc_->remove("1.2.1");
  orthanc_->remove("1.2.3");
  EXPECT_EQ(ask("20250201-20250228").studies_gone, 1U);
  EXPECT_EQ(present(), 2U) << "that of March was not asked for";
  EXPECT_EQ(ask("20250201-20250228").studies_gone, 0U);
  const Plan plan = makePlan(catalogue_, {});
  const auto gone = std::find_if(plan.studies.begin(), plan.studies.end(), [this](const auto& one) {
    return one.study.key == keyOf("p1", "1.2.1");
  });
  ASSERT_NE(gone, plan.studies.end());
  EXPECT_EQ(gone->exclusion, Exclusion::gone);
  EXPECT_EQ(ask("20250301").studies_gone, 1U);
  send(studyOf(1));
  EXPECT_EQ(ask("20250203").studies_asked, 1U) << "it is back";
  EXPECT_EQ(present(), 2U);
}

TEST_P(ArchivePacsIndex, AsksForOnePatientAlone) {
  NEUROVASC_NEEDS_ORTHANC();
  start();
  send(studyOf(1));
  send(studyOf(2));
  PacsIndexOptions options;
  options.patient_id = "P1";
  EXPECT_EQ(ask(options).studies_met, 1U);
  ask();
  orthanc_->remove("1.2.2");
  EXPECT_EQ(ask(options).studies_gone, 0U) << "of another patient";
  options.patient_id = "P2";
  EXPECT_EQ(ask(options).studies_gone, 1U);
}

TEST_P(ArchivePacsIndex, FindsAllStudiesOfAPacsThatHandsOutFew) {
  NEUROVASC_NEEDS_ORTHANC();
  start(3);
  for (int number = 1; number <= 5; ++number) {
    send(studyOf(number));
  }
  PacsIndexOptions options;
  options.study_date = "20250203";
  options.most_answers = 3;
  EXPECT_EQ(ask(options).studies_met, 5U);
  options.most_answers = 100;
  if (GetParam() == Way::dimse) {
    EXPECT_EQ(ask(options).studies_gone, 0U) << "it says itself that there is more";
  } else {
    EXPECT_EQ(errorOf([&] { ask(options); }), ErrorCode::network_refused);
  }
  EXPECT_EQ(present(), 5U) << "what is held back is not gone";
}

TEST_P(ArchivePacsIndex, SaysWhatToDoWhereThePacsCannotBeAskedForLess) {
  NEUROVASC_NEEDS_ORTHANC();
  start(3);
  for (int number = 1; number <= 4; ++number) {
    send(atHour(12, studyOf(number)));
  }
  PacsIndexOptions options;
  options.study_date = "20250203";
  options.most_answers = 3;
  try {
    ask(options);
    ADD_FAILURE() << "studies were lost";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::network_refused);
    EXPECT_THAT(error.hint(), HasSubstr("--patient-id"));
  }
  options.study_date.clear();
  options.patient_id = "P2";
  EXPECT_EQ(ask(options).studies_met, 1U);
}

TEST_P(ArchivePacsIndex, ForgetsNothingWhileThePacsIsAway) {
  NEUROVASC_NEEDS_ORTHANC();
  start();
  send(studyOf(1));
  ask();
  orthanc_->kill();
  EXPECT_EQ(errorOf([&] { ask(); }), ErrorCode::network_refused);
  EXPECT_EQ(present(), 1U);
  orthanc_->start();
  EXPECT_EQ(ask().studies_asked, 0U);
}

using ArchivePacsOfFewWords = testing::ArchiveTest;

TEST_F(ArchivePacsOfFewWords, IsAskedEachTimeAndItsStudiesArePlanned) {
  NEUROVASC_NEEDS_DCMQRSCP();
  const testing::Dcmqrscp pacs;
  writeStack(scratch_.path() / "sent", sliceOf("P1", "1.2.1"));
  pacs::sendObjects(pacs.config(), pacs::objectFiles({scratch_.path() / "sent"}));
  PacsIndexOptions options;
  options.study_date = "20250201-20250205";
  for (int time = 0; time < 2; ++time) {
    const PacsIndexSummary summary = indexPacs(catalogue_, pacs.config(), key_, options);
    EXPECT_EQ(summary.studies_met, 1U);
    EXPECT_EQ(summary.studies_asked, 1U) << "it tells no numbers";
    EXPECT_EQ(summary.studies_gone, 0U);
  }
  const auto rows = studies();
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].key, keyOf("p1", "1.2.1"));
  EXPECT_EQ(rows[0].files, 0U);
  ASSERT_EQ(rows[0].series.size(), 1U);
  EXPECT_EQ(rows[0].series[0].slices, std::nullopt);
  EXPECT_EQ(makePlan(catalogue_, {}).studies.at(0).state, PlanState::waiting);
}

TEST(ArchivePacsIndexOptions, SayWhichStudiesAreMeant) {
  const auto error = [](auto change) {
    PacsIndexOptions options;
    options.study_date = "20250101-20250131";
    change(options);
    return errorOf([&options] { validate(options); });
  };
  EXPECT_EQ(error([](PacsIndexOptions&) {}), std::nullopt);
  EXPECT_EQ(error([](PacsIndexOptions& o) { o.study_date.clear(); }), ErrorCode::usage);
  EXPECT_EQ(error([](PacsIndexOptions& o) { o.study_date = "-20250131"; }), ErrorCode::usage);
  EXPECT_EQ(error([](PacsIndexOptions& o) { o.patient_id = "P*"; }), ErrorCode::usage);
  EXPECT_EQ(error([](PacsIndexOptions& o) { o.most_answers = 1; }), ErrorCode::usage);
}

}  // namespace
}  // namespace neurovasc::archive
