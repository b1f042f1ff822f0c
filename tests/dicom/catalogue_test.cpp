#include "neurovasc/dicom/catalogue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>

#include "dicom/test_files.h"
#include "neurovasc/core/error.h"
#include "support/temporary_folder.h"

namespace neurovasc::dicom {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::TemporaryFolder;
using testing::TestSlice;
using testing::writeSlice;
using testing::writeStack;

bool hasProblem(const Series& series, SeriesProblemKind kind) {
  return std::any_of(series.problems.begin(), series.problems.end(),
                     [&](const auto& p) { return p.kind == kind; });
}

std::string problemText(const Series& series, SeriesProblemKind kind) {
  for (const auto& problem : series.problems) {
    if (problem.kind == kind) {
      return problem.text;
    }
  }
  return {};
}

void expectSameGrid(const GridGeometry& found, const GridGeometry& expected) {
  EXPECT_EQ(found.size, expected.size);
  const Size3& n = expected.size;
  for (const auto& [i, j, k] : {std::array<int, 3>{0, 0, 0},
                                {n[0] - 1, 0, 0},
                                {0, n[1] - 1, 0},
                                {0, 0, n[2] - 1},
                                {n[0] - 1, n[1] - 1, n[2] - 1}}) {
    EXPECT_NEAR(distance(found.toLps(i, j, k), expected.toLps(i, j, k)), 0, 1e-5);
  }
}

Study onlyStudy(const StudyCatalogue& catalogue) {
  EXPECT_EQ(catalogue.studies.size(), 1U);
  return catalogue.studies.at(0).study;
}

TEST(Catalogue, PlacesObliqueSlicesWhereTheirHeadersSay) {
  const TemporaryFolder folder;
  const TestSlice slice;
  writeStack(folder.path() / "deep" / "deeper", slice);
  const Study study = onlyStudy(scanStudies(folder.path()));
  ASSERT_EQ(study.series.size(), 1U);
  expectSameGrid(study.series[0].geometry, slice.grid);
  EXPECT_TRUE(study.series[0].missing_slices.empty());
  EXPECT_EQ(study.series[0].role, SeriesRole::cisternography);
  EXPECT_EQ(study.cisternography, 0U);
}

TEST(Catalogue, KeepsTheHoleOfAMissingSlice) {
  const TemporaryFolder folder;
  const TestSlice slice;
  writeStack(folder.path(), slice, [](int k) { return k == 3; });
  const Study study = onlyStudy(scanStudies(folder.path()));
  ASSERT_EQ(study.series.size(), 1U);
  const Series& series = study.series[0];
  expectSameGrid(series.geometry, slice.grid);
  EXPECT_THAT(series.missing_slices, ElementsAre(3));
  EXPECT_TRUE(series.frames[3].path.empty());
  EXPECT_FALSE(series.frames[4].path.empty());
  EXPECT_EQ(problemText(series, SeriesProblemKind::missing_slices),
            "slice 4 of 6 is missing (gap 1.6 mm)");
}

TEST(Catalogue, FindsTwoHolesOfDifferentWidth) {
  const TemporaryFolder folder;
  TestSlice slice;
  slice.grid.size[2] = 12;
  writeStack(folder.path(), slice, [](int k) { return k == 2 || k == 6 || k == 7; });
  const Study study = onlyStudy(scanStudies(folder.path()));
  EXPECT_THAT(study.series.at(0).missing_slices, ElementsAre(2, 6, 7));
  EXPECT_EQ(study.series[0].geometry.size[2], 12);
}

TEST(Catalogue, TakesPositionsOfTwoDecimalsForTheGridTheyWereRoundedFrom) {
  const TemporaryFolder folder;
  TestSlice slice;
  slice.grid = {{4, 4, 130}, {0.5, 0.5, 1.0 / 3}, {-1, -1, 7}, {}};
  const auto rounded_to_hundredths = [&](DcmDataset& d) {
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "-1\\-1\\%.2f", 7 + slice.k / 3.0);
    d.putAndInsertString(DCM_ImagePositionPatient, text.data());
  };
  slice.edit = rounded_to_hundredths;
  for (slice.k = 0; slice.k < slice.grid.size[2]; ++slice.k) {
    if (slice.k < 60 || slice.k > 62) {
      writeSlice(folder.path() / std::to_string(slice.k), slice);
    }
  }
  const Series series = onlyStudy(scanStudies(folder.path())).series.at(0);
  EXPECT_FALSE(hasProblem(series, SeriesProblemKind::irregular_spacing));
  EXPECT_EQ(series.geometry.size[2], 130);
  EXPECT_THAT(series.missing_slices, ElementsAre(60, 61, 62));
  EXPECT_NEAR(series.geometry.spacing_mm.z, 1.0 / 3, 1e-4);
}

TEST(Catalogue, TellsWhenThePlanesResolutionIsUnknown) {
  const TemporaryFolder folder;
  TestSlice slice;
  writeStack(folder.path() / "without", slice);
  const Series without = onlyStudy(scanStudies(folder.path() / "without")).series.at(0);
  EXPECT_FALSE(without.acquisition.acquired_voxel_mm);
  EXPECT_THAT(problemText(without, SeriesProblemKind::interpolated), HasSubstr("matrix"));
  slice.edit = [](DcmDataset& d) {
    const std::array<Uint16, 4> matrix = {0, 9, 7, 0};
    d.putAndInsertUint16Array(DCM_AcquisitionMatrix, matrix.data(), 4);
  };
  writeStack(folder.path() / "with", slice);
  const Series with = onlyStudy(scanStudies(folder.path() / "with")).series.at(0);
  EXPECT_TRUE(with.acquisition.acquired_voxel_mm);
  EXPECT_FALSE(hasProblem(with, SeriesProblemKind::interpolated));
}

TEST(Catalogue, InventsNoThicknessForASingleSlice) {
  const TemporaryFolder folder;
  TestSlice slice;
  slice.edit = [](DcmDataset& d) { delete d.remove(DCM_SliceThickness); };
  writeSlice(folder.path() / "a", slice);
  const Series series = onlyStudy(scanStudies(folder.path())).series.at(0);
  EXPECT_EQ(series.geometry.spacing_mm.z, 0);
}

TEST(Catalogue, LeavesAnUnknownSeriesNumberOpen) {
  const TemporaryFolder folder;
  TestSlice slice;
  slice.edit = [](DcmDataset& d) { delete d.remove(DCM_SeriesNumber); };
  writeStack(folder.path(), slice);
  EXPECT_FALSE(onlyStudy(scanStudies(folder.path())).series.at(0).number);
}

TEST(Catalogue, CleansDescriptionsInEveryCharacterSet) {
  struct Case {
    const char* charset;
    const char* name;
    const char* description;
  };
  for (const Case& c : {Case{"ISO_IR 100", "M\xDCLLER^EVA", "t2 M\xFCller"},
                        Case{"ISO_IR 192", "M\xC3\x9CLLER^EVA", "t2 M\xC3\xBCller"},
                        Case{"ISO_IR 144", "\xB8\xB2\xB0\xBD", "t2 \xD8\xD2\xD0\xDD"}}) {
    const TemporaryFolder folder;
    TestSlice slice;
    slice.patient_name = c.name;
    slice.description = c.description;
    slice.edit = [&](DcmDataset& d) { d.putAndInsertString(DCM_SpecificCharacterSet, c.charset); };
    writeStack(folder.path(), slice);
    EXPECT_EQ(onlyStudy(scanStudies(folder.path())).series.at(0).description, "t2") << c.charset;
  }
}

TEST(Catalogue, CleansTheOtherNumbersOfAPatient) {
  const TemporaryFolder folder;
  TestSlice slice;
  slice.description = "t2 HOSP9913";
  slice.edit = [](DcmDataset& d) {
    for (const long item : {0L, 1L}) {
      DcmItem* other = nullptr;
      d.findOrCreateSequenceItem(DCM_OtherPatientIDsSequence, other, item);
      other->putAndInsertString(DCM_PatientID, item == 0 ? "X1" : "HOSP9913");
    }
  };
  writeStack(folder.path(), slice);
  EXPECT_EQ(onlyStudy(scanStudies(folder.path())).series.at(0).description, "t2");
}

TEST(Catalogue, RefusesDirectionsThatAreNoUnitVectors) {
  const TemporaryFolder folder;
  TestSlice slice;
  slice.edit = [](DcmDataset& d) {
    d.putAndInsertString(DCM_ImageOrientationPatient, "2\\0\\0\\0\\7\\0");
  };
  writeStack(folder.path(), slice);
  const StudyCatalogue catalogue = scanStudies(folder.path());
  EXPECT_TRUE(catalogue.studies.empty());
  EXPECT_THAT(catalogue.skipped.at(0).reason, HasSubstr("impossible"));
}

TEST(Catalogue, ReportsUnevenSpacing) {
  const TemporaryFolder folder;
  TestSlice slice;
  for (slice.k = 0; slice.k < 5; ++slice.k) {
    TestSlice moved = slice;
    if (slice.k == 2) {
      moved.grid.origin_mm += slice.grid.direction.column(2) * 0.3;
    }
    writeSlice(folder.path() / std::to_string(slice.k), moved);
  }
  const Study study = onlyStudy(scanStudies(folder.path()));
  EXPECT_THAT(problemText(study.series.at(0), SeriesProblemKind::irregular_spacing),
              HasSubstr("0.50 to 1.10 mm"));
}

TEST(Catalogue, ReportsShear) {
  const TemporaryFolder folder;
  testing::writeSheared(folder.path(), {}, 0.2);
  const Study study = onlyStudy(scanStudies(folder.path()));
  // atan(0.2 / 0.8) = 14 degrees
  EXPECT_THAT(problemText(study.series.at(0), SeriesProblemKind::shear), HasSubstr("14.0 degrees"));
}

TEST(Catalogue, LeavesOutCopiesOfOneImage) {
  const TemporaryFolder folder;
  const TestSlice slice;
  writeStack(folder.path() / "a", slice);
  writeStack(folder.path() / "b", slice);
  const Study study = onlyStudy(scanStudies(folder.path()));
  ASSERT_EQ(study.series.size(), 1U);
  EXPECT_EQ(study.series[0].geometry.size[2], 6);
  EXPECT_THAT(problemText(study.series[0], SeriesProblemKind::repeated_slices),
              HasSubstr("6 images are copies"));
}

TEST(Catalogue, UsesTheFirstOfARepeatedSlice) {
  const TemporaryFolder folder;
  TestSlice slice;
  writeStack(folder.path() / "a", slice);
  slice.k = 2;
  slice.edit = [](DcmDataset& d) {
    d.putAndInsertString(DCM_SOPInstanceUID, "1.2.826.0.1.99");
    d.putAndInsertString(DCM_InstanceNumber, "77");
  };
  writeSlice(folder.path() / "again", slice);
  const Study study = onlyStudy(scanStudies(folder.path()));
  ASSERT_EQ(study.series.size(), 1U);
  EXPECT_THAT(study.series[0].frames[2].path, ::testing::Not(HasSubstr("again")));
  EXPECT_TRUE(hasProblem(study.series[0], SeriesProblemKind::repeated_slices));
}

TEST(Catalogue, KeepsRepetitionsApart) {
  const TemporaryFolder folder;
  TestSlice slice;
  writeStack(folder.path() / "a", slice);
  slice.acquisition = 2;
  writeStack(folder.path() / "b", slice);
  const Study study = onlyStudy(scanStudies(folder.path()));
  ASSERT_EQ(study.series.size(), 2U);
  EXPECT_EQ(study.series[0].geometry.size[2], 6);
  EXPECT_THAT(study.series[0].frames[0].path, HasSubstr("/a/"));
  EXPECT_THAT(study.series[1].frames[0].path, HasSubstr("/b/"));
}

TEST(Catalogue, KeepsSlabsOfOneVolumeTogetherWhateverTheirAcquisitionNumber) {
  const TemporaryFolder folder;
  TestSlice slice;
  for (slice.k = 0; slice.k < 6; ++slice.k) {
    slice.acquisition = slice.k < 3 ? 1 : 2;
    writeSlice(folder.path() / std::to_string(slice.k), slice);
  }
  EXPECT_EQ(onlyStudy(scanStudies(folder.path())).series.size(), 1U);
}

TEST(Catalogue, SplitsEchoesAndPhaseImages) {
  const TemporaryFolder folder;
  TestSlice slice;
  writeStack(folder.path() / "a", slice);
  slice.echo_time_ms = 3.4;
  slice.acquisition = 2;
  writeStack(folder.path() / "b", slice);
  slice.image_type = "ORIGINAL\\PRIMARY\\P\\ND";
  slice.acquisition = 3;
  writeStack(folder.path() / "c", slice);
  const Study study = onlyStudy(scanStudies(folder.path()));
  ASSERT_EQ(study.series.size(), 3U);
  EXPECT_EQ(study.series[2].role, SeriesRole::other);
  EXPECT_THAT(study.series[2].description, HasSubstr("[part 3 of 3]"));
}

TEST(Catalogue, SplitsOrientationsOfALocalizer) {
  const TemporaryFolder folder;
  TestSlice slice;
  slice.description = "localizer";
  writeSlice(folder.path() / "a", slice);
  const Matrix3 m = slice.grid.direction;
  slice.grid.direction = Matrix3::fromColumns(m.column(1), m.column(2), m.column(0));
  slice.acquisition = 2;
  writeSlice(folder.path() / "b", slice);
  const Study study = onlyStudy(scanStudies(folder.path()));
  ASSERT_EQ(study.series.size(), 2U);
  EXPECT_TRUE(hasProblem(study.series[0], SeriesProblemKind::mixed_orientation));
  EXPECT_TRUE(hasProblem(study.series[0], SeriesProblemKind::single_slice));
}

TEST(Catalogue, NeverMixesStudiesOrPatients) {
  const TemporaryFolder folder;
  TestSlice slice;
  writeStack(folder.path() / "1", slice);
  slice.study_uid = "1.2.826.0.1.2";
  slice.study_date = "20250303";
  slice.acquisition = 2;
  writeStack(folder.path() / "2", slice);
  slice.patient_id = "PX4712";
  slice.acquisition = 3;
  writeStack(folder.path() / "3", slice);
  const StudyCatalogue catalogue = scanStudies(folder.path());
  ASSERT_EQ(catalogue.studies.size(), 3U);
  EXPECT_EQ(catalogue.patients, 2);
  EXPECT_EQ(catalogue.studies[0].days_since_first, 0);
  EXPECT_EQ(catalogue.studies[1].days_since_first, 28);
  EXPECT_EQ(catalogue.studies[1].patient_number, 1);
  EXPECT_EQ(catalogue.studies[2].patient_number, 2);
  EXPECT_EQ(catalogue.studies[2].days_since_first, 0);
  for (const StudyEntry& entry : catalogue.studies) {
    ASSERT_EQ(entry.study.series.size(), 1U);
    EXPECT_EQ(entry.study.series[0].geometry.size[2], 6);
  }
}

TEST(Catalogue, TellsApartPatientsOfOneNumberByBirthDateButNotByAMissingOne) {
  const TemporaryFolder folder;
  TestSlice slice;
  writeStack(folder.path() / "1", slice);
  slice.birth_date = "";
  slice.acquisition = 2;
  writeStack(folder.path() / "2", slice);
  EXPECT_EQ(scanStudies(folder.path()).studies.size(), 1U);
  slice.birth_date = "19770101";
  slice.acquisition = 3;
  writeStack(folder.path() / "3", slice);
  EXPECT_EQ(scanStudies(folder.path()).studies.size(), 3U);
}

TEST(Catalogue, SaysNothingOfWhoThePatientIs) {
  const TemporaryFolder folder;
  TestSlice slice;
  slice.description = "MUSTERMANN_Erika PX4711 19610412 t2_ci3d 12.04.1961";
  slice.edit = [](DcmDataset& d) { d.putAndInsertString(DCM_SequenceName, "*ci3d_px4711"); };
  writeStack(folder.path(), slice);
  const Series series = onlyStudy(scanStudies(folder.path())).series.at(0);
  EXPECT_EQ(series.description, "t2_ci3d");
  EXPECT_THAT(series.acquisition.sequence, ::testing::Not(HasSubstr("4711")));
}

TEST(Catalogue, NamesEveryFileItCannotUse) {
  const TemporaryFolder folder;
  TestSlice slice;
  writeStack(folder.path() / "good", slice);
  folder.write("a_notes.txt",
               "no DICOM here, but long enough to hold a preamble" + std::string(200, '.'));
  folder.write("b_empty", "");
  slice.edit = [](DcmDataset& d) {
    d.putAndInsertString(DCM_SOPClassUID, UID_CTImageStorage);
    d.putAndInsertString(DCM_Modality, "CT");
  };
  writeSlice(folder.path() / "c_ct", slice);
  slice.edit = [](DcmDataset& d) { d.putAndInsertUint16(DCM_SamplesPerPixel, 3); };
  writeSlice(folder.path() / "d_colour", slice);
  slice.edit = [](DcmDataset& d) { d.findAndDeleteElement(DCM_ImagePositionPatient); };
  writeSlice(folder.path() / "e_nowhere", slice);
  slice.edit = [](DcmDataset&) {};
  const auto whole = writeSlice(folder.path() / "f_truncated", slice);
  std::filesystem::resize_file(whole, std::filesystem::file_size(whole) - 20);

  const StudyCatalogue catalogue = scanStudies(folder.path());
  ASSERT_EQ(catalogue.skipped.size(), 6U);
  EXPECT_EQ(catalogue.files, 12U);
  EXPECT_EQ(catalogue.skipped[0].reason, "not a DICOM file");
  EXPECT_EQ(catalogue.skipped[0].path, (folder.path() / "a_notes.txt").string());
  EXPECT_EQ(catalogue.skipped[1].reason, "empty file");
  EXPECT_EQ(catalogue.skipped[2].reason, "not an MR image (CT)");
  EXPECT_EQ(catalogue.skipped[3].reason, "a colour image");
  EXPECT_THAT(catalogue.skipped[4].reason, HasSubstr("no position"));
  EXPECT_THAT(catalogue.skipped[5].reason, HasSubstr("truncated"));
  EXPECT_EQ(onlyStudy(catalogue).series.at(0).geometry.size[2], 6);
}

TEST(Catalogue, IsEmptyWithoutMrImages) {
  const TemporaryFolder folder;
  folder.write("readme", "nothing");
  const StudyCatalogue catalogue = scanStudies(folder.path());
  EXPECT_TRUE(catalogue.studies.empty());
  EXPECT_EQ(catalogue.skipped.size(), 1U);
}

TEST(Catalogue, RefusesAPathThatIsNotThere) {
  EXPECT_EQ(testing::errorOf([&] { scanStudies("/nowhere/at/all"); }), ErrorCode::input_unreadable);
}

TEST(Catalogue, TakesASingleFile) {
  const TemporaryFolder folder;
  const Study study = onlyStudy(scanStudies(writeSlice(folder.path() / "one", {})));
  EXPECT_EQ(study.series.at(0).geometry.size[2], 1);
}

std::filesystem::path writeDicomdir(const std::filesystem::path& folder,
                                    const std::vector<std::string>& file_ids) {
  DcmFileFormat file;
  DcmDataset& d = *file.getDataset();
  for (const std::string& id : file_ids) {
    DcmItem* record = nullptr;
    d.findOrCreateSequenceItem(DCM_DirectoryRecordSequence, record, -2);
    record->putAndInsertString(DCM_DirectoryRecordType, "IMAGE");
    record->putAndInsertString(DCM_ReferencedFileID, id.c_str());
  }
  d.putAndInsertString(DCM_SOPClassUID, UID_MediaStorageDirectoryStorage);
  d.putAndInsertString(DCM_SOPInstanceUID, "1.2.826.0.1.55");
  file.saveFile((folder / "DICOMDIR").c_str(), EXS_LittleEndianExplicit);
  return folder / "DICOMDIR";
}

TEST(Catalogue, FollowsADicomdir) {
  const TemporaryFolder folder;
  TestSlice slice;
  writeSlice(folder.path() / "IMAGES" / "A1", slice);
  slice.k = 1;
  writeSlice(folder.path() / "images" / "a2", slice);
  slice.k = 2;
  writeSlice(folder.path() / "unlisted", slice);
  const auto dicomdir = writeDicomdir(
      folder.path(), {"IMAGES\\A1", "IMAGES\\A2", "IMAGES\\GONE", "..\\..\\etc\\passwd"});
  const StudyCatalogue catalogue = scanStudies(dicomdir);
  EXPECT_EQ(catalogue.files, 2U);
  EXPECT_EQ(onlyStudy(catalogue).series.at(0).geometry.size[2], 2);
  ASSERT_EQ(catalogue.skipped.size(), 1U);
  EXPECT_THAT(catalogue.skipped[0].reason, HasSubstr("2 files"));
}

TEST(Catalogue, PassesOverADicomdirInAFolder) {
  const TemporaryFolder folder;
  writeStack(folder.path(), {});
  writeDicomdir(folder.path(), {"NOTHING"});
  const StudyCatalogue catalogue = scanStudies(folder.path());
  EXPECT_EQ(catalogue.files, 6U);
  EXPECT_TRUE(catalogue.skipped.empty());
}

TEST(Catalogue, LetsTheUserGiveARole) {
  const TemporaryFolder folder;
  TestSlice slice;
  slice.image_type = "DERIVED\\SECONDARY\\MPR";
  writeStack(folder.path(), slice);
  EXPECT_FALSE(onlyStudy(scanStudies(folder.path())).cisternography.has_value());
  ScanOptions options;
  options.role_overrides["3"] = SeriesRole::cisternography;
  const Study study = onlyStudy(scanStudies(folder.path(), options));
  EXPECT_EQ(study.cisternography, 0U);
  EXPECT_TRUE(study.series[0].role_overridden);
  options.role_overrides = {{"s9", SeriesRole::tof}};
  EXPECT_THROW(scanStudies(folder.path(), options), Error);
}

TEST(Catalogue, ValidatesItsOptions) {
  EXPECT_NO_THROW(validate(ScanOptions{}));
  EXPECT_THROW(validate(ScanOptions{-1, {}}), Error);
  EXPECT_THROW(validate(ScanOptions{0, {{"", SeriesRole::tof}}}), Error);
}

TEST(Catalogue, IsTheSameForAnyNumberOfThreads) {
  const TemporaryFolder folder;
  TestSlice slice;
  for (int series = 1; series <= 4; ++series) {
    slice.series_number = 10 - series;
    slice.series_uid = "1.2.826.0.1.1." + std::to_string(series);
    writeStack(folder.path() / std::to_string(series), slice);
  }
  ScanOptions one;
  one.threads = 1;
  ScanOptions four;
  four.threads = 4;
  const Study a = onlyStudy(scanStudies(folder.path(), one));
  const Study b = onlyStudy(scanStudies(folder.path(), four));
  ASSERT_EQ(a.series.size(), 4U);
  ASSERT_EQ(b.series.size(), 4U);
  for (std::size_t s = 0; s < 4; ++s) {
    EXPECT_EQ(a.series[s].number, static_cast<int>(s) + 6);
    EXPECT_EQ(b.series[s].number, a.series[s].number);
    EXPECT_EQ(b.series[s].frames[0].path, a.series[s].frames[0].path);
    EXPECT_TRUE(b.series[s].geometry == a.series[s].geometry);
  }
}

TEST(Catalogue, StopsWhenAsked) {
  const TemporaryFolder folder;
  writeStack(folder.path(), {});
  StopToken stop;
  stop.requestStop();
  EXPECT_THROW(scanStudies(folder.path(), {}, Progress({}, {}, stop)), Error);
}

}  // namespace
}  // namespace neurovasc::dicom
