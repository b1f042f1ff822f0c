#include "neurovasc/scene/picture.h"

#include <vtkImageData.h>
#include <vtkJPEGWriter.h>
#include <vtkNew.h>
#include <vtkPNGReader.h>
#include <vtkPNGWriter.h>
#include <vtkUnsignedCharArray.h>

#include <algorithm>
#include <filesystem>

#include "neurovasc/core/error.h"
#include "output_file.h"
#include "right_side_up.h"
#include "vtk_wrap.h"

namespace neurovasc::scene {
namespace {

bool isPlainColour(vtkImageData& image) {
  return image.GetScalarType() == VTK_UNSIGNED_CHAR && image.GetNumberOfScalarComponents() == 3;
}

const char* start(const vtkUnsignedCharArray& bytes) {
  return reinterpret_cast<const char*>(const_cast<vtkUnsignedCharArray&>(bytes).GetPointer(0));
}

}  // namespace

Picture rightSideUp(vtkImageData& image) {
  Picture picture;
  picture.width = image.GetDimensions()[0];
  picture.height = image.GetDimensions()[1];
  const auto row_bytes = static_cast<std::ptrdiff_t>(3) * picture.width;
  picture.rgb.reserve(static_cast<std::size_t>(row_bytes) *
                      static_cast<std::size_t>(picture.height));
  for (int y = picture.height - 1; y >= 0; --y) {
    const auto* row = static_cast<const std::uint8_t*>(image.GetScalarPointer(0, y, 0));
    picture.rgb.insert(picture.rgb.end(), row, row + row_bytes);
  }
  return picture;
}

void writePng(const Picture& picture, const std::string& path) {
  vtkNew<vtkPNGWriter> writer;
  writer->SetInputData(upsideDown(picture));
  writer->SetWriteToMemory(1);
  writer->Write();
  const vtkUnsignedCharArray& bytes = *writer->GetResult();
  OutputFile file(path);
  file.stream().write(start(bytes), bytes.GetNumberOfValues());
  file.finish();
}

Picture readPng(const std::string& path) {
  vtkNew<ErrorCollector> errors;
  vtkNew<vtkPNGReader> reader;
  errors->watch(*reader);
  // Asked first, because the reader would complain on the terminal.
  if (std::filesystem::is_regular_file(path) && reader->CanReadFile(path.c_str()) != 0) {
    reader->SetFileName(path.c_str());
    reader->Update();
    if (!errors->failed() && isPlainColour(*reader->GetOutput())) {
      return rightSideUp(*reader->GetOutput());
    }
  }
  throw Error(ErrorCode::input_unreadable, path + ": is no picture in 8-bit colour",
              "Give a PNG file as neurovasc writes it.");
}

std::string jpegBytes(const Picture& picture, int quality) {
  vtkNew<vtkJPEGWriter> writer;
  writer->SetInputData(upsideDown(picture));
  writer->SetQuality(quality);
  writer->ProgressiveOff();
  writer->SetWriteToMemory(1);
  writer->Write();
  const vtkUnsignedCharArray& bytes = *writer->GetResult();
  return {start(bytes), static_cast<std::size_t>(bytes.GetNumberOfValues())};
}

}  // namespace neurovasc::scene
