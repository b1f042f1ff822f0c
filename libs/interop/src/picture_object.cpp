#include "neurovasc/interop/picture_object.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcuid.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "dataset_writer.h"
#include "neurovasc/core/anatomy.h"
#include "neurovasc/core/error.h"
#include "neurovasc/core/version.h"
#include "neurovasc/interop/own_objects.h"
#include "outlines.h"
#include "source_contents.h"
#include "stamp.h"

namespace neurovasc::interop {
namespace {

constexpr int kCaptureSeries = 9004;
constexpr int kNoticeSeries = 9091;
/// Not one of a pair, so that no laterality is asked for.
constexpr const char* kBodyPart = "HEAD";
constexpr int kBurnedInSeries = 9007;
/// T2 fills three quarters of the grey values, so that outlines stand out above it.
constexpr double kBrightestT2 = 3000;
constexpr std::uint16_t kOutlineGrey = 4000;

/// The end of @p title, which tells the side, as far as it fits.
std::string frameLabel(const std::string& title) {
  // VR SH takes 16; readers count the blank that makes all of them even to the last one.
  constexpr std::size_t kMost = 15;
  return title.size() <= kMost ? title : title.substr(title.size() - kMost);
}

void putPages(DcmDataset& dataset, const std::vector<std::string>& titles) {
  std::string pages;
  std::string labels;
  for (std::size_t n = 0; n < titles.size(); ++n) {
    pages += (n == 0 ? "" : "\\") + std::to_string(n + 1);
    labels += (n == 0 ? "" : "\\") + frameLabel(titles[n]);
  }
  put(dataset, DCM_NumberOfFrames, std::to_string(titles.size()));
  if (titles.size() < 2) {
    return;  // PS3.3 C.8.6.3: pointer and vectors belong to several frames
  }
  // Page Number Vector and Frame Label Vector
  put(dataset, DCM_FrameIncrementPointer, "(0018,2001)\\(0018,2002)");
  put(dataset, DCM_PageNumberVector, pages);
  put(dataset, DCM_FrameLabelVector, labels);
}

/// Acquisition elements of the MR Image module that the T2 images have; those of type 2 are there
/// in any case.
void putMrAcquisition(DcmDataset& dataset, const SourceStudy& source) {
  const std::array<std::pair<DcmTagKey, const char*>, 10> elements = {{
      {DCM_PatientPosition, ""},
      {DCM_ScanningSequence, "RM"},  // PS3.3: research mode
      {DCM_SequenceVariant, "NONE"},
      {DCM_ScanOptions, ""},
      {DCM_MRAcquisitionType, "3D"},
      {DCM_RepetitionTime, ""},
      {DCM_EchoTime, ""},
      {DCM_EchoTrainLength, ""},
      {DCM_FlipAngle, nullptr},
      {DCM_MagneticFieldStrength, nullptr},
  }};
  DcmDataset header(source.contents().header);
  for (const auto& [tag, otherwise] : elements) {
    OFString value;
    if (header.findAndGetOFStringArray(tag, value).good() && !value.empty()) {
      put(dataset, tag, value.c_str());
    } else if (otherwise != nullptr) {
      put(dataset, tag, otherwise);
    }
  }
}

void putPlace(DcmDataset& dataset, const GridGeometry& grid, int k) {
  const Point3 corner = grid.toLps(0, 0, k);
  const Vec3 row = grid.direction.column(0);
  const Vec3 column = grid.direction.column(1);
  putDecimals(dataset, DCM_ImagePositionPatient, {corner.x, corner.y, corner.z}, 6);
  putDecimals(dataset, DCM_ImageOrientationPatient,
              {row.x, row.y, row.z, column.x, column.y, column.z}, 10);
  putDecimals(dataset, DCM_PixelSpacing, {grid.spacing_mm.y, grid.spacing_mm.x}, 6);
  putDecimals(dataset, DCM_SliceThickness, {grid.spacing_mm.z}, 6);
  putDecimals(dataset, DCM_SpacingBetweenSlices, {grid.spacing_mm.z}, 6);
}

using Pixels = std::vector<std::uint16_t>;

Pixels greyOf(const ImageF& t2, int k, double brightest) {
  const std::size_t count = t2.geometry().offset(0, 0, 1);
  Pixels pixels(count);
  for (std::size_t n = 0; n < count; ++n) {
    const double share = t2[count * static_cast<std::size_t>(k) + n] / brightest;
    pixels[n] = static_cast<std::uint16_t>(std::lround(kBrightestT2 * std::clamp(share, 0.0, 1.0)));
  }
  return pixels;
}

void drawOutlines(Pixels& pixels, const std::vector<StructureSlices>& structures, int k,
                  const Size3& size) {
  for (const auto& structure : structures) {
    if (!isOutlined(structure.segment)) {
      continue;
    }
    for (const auto& slice : structure.slices) {
      if (slice.slice == k) {
        for (const std::size_t pixel : borderPixels(slice.binary, size[0], size[1])) {
          pixels[pixel] = kOutlineGrey;
        }
      }
    }
  }
}

void putWindow(DcmDataset& dataset) {
  putDecimals(dataset, DCM_WindowCenter, {kOutlineGrey / 2.0}, 1);
  putDecimals(dataset, DCM_WindowWidth, {double{kOutlineGrey}}, 1);
}

void putDerivation(DcmDataset& dataset, const SourceImage* image) {
  put(dataset, DCM_ImageType, "DERIVED\\SECONDARY\\OTHER");
  put(dataset, DCM_DerivationDescription, std::string(kResearchUseOnly));
  put(dataset, DCM_BurnedInAnnotation, "NO");  // of identity: the word and outlines are none
  put(dataset, DCM_LossyImageCompression, "00");
  if (image != nullptr) {
    DcmItem& source = addItem(dataset, DCM_SourceImageSequence);
    putReference(source, *image);
    if (image->frame > 0) {
      put(source, DCM_ReferencedFrameNumber, std::to_string(image->frame));
    }
    putCode(source, DCM_PurposeOfReferenceCodeSequence, Concept::source_image);
  }
}

void writeBurnedInSlice(const Pixels& pixels, const GridGeometry& grid, int k,
                        const ExportContext& context, const std::filesystem::path& path) {
  DcmDataset dataset;
  putCommon(dataset, context,
            {UID_MRImageStorage, "MR", "burned-in", "T2 with outlines", kBurnedInSeries, k + 1});
  put(dataset, DCM_BodyPartExamined, kBodyPart);
  putFrameOfReference(dataset, context);
  putMrAcquisition(dataset, context.source);
  putDerivation(dataset, context.source.t2Image(grid, k));
  putPlace(dataset, grid, k);
  putPixelFormat(dataset, grid.size[0], grid.size[1], 1, 16);
  putWindow(dataset);
  requireDone(dataset.putAndInsertUint16Array(DCM_PixelData, pixels.data(),
                                              static_cast<unsigned long>(pixels.size())));
  save(dataset, path);
}

/// @p pictures, all of one size, as the frames of one object.
DcmDataset captureOf(const std::vector<scene::Picture>& pictures,
                     const std::vector<std::string>& titles, const ExportContext& context,
                     const ObjectIdentity& identity) {
  DcmDataset dataset;
  putCommon(dataset, context, identity);
  put(dataset, DCM_BodyPartExamined, kBodyPart);
  put(dataset, DCM_ConversionType, "WSD");
  put(dataset, DCM_ImageType, "DERIVED\\SECONDARY");
  put(dataset, DCM_BurnedInAnnotation, "NO");
  put(dataset, DCM_LossyImageCompression, "00");
  requireDone(dataset.insertEmptyElement(DCM_PatientOrientation));
  putPages(dataset, titles);
  putPixelFormat(dataset, pictures[0].width, pictures[0].height, 3, 8);
  std::vector<std::uint8_t> pixels;
  for (const auto& picture : pictures) {
    pixels.insert(pixels.end(), picture.rgb.begin(), picture.rgb.end());
  }
  putPixels(dataset, std::move(pixels));
  return dataset;
}

}  // namespace

bool isOutlined(const imaging::Segment& segment) {
  const auto hidden = {Label::csf, Label::brain, Label::bone, Label::unexplained};
  return std::none_of(hidden.begin(), hidden.end(), [&](Label label) {
    return segment.value == static_cast<std::uint8_t>(label);
  });
}

void writeSecondaryCapture(const std::vector<scene::Picture>& pictures,
                           const std::vector<std::string>& titles, int instance,
                           const ExportContext& context, const std::filesystem::path& path) {
  const bool one_size =
      !pictures.empty() && titles.size() == pictures.size() &&
      std::all_of(pictures.begin(), pictures.end(), [&](const scene::Picture& picture) {
        return picture.width == pictures[0].width && picture.height == pictures[0].height;
      });
  if (!one_size) {
    throw Error(ErrorCode::usage, "a secondary capture takes titled pictures of one size");
  }
  DcmDataset dataset = captureOf(pictures, titles, context,
                                 {UID_MultiframeTrueColorSecondaryCaptureImageStorage, "OT", "sc",
                                  "pictures", kCaptureSeries, instance});
  putReferencedSeries(dataset, context);
  putT2Images(dataset, DCM_SourceImageSequence, context);
  save(dataset, path);
}

void writeNoticeCapture(const scene::Picture& page, const ExportContext& context,
                        const std::filesystem::path& path) {
  DcmDataset dataset =
      captureOf({page}, {"notice"}, context,
                {UID_MultiframeTrueColorSecondaryCaptureImageStorage, "OT", "notice",
                 std::string(kNoticeDescription.substr(kOwnDescription.size())), kNoticeSeries, 1});
  save(dataset, path);
}

void writeBurnedInSeries(const ImageF& t2, const std::vector<StructureSlices>& structures,
                         const ExportContext& context, const std::filesystem::path& stem) {
  const GridGeometry& grid = t2.geometry();
  const double brightest = std::max(1.0, double{*std::max_element(t2.begin(), t2.end())});
  for (int k = 0; k < grid.size[2]; ++k) {
    Pixels pixels = greyOf(t2, k, brightest);
    drawOutlines(pixels, structures, k, grid.size);
    stampResearch(pixels, grid.size[0], grid.size[1], kOutlineGrey);
    writeBurnedInSlice(pixels, grid, k, context, fmt::format("{}-{}.dcm", stem.string(), k + 1));
  }
}

}  // namespace neurovasc::interop
