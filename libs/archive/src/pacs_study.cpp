#include "pacs_study.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "neurovasc/core/study.h"
#include "neurovasc/dicom/description.h"
#include "neurovasc/dicom/resolution.h"
#include "neurovasc/dicom/series_role.h"
#include "study_dates.h"

namespace neurovasc::archive {
namespace {

/// The voxel, where the answers tell all three of its sides.
std::optional<Vec3> voxelOf(const dicom::SamplingFacts& sampling) {
  const Vec3 least = dicom::leastVoxel(sampling);
  if (least.x <= 0 || least.y <= 0 || least.z <= 0) {
    return std::nullopt;
  }
  const bool has_size = sampling.columns > 0 && sampling.rows > 0;
  return has_size ? dicom::acquiredVoxel(sampling).value_or(least) : least;
}

bool isTooThick(const Vec3& voxel_mm) { return resolutionOf(voxel_mm) == Resolution::too_thick; }

/// What the slices alone tell of the voxel.
Vec3 sliceOnly(const dicom::SamplingFacts& sampling) {
  return {0, 0, dicom::leastVoxel(sampling).z};
}

/// As chooseSeries() looks at a series. Sizes that are not told are 0, but for the slices: one
/// image may hold all of them.
Series toChooseFrom(const pacs::DescribedSeries& described, const SeriesRow& row) {
  Series series;
  series.id = row.id;
  series.role = row.role.value_or(SeriesRole::other);
  series.derived = dicom::isDerived(described.facts);
  series.geometry.size = {described.sampling.columns, described.sampling.rows,
                          std::max(2, described.instances)};
  series.geometry.spacing_mm = dicom::leastVoxel(described.sampling);
  series.acquisition.acquired_voxel_mm = voxelOf(described.sampling);
  return series;
}

std::vector<std::string> identifiersOf(const pacs::FoundStudy& study,
                                       const pacs::DescribedSeries& series) {
  std::vector<std::string> identifiers = {study.patient_id, study.patient_name,
                                          study.patient_birth_date, study.accession_number};
  identifiers.insert(identifiers.end(), study.identifiers.begin(), study.identifiers.end());
  identifiers.insert(identifiers.end(), series.identifiers.begin(), series.identifiers.end());
  identifiers.erase(std::remove(identifiers.begin(), identifiers.end(), std::string()),
                    identifiers.end());
  return identifiers;
}

SeriesRow rowOf(const pacs::DescribedSeries& described, const pacs::FoundStudy& study) {
  const std::vector<std::string> identifiers = identifiersOf(study, described);
  const auto voxel = voxelOf(described.sampling);
  const Vec3 told = voxel.value_or(sliceOnly(described.sampling));
  dicom::SeriesFacts facts = described.facts;
  facts.voxel_mm = told;
  SeriesRow row;
  row.number = described.number;
  row.description = dicom::withoutIdentity(facts.description, identifiers);
  row.manufacturer = dicom::withoutIdentity(facts.manufacturer, identifiers);
  row.role = dicom::knownRole(facts);
  if (voxel || isTooThick(told)) {
    row.resolution = resolutionOf(told);
    row.voxel_mm = std::max({told.x, told.y, told.z});
  }
  if (described.instances > 0) {
    row.slices = described.instances;
  }
  row.field_strength_t = described.field_strength_t;
  return row;
}

void choose(const std::vector<pacs::DescribedSeries>& described, std::vector<SeriesRow>& rows) {
  Study study;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    study.series.push_back(toChooseFrom(described[i], rows[i]));
  }
  dicom::chooseSeries(study);
  for (const auto& index : {study.cisternography, study.tof, study.ce_t1}) {
    if (index) {
      rows[*index].chosen = true;
    }
  }
}

std::optional<std::int64_t> imagesOf(const std::vector<SeriesRow>& rows) {
  std::int64_t images = 0;
  for (const SeriesRow& row : rows) {
    if (!row.slices) {
      return std::nullopt;
    }
    images += *row.slices;
  }
  return images;
}

}  // namespace

std::string toldHash(const pacs::FoundStudy& study, const result::SiteKey& key) {
  std::string text =
      "told\n" + std::to_string(study.series) + "\n" + std::to_string(study.instances);
  for (const std::string* word : {&study.study_date, &study.study_time, &study.patient_id,
                                  &study.patient_name, &study.patient_birth_date}) {
    text += "\n" + *word;
  }
  return key.hash(text);
}

PacsStudy pacsStudyOf(const pacs::FoundStudy& study, std::vector<pacs::DescribedSeries> series,
                      const result::SiteKey& key) {
  PacsStudy found;
  found.uid = study.study_instance_uid;
  found.keys = dicom::studyKeys(
      {study.patient_id, study.patient_name, study.patient_birth_date, study.study_instance_uid},
      [&key](std::string_view identity) { return key.hash(identity); });
  found.day = dayOfDate(study.study_date);
  found.told = toldHash(study, key);
  found.all_series = static_cast<int>(series.size()) >= study.series;
  series.erase(std::remove_if(series.begin(), series.end(),
                              [](const auto& one) { return one.modality != "MR"; }),
               series.end());
  // In the order of files.
  std::sort(series.begin(), series.end(), [](const auto& a, const auto& b) {
    return std::tie(a.number, a.series_instance_uid) < std::tie(b.number, b.series_instance_uid);
  });
  for (const pacs::DescribedSeries& one : series) {
    found.series.push_back(rowOf(one, study));
    found.series.back().id = "s" + std::to_string(found.series.size());
  }
  choose(series, found.series);
  found.images = found.all_series ? imagesOf(found.series) : std::nullopt;
  return found;
}

}  // namespace neurovasc::archive
