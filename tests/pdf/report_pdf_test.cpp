#include "neurovasc/pdf/report_pdf.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>
#include <memory>

#include "neurovasc/contact/reviewed.h"
#include "neurovasc/core/error.h"
#include "neurovasc/core/version.h"
#include "neurovasc/report/report_text.h"
#include "neurovasc/scene/picture.h"
#include "result/sample_assessments.h"
#include "result/sample_comparison.h"
#include "result/sample_reviews.h"
#include "support/temporary_folder.h"

namespace neurovasc::pdf {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

#ifdef NEUROVASC_PDFTOTEXT
constexpr bool kReadersAreThere = true;
#else
constexpr bool kReadersAreThere = false;
#define NEUROVASC_PDFTOTEXT ""
#define NEUROVASC_PDFINFO ""
#define NEUROVASC_PDFFONTS ""
#endif

std::string outputOf(const std::string& command) {
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
  std::string text;
  std::array<char, 4096> part{};
  while (pipe && std::fgets(part.data(), part.size(), pipe.get()) != nullptr) {
    text += part.data();
  }
  return text;
}

std::string withoutBlanks(std::string text) {
  text.erase(std::remove_if(text.begin(), text.end(),
                            [](unsigned char c) { return std::isspace(c) != 0; }),
             text.end());
  return text;
}

int count(const std::string& text, const std::string& word) {
  int found = 0;
  for (std::size_t at = text.find(word); at != text.npos; at = text.find(word, at + 1)) {
    ++found;
  }
  return found;
}

class ReportPdf : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!kReadersAreThere) {
      GTEST_SKIP() << "pdftotext, pdfinfo and pdffonts (poppler-utils) were not found";
    }
  }

  std::string read(const char* program, const std::string& bytes, const std::string& after = "") {
    const std::string file = folder_.write("report.pdf", bytes).string();
    return outputOf(fmt::format("{} '{}' {}", program, file, after));
  }
  std::string textOf(const std::string& bytes) { return read(NEUROVASC_PDFTOTEXT, bytes, "-"); }
  int pagesOf(const std::string& bytes) {
    const std::string info = read(NEUROVASC_PDFINFO, bytes);
    return std::stoi(info.substr(info.find("Pages:") + 6));
  }
  std::vector<PdfPicture> twoPictures() {
    std::vector<PdfPicture> pictures;
    for (const char* title : {"Overview", "Slices through contact L1"}) {
      const std::string file = folder_.path(std::string(title) + ".png");
      scene::writePng({600, 450, std::vector<std::uint8_t>(3UL * 600 * 450, 150)}, file);
      pictures.push_back({title, file});
    }
    return pictures;
  }

  neurovasc::testing::TemporaryFolder folder_;
};

Assessment crowded(std::size_t contacts) {
  Assessment assessment = neurovasc::testing::richAssessment();
  for (SideAssessment& side : assessment.sides) {
    Contact contact = side.contacts.empty() ? Contact{} : side.contacts.front();
    contact.contact_probability = 0.02;
    while (side.contacts.size() < contacts) {
      contact.id = fmt::format("L{}", side.contacts.size() + 1);
      side.contacts.push_back(contact);
    }
  }
  return assessment;
}

TEST_F(ReportPdf, IsTheSameForTheSameContent) {
  const Assessment assessment = neurovasc::testing::richAssessment();
  EXPECT_EQ(reportPdf(assessment, twoPictures()), reportPdf(assessment, twoPictures()));
}

TEST_F(ReportPdf, HoldsTheReportsSentencesAsTextThatCanBeSearched) {
  const Assessment assessment = neurovasc::testing::richAssessment();
  const std::string said = withoutBlanks(textOf(reportPdf(assessment, twoPictures())));
  const report::ReportText text = report::reportText(assessment);
  for (const auto* sentences : {&text.impression, &text.technique, &text.limits}) {
    for (const std::string& sentence : *sentences) {
      EXPECT_THAT(said, HasSubstr(withoutBlanks(sentence)));
    }
  }
  for (const report::SideText& side : text.sides) {
    for (std::size_t n = 1; n < side.contact_table.size(); ++n) {
      EXPECT_THAT(said, HasSubstr(withoutBlanks(side.contact_table[n][3])));
    }
  }
  EXPECT_THAT(said, HasSubstr("Slicesthroughcontact"));
}

TEST_F(ReportPdf, SaysWhatReadersSayBesideTheProgram) {
  const Assessment assessment = neurovasc::testing::richAssessment();
  const auto reviewed = contact::reviewed(assessment, neurovasc::testing::richReview());
  const std::string bytes = reportPdf(assessment, twoPictures(), {}, {}, {reviewed});
  const std::string said = withoutBlanks(textOf(bytes));
  EXPECT_THAT(said, HasSubstr("REVIEWBYA.READER"));
  EXPECT_THAT(said, HasSubstr("thinvein"));
  EXPECT_LE(pagesOf(bytes), 2);
  EXPECT_THAT(withoutBlanks(textOf(reportPdf(assessment, {}))), Not(HasSubstr("REVIEWBY")));
}

TEST_F(ReportPdf, BearsTheNoticeAndTheLabelOnEveryPage) {
  Assessment assessment = crowded(14);
  assessment.label = "study 17";
  const std::string bytes = reportPdf(assessment, twoPictures());
  const std::string said = textOf(bytes);
  ASSERT_EQ(pagesOf(bytes), 2);
  EXPECT_GE(count(said, std::string(kResearchUseOnly)), 2);
  EXPECT_EQ(count(said, "Label: study 17"), 2);
}

TEST_F(ReportPdf, TakesTwoPagesAtMostAndSaysWhatItLeavesOut) {
  const std::string bytes = reportPdf(crowded(60), twoPictures());
  EXPECT_LE(pagesOf(bytes), 2);
  EXPECT_THAT(textOf(bytes), HasSubstr("less likely to touch stand in report.txt"));
  EXPECT_THAT(textOf(reportPdf(crowded(3), {})), Not(HasSubstr("less likely to touch")));
}

TEST_F(ReportPdf, EmbedsItsFonts) {
  const std::string fonts =
      read(NEUROVASC_PDFFONTS, reportPdf(neurovasc::testing::richAssessment(), {}));
  EXPECT_THAT(fonts, HasSubstr("DejaVuSans"));
  EXPECT_THAT(fonts, Not(HasSubstr(" no  no ")));
}

TEST_F(ReportPdf, TellsNoTimeNoPathAndNobodyInItsMetadata) {
  const std::string bytes = reportPdf(neurovasc::testing::richAssessment(), twoPictures());
  const std::string info = read(NEUROVASC_PDFINFO, bytes, "-isodates");
  EXPECT_THAT(info, HasSubstr("Title:           FACIAL NERVE AND VESSELS ON MRI"));
  EXPECT_THAT(info, HasSubstr("2000-01-01"));
  EXPECT_THAT(info, Not(HasSubstr("Author")));
  EXPECT_THAT(info, HasSubstr("A4"));
  EXPECT_THAT(bytes, Not(HasSubstr(folder_.path().string())));
}

TEST_F(ReportPdf, CanBeMadeOfAStudyThatShowsNothing) {
  const Assessment unseen = neurovasc::testing::notAssessableAssessment();
  const std::string said = textOf(reportPdf(unseen, {}));
  EXPECT_THAT(said, HasSubstr("could not be assessed"));
  EXPECT_EQ(pagesOf(reportPdf({}, {})), 1);
}

TEST_F(ReportPdf, OfAComparisonSaysWhatBecameOfEachSide) {
  const Comparison comparison = neurovasc::testing::richComparison();
  const std::vector<Assessment> dates(comparison.dates.size(),
                                      neurovasc::testing::richAssessment());
  const std::string bytes = comparisonPdf(comparison, dates, twoPictures());
  const std::string said = withoutBlanks(textOf(bytes));
  const report::ComparisonText text = report::comparisonText(comparison);
  for (const report::ComparedSideText& side : text.sides) {
    EXPECT_THAT(said, HasSubstr(withoutBlanks(side.outcome)));
    EXPECT_THAT(said, HasSubstr(withoutBlanks(side.joint)));
    for (const std::string& pad : side.pads) {
      EXPECT_THAT(said, HasSubstr(withoutBlanks(pad)));
    }
  }
  EXPECT_LE(pagesOf(bytes), 2);
}

TEST(ReportPdfInput, IsRefusedWhereItDoesNotFit) {
  const neurovasc::testing::TemporaryFolder folder;
  const std::string none = folder.write("text.png", "no picture").string();
  EXPECT_THROW(reportPdf({}, {{"Overview", none}}), Error);
  EXPECT_THROW(comparisonPdf(neurovasc::testing::richComparison(), {}, {}), Error);
  StopToken stop;
  stop.requestStop();
  EXPECT_THROW(reportPdf({}, {}, {}, Progress({}, {}, stop)), Error);
}

TEST(PdfOptions, OutOfRangeAreRefused) {
  EXPECT_NO_THROW(validate(PdfOptions{}));
  EXPECT_THROW(validate(PdfOptions{1, 9, 7, 2, 85}), Error);
  EXPECT_THROW(validate(PdfOptions{14, 30, 7, 2, 85}), Error);
  EXPECT_THROW(validate(PdfOptions{14, 9, 10, 2, 85}), Error);
  EXPECT_THROW(validate(PdfOptions{14, 9, 7, 0, 85}), Error);
  EXPECT_THROW(validate(PdfOptions{14, 9, 7, 2, 0}), Error);
}

}  // namespace
}  // namespace neurovasc::pdf
