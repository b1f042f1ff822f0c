#include "neurovasc/dicom/series_role.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace neurovasc::dicom {
namespace {

using ::testing::HasSubstr;

/// A 3-D gradient echo without any name.
SeriesFacts gradientEcho(double tr, double te, double flip, const Vec3& voxel) {
  SeriesFacts facts;
  facts.scanning_sequence = {"GR"};
  facts.is_3d = true;
  facts.repetition_time_ms = tr;
  facts.echo_time_ms = te;
  facts.flip_angle_deg = flip;
  facts.voxel_mm = voxel;
  facts.image_type = {"ORIGINAL", "PRIMARY", "M", "ND"};
  facts.slices = 60;
  return facts;
}

SeriesFacts spinEcho(double tr, double te, const Vec3& voxel) {
  SeriesFacts facts = gradientEcho(tr, te, 120, voxel);
  facts.scanning_sequence = {"SE"};
  return facts;
}

SeriesRole roleOf(const SeriesFacts& facts) { return classifyRole(facts).role; }

TEST(SeriesRole, KnowsCisternographyByItsNumbersAlone) {
  EXPECT_EQ(roleOf(gradientEcho(5.6, 2.8, 50, {0.5, 0.5, 0.5})), SeriesRole::cisternography);
  EXPECT_EQ(roleOf(gradientEcho(17, 8.08, 70, {0.6, 0.6, 0.7})), SeriesRole::cisternography);
  EXPECT_EQ(roleOf(gradientEcho(12.25, 5.9, 70, {0.7, 0.7, 0.7})), SeriesRole::cisternography);
  EXPECT_EQ(roleOf(gradientEcho(4.8, 1.6, 60, {0.6, 0.6, 0.8})), SeriesRole::cisternography);
  EXPECT_EQ(roleOf(spinEcho(1500, 250, {0.55, 0.55, 0.55})), SeriesRole::cisternography);
  EXPECT_EQ(roleOf(spinEcho(1200, 131, {0.5, 0.5, 0.5})), SeriesRole::cisternography);
}

TEST(SeriesRole, KnowsTofByItsNumbersAlone) {
  EXPECT_EQ(roleOf(gradientEcho(21, 3.4, 18, {0.5, 0.5, 0.65})), SeriesRole::tof);
  EXPECT_EQ(roleOf(gradientEcho(23, 2.7, 15, {0.5, 0.5, 0.65})), SeriesRole::tof);
  EXPECT_EQ(roleOf(gradientEcho(39, 7, 25, {0.6, 0.7, 1.0})), SeriesRole::tof);
}

TEST(SeriesRole, KnowsT1ByItsNumbersAlone) {
  EXPECT_EQ(roleOf(gradientEcho(8, 3.2, 12, {1, 1, 1})), SeriesRole::t1);
  SeriesFacts mprage = gradientEcho(1900, 2.5, 9, {1, 1, 1});
  mprage.scanning_sequence = {"GR", "IR"};
  mprage.inversion_time_ms = 900;
  EXPECT_EQ(roleOf(mprage), SeriesRole::t1);
  EXPECT_EQ(roleOf(spinEcho(650, 12, {0.7, 0.7, 0.7})), SeriesRole::t1);
}

/// A series of which nothing but its name is known.
SeriesFacts named(const std::string& description) {
  SeriesFacts facts;
  facts.description = description;
  return facts;
}

TEST(KnownRole, IsThatOfAllFactsWhereNoneIsMissing) {
  for (const SeriesFacts& facts :
       {gradientEcho(5.6, 2.8, 50, {0.5, 0.5, 0.5}), gradientEcho(21, 3.4, 18, {0.5, 0.5, 0.65}),
        gradientEcho(8, 3.2, 12, {1, 1, 1}), spinEcho(4000, 100, {0.5, 0.5, 4}),
        spinEcho(3000, 50, {0.5, 0.5, 4})}) {
    EXPECT_EQ(knownRole(facts), roleOf(facts));
  }
}

TEST(KnownRole, IsToldByNamesThatLeaveNoDoubt) {
  EXPECT_EQ(knownRole(named("t2_ci3d_tra")), SeriesRole::cisternography);
  EXPECT_EQ(knownRole(named("3D TOF")), SeriesRole::tof);
  EXPECT_EQ(knownRole(named("t1 mprage +gd")), SeriesRole::ce_t1);
  EXPECT_EQ(knownRole(named("localizer")), SeriesRole::other);
}

TEST(KnownRole, IsOpenWhereTooLittleIsKnown) {
  EXPECT_EQ(knownRole(named("")), std::nullopt);
  EXPECT_EQ(knownRole(named("Kopf")), std::nullopt);
  EXPECT_EQ(knownRole(named("t2 tra")), std::nullopt) << "thin or thick";
  SeriesFacts long_echo = named("Kopf");
  long_echo.scanning_sequence = {"GR"};
  long_echo.echo_time_ms = 10;
  EXPECT_EQ(roleOf(long_echo), SeriesRole::other);
  EXPECT_EQ(knownRole(long_echo), std::nullopt) << "it may be balanced";
  EXPECT_EQ(knownRole(gradientEcho(21, 3.4, 18, {})), std::nullopt) << "T1 or TOF";
}

TEST(SeriesRole, TakesContrastAgentFromHeaderOrName) {
  SeriesFacts facts = gradientEcho(8, 3.2, 12, {1, 1, 1});
  facts.contrast_agent = true;
  EXPECT_EQ(roleOf(facts), SeriesRole::ce_t1);
  facts.contrast_agent = false;
  for (const char* name : {"Ax FSPGR BRAVO +C", "t1_mprage_tra_KM", "T1 MPRAGE Gd",
                           "sT1W_3D_TFE post", "SAG T1 C+", "T1 VIBE CE"}) {
    facts.description = name;
    EXPECT_EQ(roleOf(facts), SeriesRole::ce_t1) << name;
  }
  for (const char* name :
       {"T1 MPRAGE pre Gd", "t1 mprage ohne KM", "T1 w/o contrast", "T1 post op"}) {
    facts.description = name;
    EXPECT_EQ(roleOf(facts), SeriesRole::t1) << name;
  }
}

TEST(SeriesRole, DoesNotMakeCisternographyAfterContrastAgentAT1) {
  SeriesFacts facts = gradientEcho(5.6, 2.8, 50, {0.5, 0.5, 0.5});
  facts.contrast_agent = true;
  EXPECT_EQ(roleOf(facts), SeriesRole::cisternography);
}

TEST(SeriesRole, TrustsNumbersMoreThanNames) {
  SeriesFacts facts = gradientEcho(5.6, 2.8, 50, {0.5, 0.5, 0.5});
  facts.description = "TOF";
  EXPECT_EQ(roleOf(facts), SeriesRole::cisternography);
}

TEST(SeriesRole, TellsT1FromTofByNameWhereNumbersFitBoth) {
  SeriesFacts facts = gradientEcho(20, 4, 25, {0.9, 0.9, 1.0});
  facts.description = "t1_fl3d_tra";
  EXPECT_EQ(roleOf(facts), SeriesRole::t1);
  facts.description = "s3DI_MC_HR";
  EXPECT_EQ(roleOf(facts), SeriesRole::tof);
  facts.description = "t1 named by mistake";
  facts.time_of_flight = true;
  EXPECT_EQ(roleOf(facts), SeriesRole::tof);
}

TEST(SeriesRole, KnowsTheVendorsNamesWhereNumbersAreAbsent) {
  const auto named = [](const char* name) {
    SeriesFacts facts;
    facts.description = name;
    facts.voxel_mm = {0.5, 0.5, 0.6};
    return roleOf(facts);
  };
  for (const char* name : {"t2_ci3d_tra_iso", "CISS", "Ax FIESTA-C", "sDRIVE_3D_T2", "3D bFFE",
                           "B-TFE", "t2_space_iso", "VISTA T2", "Ax CUBE T2", "t2_spc_tra"}) {
    EXPECT_EQ(named(name), SeriesRole::cisternography) << name;
  }
  for (const char* name :
       {"TOF_3D_multi-slab", "3D Ax TOF", "s3DI_MC_HR", "MRA circle of Willis"}) {
    EXPECT_EQ(named(name), SeriesRole::tof) << name;
  }
  EXPECT_EQ(named("sT1W_3D_TFE"), SeriesRole::t1);
  EXPECT_EQ(named("t1_mprage"), SeriesRole::t1);
  EXPECT_EQ(named("whatever"), SeriesRole::other);
}

TEST(SeriesRole, CallsThickT2Thick) {
  EXPECT_EQ(roleOf(spinEcho(11730, 91, {0.61, 0.43, 2.5})), SeriesRole::t2_thick);
  EXPECT_EQ(roleOf(gradientEcho(5.6, 2.8, 50, {0.6, 0.6, 1.4})), SeriesRole::t2_thick);
}

TEST(SeriesRole, LeavesOtherContrastsAlone) {
  SeriesFacts flair = spinEcho(5000, 390, {1, 1, 1});
  flair.inversion_time_ms = 1800;
  EXPECT_EQ(roleOf(flair), SeriesRole::other);
  EXPECT_EQ(roleOf(gradientEcho(28, 20, 15, {0.7, 0.7, 1.5})), SeriesRole::other);  // SWI
  SeriesFacts phase = gradientEcho(5.6, 2.8, 50, {0.5, 0.5, 0.5});
  phase.image_type = {"ORIGINAL", "PRIMARY", "P", "ND"};
  EXPECT_EQ(roleOf(phase), SeriesRole::other);
  SeriesFacts angiography = gradientEcho(23, 5, 15, {0.6, 0.6, 1});
  angiography.phase_contrast = true;
  EXPECT_EQ(roleOf(angiography), SeriesRole::other);
}

TEST(SeriesRole, KnowsAShortTofAtHighFieldByName) {
  SeriesFacts facts = gradientEcho(13, 4, 20, {0.4, 0.4, 0.5});
  EXPECT_EQ(roleOf(facts), SeriesRole::t1);
  facts.description = "tof_3d_7t";
  EXPECT_EQ(roleOf(facts), SeriesRole::tof);
}

TEST(SeriesRole, LeavesTheFatImageOfADixonAlone) {
  SeriesFacts facts = gradientEcho(6, 2.4, 9, {0.9, 0.9, 0.9});
  facts.image_type = {"DERIVED", "PRIMARY", "DIXON", "IN_PHASE"};
  EXPECT_EQ(roleOf(facts), SeriesRole::t1);
  facts.image_type.back() = "FAT";
  EXPECT_EQ(roleOf(facts), SeriesRole::other);
}

TEST(SeriesRole, GivesReasonsWithoutHeaderTexts) {
  SeriesFacts facts;
  facts.description = "Mustermann CISS";
  for (const std::string& reason : classifyRole(facts).reasons) {
    EXPECT_THAT(reason, ::testing::Not(HasSubstr("ustermann")));
  }
}

TEST(DerivedSeries, AreMapsProjectionsAndReformats) {
  SeriesFacts facts;
  for (const char* kind : {"MIP", "MPR", "PROJECTION IMAGE", "REFORMATTED"}) {
    facts.image_type = {"DERIVED", "SECONDARY", kind};
    EXPECT_TRUE(isDerived(facts)) << kind;
  }
  facts.image_type = {"ORIGINAL", "PRIMARY", "M"};
  EXPECT_FALSE(isDerived(facts));
  facts.volume_technique = "MAX_IP";
  EXPECT_TRUE(isDerived(facts));
}

TEST(DerivedSeries, AreNotThoseOnlyFilteredOrCompressedWithLoss) {
  SeriesFacts facts;
  facts.image_type = {"DERIVED", "PRIMARY", "OTHER", "NORM"};
  EXPECT_FALSE(isDerived(facts));
  facts.image_type = {"DERIVED", "PRIMARY", "M", "SUB"};
  EXPECT_TRUE(isDerived(facts));
  facts.image_type = {"DERIVED", "PRIMARY", "ADC"};
  EXPECT_TRUE(isDerived(facts));
  facts.lossy = true;
  EXPECT_FALSE(isDerived(facts));
}

Series candidate(SeriesRole role, double voxel_mm, int slices) {
  Series series;
  series.role = role;
  series.geometry.size = {300, 300, slices};
  series.geometry.spacing_mm = {voxel_mm, voxel_mm, voxel_mm};
  return series;
}

TEST(SeriesChoice, PrefersTheFinestThatCoversTheRegion) {
  Study study;
  study.series = {candidate(SeriesRole::cisternography, 0.7, 80),
                  candidate(SeriesRole::cisternography, 0.5, 80),
                  candidate(SeriesRole::cisternography, 0.4, 10)};
  chooseSeries(study);
  EXPECT_EQ(study.cisternography, 1U);
  EXPECT_THAT(study.series[1].role_reasons.back(), HasSubstr("best of 3"));
}

TEST(SeriesChoice, PrefersMoreCoverageAmongEquals) {
  Study study;
  study.series = {candidate(SeriesRole::tof, 0.5, 120), candidate(SeriesRole::tof, 0.5, 60)};
  chooseSeries(study);
  EXPECT_EQ(study.tof, 0U);
}

TEST(SeriesChoice, NeverTakesDerivedImagesOrSingleSlices) {
  Study study;
  study.series = {candidate(SeriesRole::tof, 0.5, 60), candidate(SeriesRole::ce_t1, 0.5, 1)};
  study.series[0].derived = true;
  chooseSeries(study);
  EXPECT_FALSE(study.tof);
  EXPECT_FALSE(study.ce_t1);
}

TEST(SeriesChoice, PutsUnevenStacksLast) {
  Study study;
  study.series = {candidate(SeriesRole::cisternography, 0.8, 60),
                  candidate(SeriesRole::cisternography, 0.5, 80)};
  study.series[1].problems.push_back({SeriesProblemKind::irregular_spacing, "uneven"});
  chooseSeries(study);
  EXPECT_EQ(study.cisternography, 0U);
}

TEST(SeriesChoice, LetsThickT2StandInWithAWarning) {
  Study study;
  study.series = {candidate(SeriesRole::t2_thick, 2.5, 40)};
  chooseSeries(study);
  EXPECT_EQ(study.cisternography, 0U);
  ASSERT_EQ(study.warnings.size(), 1U);
  EXPECT_THAT(study.warnings[0], HasSubstr("stands in"));
}

TEST(SeriesChoice, FollowsTheUser) {
  Study study;
  study.series = {candidate(SeriesRole::tof, 0.4, 120), candidate(SeriesRole::tof, 0.9, 20)};
  study.series[1].role_overridden = true;
  study.series[1].derived = true;
  chooseSeries(study);
  EXPECT_EQ(study.tof, 1U);
}

}  // namespace
}  // namespace neurovasc::dicom
