#include "neurovasc/interop/source_study.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "fixture.h"
#include "neurovasc/core/error.h"
#include "neurovasc/interop/segmentation_object.h"

namespace neurovasc::interop {
namespace {

using testing::ExportFixture;

/// A name with the character set it is in, as bytes.
using Name = std::pair<std::string, std::string>;

/// The patient's name in the SEG written for @p context.
Name writtenName(const ExportFixture& fixture, const ExportContext& context) {
  const auto structures = structuresOf(fixture.labels(), fixture.vessels());
  const std::string file = fixture.path("named.dcm");
  writeSegmentationObject(onGrid(structures, fixture.t2Grid(), 1), fixture.t2Grid(),
                          SegmentationType::binary, context, file);
  DcmFileFormat written;
  EXPECT_TRUE(written.loadFile(file.c_str()).good());
  OFString name;
  written.getDataset()->findAndGetOFString(DCM_PatientName, name);
  OFString set;
  written.getDataset()->findAndGetOFStringArray(DCM_SpecificCharacterSet, set);
  return {name.c_str(), set.c_str()};
}

/// Rewrites the fixture's files in character set @p charset with @p name in it.
void rename(const ExportFixture& fixture, const char* charset, const char* name) {
  for (const auto& path : fixture.t2Files()) {
    DcmFileFormat file;
    ASSERT_TRUE(file.loadFile(path.c_str()).good());
    ASSERT_TRUE(file.loadAllDataIntoMemory().good());
    file.getDataset()->putAndInsertString(DCM_SpecificCharacterSet, charset);
    file.getDataset()->putAndInsertString(DCM_PatientName, name);
    ASSERT_TRUE(file.saveFile(path.c_str(), EXS_LittleEndianExplicit).good());
  }
}

TEST(SourceStudy, FindsTheImageOfEachSlice) {
  const ExportFixture fixture;
  const ExportContext context = fixture.context();
  EXPECT_EQ(context.source.t2().images.size(), 18U);
  for (int k = 0; k < fixture.t2Grid().size[2]; ++k) {
    const SourceImage* image = context.source.t2Image(fixture.t2Grid(), k);
    ASSERT_NE(image, nullptr) << k;
    EXPECT_LT(distance(image->position_mm, fixture.t2Grid().toLps(0, 0, k)), 1e-4);
  }
  EXPECT_EQ(context.source.t2Image(fixture.t2Grid(), 18), nullptr);
}

TEST(SourceStudy, KeepsANameInUtf8) {
  const ExportFixture fixture;
  EXPECT_EQ(writtenName(fixture, fixture.context()), Name("Müller^Jürgen", "ISO_IR 192"));
}

TEST(SourceStudy, TurnsALatinNameIntoUtf8) {
  const ExportFixture fixture;
  rename(fixture, "ISO_IR 100", "M\xfcller^J\xfcrgen");
  EXPECT_EQ(writtenName(fixture, fixture.context()), Name("Müller^Jürgen", "ISO_IR 192"));
}

TEST(SourceStudy, KeepsANameWithCodeExtensionsAndItsCharacterSets) {
  const ExportFixture fixture;
  const char* name = "Yamada^Tarou=\x1b$B;3ED\x1b(B^\x1b$BB@O:\x1b(B";  // PS3.5 H.3.1
  rename(fixture, "\\ISO 2022 IR 87", name);
  EXPECT_EQ(writtenName(fixture, fixture.context()), Name(name, "\\ISO 2022 IR 87"));
}

TEST(SourceStudy, TakesUndeclaredLatinLettersForLatin) {
  const ExportFixture fixture;
  rename(fixture, "", "M\xfcller^J\xfcrgen");
  EXPECT_EQ(writtenName(fixture, fixture.context()), Name("Müller^Jürgen", "ISO_IR 192"));
}

TEST(SourceStudy, AsksForTheStudyWhereThereAreNoHeaders) {
  const testing::TemporaryFolder empty;
  try {
    SourceStudy::fromHeaders(empty.path());
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::usage);
    EXPECT_NE(error.hint().find("--study"), std::string::npos);
  }
}

}  // namespace
}  // namespace neurovasc::interop
