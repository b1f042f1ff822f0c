#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcfilefo.h>
#include <dcmtk/dcmdata/dcuid.h>
#include <dcmtk/dcmfg/fgpixmsr.h>
#include <dcmtk/dcmfg/fgplanor.h>
#include <dcmtk/dcmfg/fgplanpo.h>
#include <dcmtk/dcmfg/fgseg.h>
#include <dcmtk/dcmseg/segdoc.h>
#include <dcmtk/dcmseg/segment.h>
#include <dcmtk/dcmseg/segutils.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <memory>

#include "dicom_input.h"
#include "neurovasc/core/error.h"
#include "neurovasc/interop/segmentation_object.h"

namespace neurovasc::interop {
namespace {

/// Frames that lie off their grid by more than this share of a step lie on no grid.
constexpr double kMostOff = 0.1;
/// Positions are written to so many mm.
constexpr double kSamePlace_mm = 1e-3;

/// No scanner makes so many slices: what asks for more would only fill the memory.
constexpr int kMostSlices = 4096;

constexpr const char* kHint =
    "Give a DICOM Segmentation whose frames lie on the slices of one series.";

/// Where a frame lies.
struct FramePlane {
  int segment = 0;
  Point3 origin_mm;
  Vec3 row;             ///< direction of growing column index
  Vec3 column;          ///< of growing row index
  double along_mm = 0;  ///< of the origin, along the normal
};

class SegmentReader {
 public:
  explicit SegmentReader(const std::string& path) : path_(path) {
    loadDicom(path, file_);
    DcmDataset& dataset = *file_.getDataset();
    DcmSegmentation* loaded = nullptr;
    if (elementText(dataset, DCM_SOPClassUID) != UID_SegmentationStorage) {
      fail(ErrorCode::input_unreadable, "this is no DICOM Segmentation");
    }
    const OFCondition read = DcmSegmentation::loadDataset(dataset, loaded);
    segmentation_.reset(loaded);
    if (read.bad() || segmentation_ == nullptr || segmentation_->getNumberOfFrames() == 0) {
      fail(ErrorCode::input_unreadable, fmt::format("it cannot be read: {}", read.text()));
    }
    dataset.findAndGetUint16(DCM_Columns, size_[0]);
    dataset.findAndGetUint16(DCM_Rows, size_[1]);
  }

  ImageF read(std::optional<int> number) {
    requireSegment(number);
    const std::vector<FramePlane> planes = framePlanes();
    ImageF image(gridOf(planes));
    for (std::size_t n = 0; n < planes.size(); ++n) {
      if (!number || planes[n].segment == *number) {
        add(n, planes[n], image);
      }
    }
    return image;
  }

 private:
  [[noreturn]] void fail(ErrorCode code, const std::string& cause) const {
    throw Error(code, fmt::format("{}: {}", path_, cause), kHint);
  }

  void requireSegment(std::optional<int> number) {
    std::string there;
    for (std::size_t n = 1; n <= segmentation_->getNumberOfSegments(); ++n) {
      OFString label;
      segmentation_->getSegment(n)->getSegmentLabel(label);
      there += fmt::format("{}{} ({})", there.empty() ? "" : ", ", n, label.c_str());
    }
    const int most = static_cast<int>(segmentation_->getNumberOfSegments());
    if (number && (*number < 1 || *number > most)) {
      throw Error(ErrorCode::input_unreadable,
                  fmt::format("{}: there is no segment {}", path_, *number),
                  fmt::format("It holds {}.", there));
    }
  }

  template <typename Group>
  Group& groupOf(std::size_t frame, DcmFGTypes::E_FGType type, const char* what) {
    auto* group = dynamic_cast<Group*>(
        segmentation_->getFunctionalGroups().get(static_cast<Uint32>(frame), type));
    if (group == nullptr) {
      fail(ErrorCode::input_unreadable, fmt::format("a frame does not say its {}", what));
    }
    return *group;
  }

  FramePlane planeOf(std::size_t frame) {
    FramePlane plane;
    Point3& p = plane.origin_mm;
    Vec3& r = plane.row;
    Vec3& c = plane.column;
    Uint16 segment = 0;
    const bool whole =
        groupOf<FGPlanePosPatient>(frame, DcmFGTypes::EFG_PLANEPOSPATIENT, "position")
            .getImagePositionPatient(p.x, p.y, p.z)
            .good() &&
        groupOf<FGPlaneOrientationPatient>(frame, DcmFGTypes::EFG_PLANEORIENTPATIENT, "orientation")
            .getImageOrientationPatient(r.x, r.y, r.z, c.x, c.y, c.z)
            .good() &&
        groupOf<FGSegmentation>(frame, DcmFGTypes::EFG_SEGMENTATION, "segment")
            .getReferencedSegmentNumber(segment)
            .good();
    if (!whole) {
      fail(ErrorCode::input_unreadable, "a frame does not say where it lies");
    }
    plane.segment = segment;
    return plane;
  }

  std::vector<FramePlane> framePlanes() {
    std::vector<FramePlane> planes;
    for (std::size_t n = 0; n < segmentation_->getNumberOfFrames(); ++n) {
      planes.push_back(planeOf(n));
      const FramePlane& first = planes.front();
      const bool parallel = norm(planes[n].row - first.row) < kSamePlace_mm &&
                            norm(planes[n].column - first.column) < kSamePlace_mm;
      if (!parallel) {
        fail(ErrorCode::inconsistent_geometry, "its frames are not parallel");
      }
      planes[n].along_mm = dot(planes[n].origin_mm, cross(first.row, first.column));
    }
    return planes;
  }

  /// From slice to slice: what the object says, else the least distance between frames.
  double stepOf(const std::vector<double>& places_mm) {
    auto& measures = groupOf<FGPixelMeasures>(0, DcmFGTypes::EFG_PIXELMEASURES, "voxel size");
    double step = 0;
    if (measures.getSpacingBetweenSlices(step).good() && step > 0) {
      return step;
    }
    for (std::size_t n = 1; n < places_mm.size(); ++n) {
      const double apart = places_mm[n] - places_mm[n - 1];
      step = apart > kSamePlace_mm && (step <= 0 || apart < step) ? apart : step;
    }
    if (step <= 0 && measures.getSliceThickness(step).bad()) {
      fail(ErrorCode::inconsistent_geometry, "it does not say how thick its slices are");
    }
    return step;
  }

  GridGeometry gridOf(const std::vector<FramePlane>& planes) {
    std::vector<double> places;
    for (const FramePlane& plane : planes) {
      places.push_back(plane.along_mm);
    }
    std::sort(places.begin(), places.end());
    const auto first =
        std::min_element(planes.begin(), planes.end(),
                         [](const auto& a, const auto& b) { return a.along_mm < b.along_mm; });
    GridGeometry grid;
    const double step = stepOf(places);
    auto& measures = groupOf<FGPixelMeasures>(0, DcmFGTypes::EFG_PIXELMEASURES, "voxel size");
    grid.spacing_mm.z = step;
    const bool sized = measures.getPixelSpacing(grid.spacing_mm.y, 0).good() &&
                       measures.getPixelSpacing(grid.spacing_mm.x, 1).good() &&
                       std::min({grid.spacing_mm.x, grid.spacing_mm.y, step}) > 0;
    if (!sized || size_[0] == 0 || size_[1] == 0) {
      fail(ErrorCode::inconsistent_geometry, "it does not say how large its voxels are");
    }
    grid.origin_mm = first->origin_mm;
    grid.direction =
        Matrix3::fromColumns(first->row, first->column, cross(first->row, first->column));
    const double slices = std::round((places.back() - places.front()) / step) + 1;
    if (slices > kMostSlices) {
      fail(ErrorCode::inconsistent_geometry, "its frames lie too far apart for their spacing");
    }
    grid.size = {size_[0], size_[1], static_cast<int>(slices)};
    return grid;
  }

  /// The slice that a frame lies on.
  int sliceOf(const FramePlane& plane, const GridGeometry& grid) const {
    const Point3 at = grid.toIndex(plane.origin_mm);
    const double off =
        std::max({std::abs(at.x), std::abs(at.y), std::abs(at.z - std::round(at.z))});
    if (off > kMostOff) {
      fail(ErrorCode::inconsistent_geometry, "its frames do not lie on one grid");
    }
    return static_cast<int>(std::lround(at.z));
  }

  void add(std::size_t number, const FramePlane& plane, ImageF& image) {
    const DcmIODTypes::Frame* frame = segmentation_->getFrame(number);
    std::unique_ptr<DcmIODTypes::Frame> unpacked;
    double full = 1;
    if (segmentation_->getSegmentationType() == DcmSegTypes::ST_BINARY) {
      unpacked.reset(DcmSegUtils::unpackBinaryFrame(frame, size_[1], size_[0]));
      frame = unpacked.get();
    } else {
      Uint16 most = 0;
      file_.getDataset()->findAndGetUint16(DCM_MaximumFractionalValue, most);
      full = most > 0 ? most : kMostByte;
    }
    const std::size_t voxels = image.geometry().offset(0, 0, 1);
    if (frame == nullptr || frame->length < voxels) {
      fail(ErrorCode::input_unreadable, "a frame's pixels are missing");
    }
    float* slice = image.data() + image.geometry().offset(0, 0, sliceOf(plane, image.geometry()));
    for (std::size_t n = 0; n < voxels; ++n) {
      slice[n] = std::max(slice[n], static_cast<float>(frame->pixData[n] / full));
    }
  }

  static constexpr double kMostByte = 255;

  std::string path_;
  DcmFileFormat file_;
  std::unique_ptr<DcmSegmentation> segmentation_;
  std::array<Uint16, 2> size_{};  ///< columns, rows
};

}  // namespace

bool isDicomFile(const std::filesystem::path& path) {
  constexpr std::streamoff kPreamble = 128;
  std::array<char, 4> mark{};
  std::ifstream file(path, std::ios::binary);
  return file.seekg(kPreamble) && file.read(mark.data(), mark.size()) &&
         std::string(mark.data(), mark.size()) == "DICM";
}

ImageF readSegment(const std::filesystem::path& path, std::optional<int> number) {
  return SegmentReader(path.string()).read(number);
}

}  // namespace neurovasc::interop
