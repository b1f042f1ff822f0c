#include "neurovasc/scene/picture.h"

#include <vtkImageData.h>
#include <vtkNew.h>
#include <vtkPNGWriter.h>
#include <vtkUnsignedCharArray.h>

#include <algorithm>

#include "output_file.h"

namespace neurovasc::scene {
namespace {

/// VTK counts rows from the bottom.
vtkSmartPointer<vtkImageData> upsideDown(const Picture& picture) {
  auto image = vtkSmartPointer<vtkImageData>::New();
  image->SetDimensions(picture.width, picture.height, 1);
  image->AllocateScalars(VTK_UNSIGNED_CHAR, 3);
  const auto row_bytes = static_cast<std::ptrdiff_t>(3) * picture.width;
  for (int y = 0; y < picture.height; ++y) {
    const auto row = picture.rgb.begin() + row_bytes * (picture.height - 1 - y);
    std::copy(row, row + row_bytes, static_cast<std::uint8_t*>(image->GetScalarPointer(0, y, 0)));
  }
  return image;
}

}  // namespace

void writePng(const Picture& picture, const std::string& path) {
  vtkNew<vtkPNGWriter> writer;
  writer->SetInputData(upsideDown(picture));
  writer->SetWriteToMemory(1);
  writer->Write();
  const vtkUnsignedCharArray& bytes = *writer->GetResult();
  OutputFile file(path);
  file.stream().write(
      reinterpret_cast<const char*>(const_cast<vtkUnsignedCharArray&>(bytes).GetPointer(0)),
      bytes.GetNumberOfValues());
  file.finish();
}

}  // namespace neurovasc::scene
