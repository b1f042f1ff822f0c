#pragma once

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdatset.h>

#include <filesystem>
#include <string>
#include <vector>

#include "neurovasc/interop/codes.h"
#include "neurovasc/interop/source_study.h"

namespace neurovasc::interop {

/// Manufacturer in all objects.
inline constexpr const char* kMaker = "The neurovasc authors";

/// Throws Error(internal) unless @p done: an element that cannot be set is a defect here.
void requireDone(const OFCondition& done);

void put(DcmItem& item, const DcmTagKey& tag, const std::string& value);
void putNumber(DcmItem& item, const DcmTagKey& tag, int value);
/// Decimal strings (DS) separated by backslashes.
void putDecimals(DcmItem& item, const DcmTagKey& tag, const std::vector<double>& values,
                 int decimals);
/// A new item at the end of sequence @p tag.
DcmItem& addItem(DcmItem& item, const DcmTagKey& tag);
/// The code of @p code as a new item of sequence @p tag.
void putCode(DcmItem& item, const DcmTagKey& tag, const imaging::Code& code);
void putCode(DcmItem& item, const DcmTagKey& tag, Concept concept_id);
/// Referenced SOP Class and Instance.
void putReference(DcmItem& item, const SourceImage& image);

/// What one object is, beside what the study says.
struct ObjectIdentity {
  std::string sop_class_uid;
  std::string modality;
  std::string kind;         ///< "seg": from it come the UIDs
  std::string description;  ///< of the series, after "RESEARCH "
  int series_number = 1;
  int instance = 1;  ///< of the series, from 1
};

std::string seriesUidOf(const ExportContext& context, const std::string& kind);
std::string instanceUidOf(const ExportContext& context, const std::string& kind, int instance = 1);

/// The lasting identity of a structure or contact of this study, the same in every export.
std::string trackingUidOf(const ExportContext& context, const std::string& id);

/// Patient and study as the source has them, a series of its own, this program as the equipment,
/// the source's character set (UTF-8 where it could be had), UIDs. Elements that are there already
/// are replaced.
void putCommon(DcmDataset& dataset, const ExportContext& context, const ObjectIdentity& identity);

/// Whether the texts that objects repeat are in UTF-8.
bool hasUtf8Texts(const SourceStudy& source);

/// The T2 series' frame of reference.
void putFrameOfReference(DcmDataset& dataset, const ExportContext& context);

/// ReferencedSeriesSequence with every T2 image.
void putReferencedSeries(DcmItem& item, const ExportContext& context);

/// A reference in @p sequence for each T2 image; the frames of one image are referred to once.
void putT2Images(DcmItem& item, const DcmTagKey& sequence, const ExportContext& context);

/// Rows, Columns, samples and bits of pixels that are @p bits wide and unsigned.
void putPixelFormat(DcmDataset& dataset, int columns, int rows, int samples, int bits);

/// The pixels, 8 bits each, at an even length.
void putPixels(DcmDataset& dataset, std::vector<std::uint8_t> pixels);

/// Writes @p dataset in explicit little endian, whole or not at all: aside, then renamed.
/// Error(output_unwritable).
void save(DcmDataset& dataset, const std::filesystem::path& path);

}  // namespace neurovasc::interop
