#include "neurovasc/interop/source_study.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>
#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <vector>

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
  fixture.rename("ISO_IR 100", "M\xfcller^J\xfcrgen");
  EXPECT_EQ(writtenName(fixture, fixture.context()), Name("Müller^Jürgen", "ISO_IR 192"));
}

TEST(SourceStudy, TurnsNamesWithCodeExtensionsIntoUtf8) {
  // PS3.5 H.3.1 and H.3.2, I.2, K.2: the same bytes as there.
  const std::vector<std::array<const char*, 3>> names = {
      {"\\ISO 2022 IR 87",
       "Yamada^Tarou=\x1b$B;3ED\x1b(B^\x1b$BB@O:\x1b(B=\x1b$B$d$^$@\x1b(B^\x1b$B$?$m$&\x1b(B",
       "Yamada^Tarou=山田^太郎=やまだ^たろう"},
      {"ISO 2022 IR 13\\ISO 2022 IR 87",
       "\xd4\xcf\xc0\xde^\xc0\xdb\xb3=\x1b$B;3ED\x1b(J^\x1b$BB@O:\x1b(J", "ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎"},
      {"\\ISO 2022 IR 149", "Hong^Gildong=\x1b$)C\xfb\xf3^\x1b$)C\xd1\xce\xd4\xd7",
       "Hong^Gildong=洪^吉洞"},
      {"\\ISO 2022 IR 58", "Zhang^XiaoDong=\x1b$)A\xd5\xc5^\x1b$)A\xd0\xa1\xb6\xab",
       "Zhang^XiaoDong=张^小东"},
      {"ISO 2022 IR 6\\ISO 2022 IR 100", "\x1b-AM\xfcller^\x1b-AJ\xfcrgen", "Müller^Jürgen"},
  };
  for (const auto& [sets, bytes, name] : names) {
    const ExportFixture fixture;
    fixture.rename(sets, bytes);
    EXPECT_EQ(writtenName(fixture, fixture.context()), Name(name, "ISO_IR 192")) << sets;
  }
}

TEST(SourceStudy, KeepsANameThatIsDamagedAndItsCharacterSets) {
  const ExportFixture fixture;
  const char* name = "Yamada^Tarou=\x1b$B;3E\x1b(B";  // half a letter
  fixture.rename("\\ISO 2022 IR 87", name);
  EXPECT_EQ(writtenName(fixture, fixture.context()), Name(name, "\\ISO 2022 IR 87"));
}

TEST(SourceStudy, TakesUndeclaredLatinLettersForLatin) {
  const ExportFixture fixture;
  fixture.rename("", "M\xfcller^J\xfcrgen");
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
