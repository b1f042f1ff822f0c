#include "pdf_output.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "neurovasc/pdf/report_pdf.h"

namespace neurovasc::pipeline {
namespace {

/// A contact and how likely it touches, at any date.
struct Likely {
  std::string id;
  Side side = Side::left;
  double probability = -1;
};

Likely likeliest(const Assessment& assessment) {
  Likely best;
  for (const SideAssessment& side : assessment.sides) {
    for (const Contact& contact : side.contacts) {
      const double probability = contact.contact_probability.value_or(0);
      if (probability > best.probability) {
        best = {contact.id, side.side, probability};
      }
    }
  }
  return best;
}

Likely likeliest(const Comparison& comparison) {
  Likely best;
  for (const SideComparison& side : comparison.sides) {
    for (const TrackedContact& contact : side.contacts) {
      for (const ContactSighting& sighting : contact.dates) {
        const double probability = sighting.contact_probability.value_or(0);
        if (probability > best.probability) {
          best = {contact.id, side.side, probability};
        }
      }
    }
  }
  return best;
}

/// Those of @p pictures that are called so, in the order of @p names.
std::vector<pdf::PdfPicture> chosen(const std::vector<page::PagePicture>& pictures,
                                    const std::vector<std::string>& names) {
  std::vector<pdf::PdfPicture> list;
  for (const std::string& name : names) {
    const auto found =
        std::find_if(pictures.begin(), pictures.end(),
                     [&name](const page::PagePicture& picture) { return picture.name == name; });
    if (found != pictures.end()) {
      list.push_back({found->title, found->file});
    }
  }
  return list;
}

std::vector<result::ResultFile> written(const result::StagedFolder& folder,
                                        const std::string& bytes) {
  folder.write(result::kPdfFile, bytes);
  return {{std::string(result::kPdfFile), "one or two pages for paper: findings, zones, contacts"}};
}

}  // namespace

std::string studyPdf(const Assessment& assessment, const std::vector<page::PagePicture>& pictures,
                     const std::vector<ReviewedAssessment>& reviews, const Progress& progress) {
  const Likely best = likeliest(assessment);
  const auto printed =
      chosen(pictures, {"overview.png", fmt::format("contact_{}_slices.png", best.id)});
  return pdf::reportPdf(assessment, printed, {}, progress, reviews);
}

std::vector<result::ResultFile> writePdf(const result::StagedFolder& folder,
                                         const Assessment& assessment,
                                         const std::vector<page::PagePicture>& pictures,
                                         const Progress& progress) {
  return written(folder, studyPdf(assessment, pictures, {}, progress));
}

std::vector<result::ResultFile> writePdf(const result::StagedFolder& folder,
                                         const Comparison& comparison,
                                         const std::vector<Assessment>& dates,
                                         const std::vector<page::PagePicture>& pictures,
                                         const Progress& progress) {
  const Likely best = likeliest(comparison);
  const std::string side(name(best.side));
  const auto printed = chosen(
      pictures,
      {fmt::format("dates_retrosigmoid_{}.png", side), fmt::format("dates_{}_slices.png", best.id),
       fmt::format("retrosigmoid_{}.png", side), fmt::format("contact_{}_slices.png", best.id)});
  return written(folder, pdf::comparisonPdf(comparison, dates, printed, {}, progress));
}

}  // namespace neurovasc::pipeline
