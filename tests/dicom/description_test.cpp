#include "neurovasc/dicom/description.h"

#include <gtest/gtest.h>

namespace neurovasc::dicom {
namespace {

TEST(Description, LosesNameNumberAndBirthDate) {
  EXPECT_EQ(withoutIdentity("CISS doe JANE 4711 right", {"Doe^Jane", "4711"}), "CISS right");
  EXPECT_EQ(withoutIdentity("CISS_DOE_tra", {"Doe^Jane"}), "CISS__tra");
  EXPECT_EQ(withoutIdentity("19610412 CISS", {}), "CISS");
}

TEST(Description, LosesWordsThatHoldALongName) {
  EXPECT_EQ(withoutIdentity("tof3d mustermannE", {"Mustermann^Erika"}), "tof3d");
  EXPECT_EQ(withoutIdentity("channel", {"Ann^Lee"}), "channel");
}

TEST(Description, LosesDatesHoweverWritten) {
  EXPECT_EQ(withoutIdentity("CISS 12.04.1961", {}), "CISS");
  EXPECT_EQ(withoutIdentity("CISS 1961-04-12 tra", {}), "CISS tra");
  EXPECT_EQ(withoutIdentity("CISS 4/12/61", {}), "CISS");
}

TEST(Description, KeepsTheSequencesWords) {
  EXPECT_EQ(withoutIdentity("t2_space_0.5x0.5x0.5 3D+C", {"T2", "3D^X"}),
            "t2_space_0.5x0.5x0.5 3D+C");
  EXPECT_EQ(withoutIdentity("t2 TE 2.8", {}), "t2 TE 2.8");
}

TEST(Description, HandlesNamesInOtherScripts) {
  EXPECT_EQ(withoutIdentity("CISS M\xC3\xBCller", {"M\xC3\xBCller^Eva"}), "CISS");
}

TEST(Description, LosesANameHoweverItsLettersAreWritten) {
  const std::vector<std::string> upper = {"M\xC3\x9CLLER^EVA"};  // MÜLLER
  EXPECT_EQ(withoutIdentity("t2 M\xC3\xBCller", upper), "t2");
  EXPECT_EQ(withoutIdentity("t2 Muller tra", upper), "t2 tra");
  EXPECT_EQ(withoutIdentity("t2 Mueller tra", upper), "t2 tra");
  EXPECT_EQ(withoutIdentity("t2 M\xC3\xBCller", {"Mueller^Eva"}), "t2");
  EXPECT_EQ(withoutIdentity("t2 Mu\xCC\x88ller", upper), "t2");  // u and combining diaeresis
  EXPECT_EQ(withoutIdentity("t2 \xD0\xB8\xD0\xB2\xD0\xB0\xD0\xBD",
                            {"\xD0\x98\xD0\x92\xD0\x90\xD0\x9D"}),  // Cyrillic
            "t2");
}

TEST(Description, HoldsNoControlCharacters) {
  EXPECT_EQ(withoutIdentity("a\tb\nc\x01", {}), "a b c");
}

}  // namespace
}  // namespace neurovasc::dicom
