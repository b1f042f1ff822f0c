#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "neurovasc/core/study.h"

namespace neurovasc::result {
class SiteKey;
}

namespace neurovasc::interop {

struct ExportContext;

/// One image (a file, or a frame of one) of a series that an analysis stands on.
struct SourceImage {
  std::string sop_class_uid;
  std::string sop_instance_uid;
  int frame = 0;  ///< from 1 in a multi-frame file; 0: the file is one image
  Point3 position_mm;
};

struct SourceSeries {
  std::string series_instance_uid;
  std::string frame_of_reference_uid;
  std::vector<SourceImage> images;  ///< in the order of the files
};

/// Who was examined, when, and on which images: what DICOM objects made from an analysis have to
/// repeat and refer to. It holds identity; nothing of it goes anywhere but into DICOM objects.
///
/// Its texts become UTF-8 (ISO_IR 192), also with ISO 2022 code extensions. Where they are damaged,
/// or in sets that DICOM does not define, they stay as they are and objects declare the source's
/// character sets: what this program adds is then ASCII.
class SourceStudy {
 public:
  /// From the headers that analyze keeps in source/ (see dicom/source_headers.h).
  /// Error(usage) where @p dir holds no T2 headers, Error(input_unreadable) for damaged ones.
  static SourceStudy fromHeaders(const std::filesystem::path& dir);

  /// From DICOM files with or without pixels, in slice order, by role; the cisternography must be
  /// among them. Errors as above, and Error(inconsistent_geometry) where they belong to several
  /// studies.
  static SourceStudy fromFiles(const std::map<SeriesRole, std::vector<std::string>>& files);

  /// Of whom and of which examination the DICOM file @p file is. It has no series: for objects that
  /// refer to no image. Throws Error(input_unreadable).
  static SourceStudy fromObject(const std::string& file);

  const std::string& studyInstanceUid() const;
  const SourceSeries& t2() const;
  /// Series by role, T2 (cisternography) first.
  const std::map<SeriesRole, SourceSeries>& series() const;

  /// The image of slice @p k of @p grid (within half a slice), or null.
  const SourceImage* t2Image(const GridGeometry& grid, int k) const;

  /// DCMTK's side of it, for this library alone.
  struct Contents;
  const Contents& contents() const { return *contents_; }

 private:
  friend ExportContext deidentified(const ExportContext& context, const result::SiteKey& key);
  explicit SourceStudy(std::shared_ptr<const Contents> contents);
  std::shared_ptr<const Contents> contents_;
};

/// What all objects of one export have in common.
///
/// UIDs come from the fingerprint, so that the same result gives the same objects, and another one
/// gives others.
struct ExportContext {
  SourceStudy source;
  std::string fingerprint;   ///< e.g. the SHA-256 of the assessment
  std::string content_date;  ///< DICOM DA: when the analysis was made
  std::string content_time;  ///< DICOM TM
  /// What the objects are of, at the front of their series' descriptions: kComparisonSubject.
  /// Empty: the one study.
  std::string subject = {};
};

}  // namespace neurovasc::interop
