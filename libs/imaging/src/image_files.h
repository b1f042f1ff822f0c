#pragma once

#include <itkImageIOBase.h>
#include <itkProcessObject.h>

#include <string>

#include "neurovasc/core/volume.h"

/// What image_io.cpp and segmentation_io.cpp share.
namespace neurovasc::imaging {

/// The reader or writer for a file; named ones only, so that nothing depends on which of ITK's
/// factories a program happens to have registered. Errors as in image_io.h.
itk::ImageIOBase::Pointer imageIoForReading(const std::string& path);
itk::ImageIOBase::Pointer imageIoForWriting(const std::string& path);

/// Reads with @p io, whose metadata dictionary is filled afterwards.
ImageF readWith(itk::ImageIOBase& io, const std::string& path);
LabelMap readLabelsWith(itk::ImageIOBase& io, const std::string& path);

/// Runs an ITK writer; Error(output_unwritable) when it fails.
void updateWriter(itk::ProcessObject& writer, const std::string& path);

}  // namespace neurovasc::imaging
