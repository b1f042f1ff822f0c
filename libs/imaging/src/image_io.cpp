#include "neurovasc/imaging/image_io.h"

#include <itkImageFileReader.h>
#include <itkImageFileWriter.h>
#include <itkMetaImageIO.h>
#include <itkNiftiImageIO.h>
#include <itkNrrdImageIO.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <optional>
#include <utility>

#include "image_files.h"
#include "itk_volume.h"
#include "neurovasc/core/error.h"
#include "nifti_geometry.h"
#include "text_header.h"

namespace neurovasc::imaging {
namespace {

constexpr const char* kFormats = "NIfTI (.nii, .nii.gz), NRRD (.nrrd) or MetaImage (.mha, .mhd)";

[[noreturn]] void unreadable(const std::string& path, const std::string& cause,
                             const std::string& hint) {
  throw Error(ErrorCode::input_unreadable, path + ": " + cause, hint);
}

void requireReadable(const std::string& path) {
  std::error_code failure;
  if (!std::filesystem::is_regular_file(path, failure)) {
    unreadable(path, "no such file", "Check the spelling of the path.");
  }
  if (std::filesystem::file_size(path, failure) == 0) {
    unreadable(path, "the file is empty", "Export or copy it again.");
  }
}

/// One volume of one number per voxel is all that is understood.
void requireScalarVolume(const itk::ImageIOBase& io, const std::string& path) {
  if (io.GetNumberOfComponents() != 1) {
    unreadable(path, "colour, vector or layered images are not understood",
               "Give one intensity or label per voxel.");
  }
  for (unsigned d = 0; d < io.GetNumberOfDimensions(); ++d) {
    if (io.GetDimensions(d) == 0) {
      unreadable(path, "the image is empty", "Export it again.");
    }
    if (d >= 3 && io.GetDimensions(d) > 1) {
      unreadable(path, "the image has more than three dimensions",
                 "Extract the one volume that is meant.");
    }
  }
  if (io.GetNumberOfDimensions() < 3) {
    unreadable(path, "a single slice is no volume", "Give all slices in one file.");
  }
}

ImageF copied(const ItkImage<float>& image, const GridGeometry& grid) {
  const float* values = image.GetBufferPointer();
  return {grid, std::vector<float>(values, values + grid.voxelCount())};
}

/// NaN and infinity, which some programs put outside a mask, would spread through every filter.
/// Returns how many there were.
std::size_t replaceNonFinite(ImageF& image) {
  std::size_t replaced = 0;
  for (float& value : image) {
    if (!std::isfinite(value)) {
      value = 0;
      ++replaced;
    }
  }
  return replaced;
}

/// Refuses what ITK would fill up in silence: axes that nobody stated, voxels that are not there.
void requireStated(const itk::ImageIOBase& io, const std::string& path) {
  if (dynamic_cast<const itk::NrrdImageIO*>(&io) != nullptr) {
    requireNrrdOrientation(path);
  } else if (dynamic_cast<const itk::MetaImageIO*>(&io) != nullptr) {
    requireMetaImageOrientation(path);
  } else {
    requireWholeNifti(path);
  }
}

/// An image and how many of its voxels were no numbers.
struct FileImage {
  ImageF image;
  std::size_t replaced = 0;
};

FileImage readFile(itk::ImageIOBase& io, const std::string& path) {
  std::optional<GridGeometry> grid;
  if (dynamic_cast<itk::NiftiImageIO*>(&io) != nullptr) {
    // Before ITK looks at it, which prefers one orientation in silence.
    grid = niftiGeometry(path);
    validate(*grid, path.c_str());
  }
  try {
    io.SetFileName(path);
    io.ReadImageInformation();
    requireScalarVolume(io, path);
    requireStated(io, path);
    auto reader = itk::ImageFileReader<ItkImage<float>>::New();
    reader->SetImageIO(&io);
    reader->SetFileName(path);
    reader->Update();
    const GridGeometry used = grid.value_or(geometryOf(*reader->GetOutput()));
    validate(used, path.c_str());
    FileImage out{copied(*reader->GetOutput(), used)};
    out.replaced = replaceNonFinite(out.image);
    return out;
  } catch (const itk::ExceptionObject&) {
    unreadable(path, "the file is damaged or incomplete", "Export or copy it again.");
  }
}

[[noreturn]] void unwritable(const std::string& path) {
  throw Error(ErrorCode::output_unwritable, path + ": cannot be written",
              "Check that the folder exists, is writable and has space left.");
}

/// ITK's NIfTI writer says nothing when the disk is full.
void requireWritten(const itk::ImageIOBase& io, const std::string& path) {
  if (dynamic_cast<const itk::NiftiImageIO*>(&io) == nullptr) {
    return;
  }
  try {
    requireWholeNifti(path);
  } catch (const Error&) {
    unwritable(path);
  }
}

template <typename T>
void write(const Volume<T>& volume, const std::string& path) {
  const auto io = imageIoForWriting(path);
  auto writer = itk::ImageFileWriter<ItkImage<T>>::New();
  writer->SetImageIO(io);
  writer->SetInput(wrapped(volume));
  writer->SetFileName(path);
  writer->SetUseCompression(true);
  updateWriter(*writer, path);
  requireWritten(*io, path);
}

LabelMap labelsFrom(const ImageF& values, const std::string& path) {
  LabelMap labels(values.geometry());
  for (std::size_t v = 0; v < values.voxelCount(); ++v) {
    const float value = values[v];
    if (!(value >= 0 && value <= 255) || value != std::floor(value)) {
      unreadable(path, "not a label map: it holds values other than whole numbers from 0 to 255",
                 "Give a mask or label map.");
    }
    labels[v] = static_cast<std::uint8_t>(value);
  }
  return labels;
}

}  // namespace

itk::ImageIOBase::Pointer imageIoForReading(const std::string& path) {
  requireReadable(path);
  const std::array<itk::ImageIOBase::Pointer, 3> formats = {
      itk::NrrdImageIO::New(), itk::MetaImageIO::New(), itk::NiftiImageIO::New()};
  for (const auto& io : formats) {
    if (io->CanReadFile(path.c_str())) {
      return io;
    }
  }
  unreadable(path, "not a volume of a known format", std::string("Give ") + kFormats + ".");
}

itk::ImageIOBase::Pointer imageIoForWriting(const std::string& path) {
  const std::array<itk::ImageIOBase::Pointer, 3> formats = {
      itk::NrrdImageIO::New(), itk::MetaImageIO::New(), itk::NiftiImageIO::New()};
  for (const auto& io : formats) {
    if (io->CanWriteFile(path.c_str())) {
      return io;
    }
  }
  throw Error(ErrorCode::output_unwritable, path + ": the name's ending is of no known format",
              std::string("Use ") + kFormats + ".");
}

void updateWriter(itk::ProcessObject& writer, const std::string& path) {
  // ITK's NIfTI writer says nothing when it cannot open the file.
  bool written = std::ofstream(path, std::ios::binary).is_open();
  try {
    if (written) {
      writer.Update();
      std::error_code failure;
      const auto size = std::filesystem::file_size(path, failure);
      written = !failure && size > 0;
    }
  } catch (const itk::ExceptionObject&) {
    written = false;
  }
  if (!written) {
    unwritable(path);
  }
}

ImageF readWith(itk::ImageIOBase& io, const std::string& path) { return readFile(io, path).image; }

ImageF readImage(const std::string& path) { return readWith(*imageIoForReading(path), path); }

GridGeometry niftiGrid(const std::string& path) {
  requireReadable(path);
  const auto io = itk::NiftiImageIO::New();
  if (!io->CanReadFile(path.c_str())) {
    unreadable(path, "not a NIfTI volume", "Export or copy it again.");
  }
  GridGeometry grid = niftiGeometry(path);
  validate(grid, path.c_str());
  try {
    io->SetFileName(path);
    io->ReadImageInformation();
  } catch (const itk::ExceptionObject&) {
    unreadable(path, "the file is damaged or incomplete", "Export or copy it again.");
  }
  requireScalarVolume(*io, path);
  return grid;
}

LabelMap readLabels(const std::string& path) { return labelsFrom(readImage(path), path); }

LabelMap readLabelsWith(itk::ImageIOBase& io, const std::string& path) {
  return labelsFrom(readWith(io, path), path);
}

bool isImageFile(const std::string& path) {
  try {
    imageIoForReading(path);
    return true;
  } catch (const Error&) {
    return false;
  }
}

void writeImage(const ImageF& image, const std::string& path) { write(image, path); }

void writeLabels(const LabelMap& labels, const std::string& path) { write(labels, path); }

SeriesImage seriesFromImage(const std::string& path, SeriesRole role) {
  SeriesImage out;
  FileImage file = readFile(*imageIoForReading(path), path);
  out.image = std::move(file.image);
  Series& series = out.series;
  series.role = role;
  series.role_overridden = true;
  series.role_reasons = {"given by the user"};
  series.geometry = out.image.geometry();
  for (int k = 0; k < series.geometry.size[2]; ++k) {
    series.frames.push_back({path, k, k * series.geometry.spacing_mm.z});
  }
  series.resolution = resolutionOf(series.geometry.spacing_mm);
  if (file.replaced > 0) {
    series.problems.push_back(
        {SeriesProblemKind::unreadable_files,
         std::to_string(file.replaced) + " voxels hold no number and were taken for 0"});
  }
  return out;
}

}  // namespace neurovasc::imaging
