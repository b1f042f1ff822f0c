#include "neurovasc/archive/surgery.h"

#include <gmock/gmock.h>

#include "archive_fixture.h"

namespace neurovasc::archive {
namespace {

using testing::errorOf;
using ::testing::HasSubstr;
using testing::sliceOf;
using testing::writeStack;

class Surgery : public testing::ArchiveTest {
 protected:
  Surgery() {
    writeStack(root_ / "a", sliceOf("P1", "1.2.1", "20250203"));
    writeStack(root_ / "b", sliceOf("P1", "1.2.2", "20250303"));
    writeStack(root_ / "c", sliceOf("P2", "1.2.3", "20250303"));
    index();
  }

  StudyRow study(const std::string& patient, const std::string& uid) const {
    return catalogue_.study(keyOf(patient, uid)).value();
  }
};

TEST_F(Surgery, IsUnknownUntilSomebodySaysSo) {
  for (const StudyRow& row : studies()) {
    EXPECT_EQ(row.order, SurgeryOrder::order_unknown);
    EXPECT_FALSE(row.days_after_surgery);
  }
}

TEST_F(Surgery, DateTellsPreFromPost) {
  const auto table =
      scratch_.write("participants.tsv",
                     "participant_id\tage\tsurgery_date\nsub-P1\t60\t2025-02-10\nP2\t7\tn/a\n");
  EXPECT_EQ(importSurgeries(catalogue_, key_, table), 1U);
  EXPECT_EQ(study("p1", "1.2.1").order, SurgeryOrder::pre);
  EXPECT_EQ(study("p1", "1.2.1").days_after_surgery, -7);
  EXPECT_EQ(study("p1", "1.2.2").order, SurgeryOrder::post);
  EXPECT_EQ(study("p1", "1.2.2").days_after_surgery, 21);
  EXPECT_EQ(study("p2", "1.2.3").order, SurgeryOrder::order_unknown);
}

TEST_F(Surgery, OfSeveralTheLastBeforeTheStudyCounts) {
  const auto table = scratch_.write(
      "t.tsv", "participant_id\tsurgery_date\nP1\t2025-01-01\nP1\t2025-03-01\nP1\t2025-06-01\n");
  importSurgeries(catalogue_, key_, table);
  EXPECT_EQ(study("p1", "1.2.1").days_after_surgery, 33);
  EXPECT_EQ(study("p1", "1.2.2").days_after_surgery, 2);
}

TEST_F(Surgery, HoldsForStudiesThatAreIndexedLater) {
  importSurgeries(catalogue_, key_,
                  scratch_.write("t.tsv", "participant_id\tsurgery_date\nP3\t2025-01-01\n"));
  writeStack(root_ / "d", sliceOf("P3", "1.2.4", "20250203"));
  index();
  EXPECT_EQ(study("p3", "1.2.4").order, SurgeryOrder::post);
}

TEST_F(Surgery, PairsMadeByHandComeFirst) {
  const std::string pre = keyOf("p1", "1.2.2");
  const std::string post = keyOf("p1", "1.2.1");
  EXPECT_EQ(importPairs(catalogue_,
                        scratch_.write("pairs.tsv", "pre\tpost\n" + pre + "\t" + post + "\n")),
            1U);
  EXPECT_EQ(study("p1", "1.2.2").order, SurgeryOrder::pre);
  EXPECT_EQ(study("p1", "1.2.1").order, SurgeryOrder::post);
}

TEST_F(Surgery, TablesAreRefusedWithTheLineThatIsWrong) {
  const auto refusal = [this](const std::string& text) -> std::string {
    try {
      importSurgeries(catalogue_, key_, scratch_.write("t.tsv", text));
    } catch (const Error& error) {
      return error.message();
    }
    return {};
  };
  EXPECT_THAT(refusal("participant_id\tage\n"), HasSubstr("surgery_date"));
  EXPECT_THAT(refusal("participant_id\tsurgery_date\nP1\t3.2.2025\n"), HasSubstr("line 2"));
  EXPECT_THAT(refusal("participant_id\tsurgery_date\nP1\n"), HasSubstr("too few"));
  EXPECT_EQ(errorOf([&] { importPairs(catalogue_, scratch_.path("absent")); }),
            ErrorCode::input_unreadable);
}

}  // namespace
}  // namespace neurovasc::archive
