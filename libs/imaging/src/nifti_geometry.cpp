#include "nifti_geometry.h"

#include <nifti1_io.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <vector>

#include "neurovasc/core/error.h"

namespace neurovasc::imaging {
namespace {

// A tenth of a millimetre is what registration may be off by; beyond it the two differ in earnest.
constexpr double kAgreement_mm = 0.1;

struct NiftiDeleter {
  void operator()(nifti_image* image) const { nifti_image_free(image); }
};
using NiftiHeader = std::unique_ptr<nifti_image, NiftiDeleter>;

/// Millimetres in the unit of length of a header; mm is what is meant where none is stated.
double millimetresPerUnit(const nifti_image& header, const std::string& path) {
  if (header.xyz_units == NIFTI_UNITS_METER) {
    throw Error(ErrorCode::inconsistent_geometry,
                path + ": its lengths are in metres, in which ITK cannot hold a head's axes",
                "Save it again in millimetres.");
  }
  return header.xyz_units == NIFTI_UNITS_MICRON ? 0.001 : 1;
}

/// A grid from a matrix that takes indices to RAS positions in units of @p unit_mm.
GridGeometry gridFrom(const mat44& ras_from_index, const Size3& size, double unit_mm) {
  // NIfTI's x and y grow to the right and to the front, ours to the left and to the back.
  constexpr std::array<double, 3> kLpsFromRas = {-1, -1, 1};
  GridGeometry grid;
  grid.size = size;
  for (int column = 0; column < 3; ++column) {
    Vec3 step;
    for (int row = 0; row < 3; ++row) {
      const double flip = unit_mm * kLpsFromRas[static_cast<std::size_t>(row)];
      step[row] = flip * static_cast<double>(ras_from_index.m[row][column]);
      grid.origin_mm[row] = flip * static_cast<double>(ras_from_index.m[row][3]);
    }
    grid.spacing_mm[column] = norm(step);
    const Vec3 unit = normalized(step);
    for (int row = 0; row < 3; ++row) {
      grid.direction(row, column) = unit[row];
    }
  }
  return grid;
}

/// How far apart two grids of one size put a corner, at most.
double largestDifferenceMm(const GridGeometry& a, const GridGeometry& b) {
  double worst = 0;
  for (int corner = 0; corner < 8; ++corner) {
    const int i = (corner & 1) * (a.size[0] - 1);
    const int j = (corner >> 1 & 1) * (a.size[1] - 1);
    const int k = (corner >> 2) * (a.size[2] - 1);
    worst = std::max(worst, distance(a.toLps(i, j, k), b.toLps(i, j, k)));
  }
  return worst;
}

NiftiHeader openNifti(const std::string& path) {
  nifti_set_debug_level(0);  // it would write to stderr
  NiftiHeader header(nifti_image_read(path.c_str(), 0));
  if (!header) {
    throw Error(ErrorCode::input_unreadable, path + ": the NIfTI header cannot be read",
                "The file is damaged or no NIfTI file: export it again.");
  }
  return header;
}

/// How many bytes, up to @p wanted, come out of a file that may be compressed.
std::size_t readableBytes(const char* path, std::size_t wanted) {
  znzFile file = znzopen(path, "rb", nifti_is_gzfile(path));
  std::vector<char> buffer(1U << 20U);
  std::size_t total = 0;
  while (!znz_isnull(file) && total < wanted) {
    const std::size_t got = znzread(buffer.data(), 1, buffer.size(), file);
    if (got == 0 || got > buffer.size()) {
      break;
    }
    total += got;
  }
  if (!znz_isnull(file)) {
    znzclose(file);
  }
  return total;
}

}  // namespace

void requireWholeNifti(const std::string& path) {
  const NiftiHeader header = openNifti(path);
  const auto wanted = static_cast<std::size_t>(header->iname_offset) +
                      header->nvox * static_cast<std::size_t>(header->nbyper);
  if (readableBytes(header->iname, wanted) < wanted) {
    throw Error(ErrorCode::input_unreadable, path + ": the file ends before its last voxel",
                "Export or copy it again.");
  }
}

GridGeometry niftiGeometry(const std::string& path) {
  const NiftiHeader header = openNifti(path);
  const Size3 size = {header->nx, header->ny, header->nz};
  const double unit_mm = millimetresPerUnit(*header, path);
  const GridGeometry from_sform = gridFrom(header->sto_xyz, size, unit_mm);
  const GridGeometry from_qform = gridFrom(header->qto_xyz, size, unit_mm);
  if (header->sform_code <= 0 && header->qform_code <= 0) {
    throw Error(ErrorCode::inconsistent_geometry,
                path + ": sform and qform codes are both 0, so left and right are unknown",
                "Convert the series from its DICOM files again, or set the orientation.");
  }
  if (header->sform_code > 0 && header->qform_code > 0 &&
      !(largestDifferenceMm(from_sform, from_qform) <= kAgreement_mm)) {
    throw Error(ErrorCode::inconsistent_geometry,
                path + ": sform and qform put the image in different places",
                "Find out which is right and set both the same, for example with "
                "`fslorient -copysform2qform` or nibabel.");
  }
  return header->sform_code > 0 ? from_sform : from_qform;
}

}  // namespace neurovasc::imaging
