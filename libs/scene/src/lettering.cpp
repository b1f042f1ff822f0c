#include "lettering.h"

#include <vtkFreeTypeTools.h>
#include <vtkImageData.h>
#include <vtkNew.h>
#include <vtkStdString.h>
#include <vtkTextProperty.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>

namespace neurovasc::scene {
namespace {

constexpr int kDpi = 72;  // at which a point is a pixel

Lettering fromRgba(vtkImageData& image, int width, int height) {
  Lettering letters;
  letters.width = width;
  letters.height = height;
  letters.alpha.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
  std::array<int, 6> extent;
  image.GetExtent(extent.data());
  auto out = letters.alpha.begin();
  for (int y = height - 1; y >= 0; --y) {
    for (int x = 0; x < width; ++x) {
      const auto* pixel =
          static_cast<const std::uint8_t*>(image.GetScalarPointer(extent[0] + x, extent[2] + y, 0));
      *out++ = pixel[3];
    }
  }
  return letters;
}

/// DejaVu where it is installed, because it has the letters of most labels' languages; else the
/// Latin font that is part of VTK.
void chooseFont(vtkTextProperty& property, bool bold) {
  static const std::string folder = "/usr/share/fonts/truetype/dejavu/";
  static const bool installed = std::filesystem::exists(folder + "DejaVuSans.ttf") &&
                                std::filesystem::exists(folder + "DejaVuSans-Bold.ttf");
  if (installed) {
    property.SetFontFamily(VTK_FONT_FILE);
    property.SetFontFile((folder + (bold ? "DejaVuSans-Bold.ttf" : "DejaVuSans.ttf")).c_str());
  } else {
    property.SetFontFamilyToArial();
    property.SetBold(bold);
  }
}

}  // namespace

Lettering rasterize(const std::string& text, double size_px, bool bold) {
  vtkNew<vtkTextProperty> property;
  chooseFont(*property, bold);
  property->SetFontSize(std::max(1, static_cast<int>(std::lround(size_px))));
  property->SetColor(1, 1, 1);
  vtkFreeTypeTools& tools = *vtkFreeTypeTools::GetInstance();
  std::array<int, 4> box;  // of the inked pixels about the start of the baseline
  vtkNew<vtkImageData> image;
  if (text.empty() || !tools.GetBoundingBox(property, text, kDpi, box.data()) ||
      !tools.RenderString(property, text, kDpi, image)) {
    return {};
  }
  std::array<int, 6> extent;
  image->GetExtent(extent.data());
  const int width = std::min(box[1] - box[0], extent[1] - extent[0]) + 1;
  const int height = std::min(box[3] - box[2], extent[3] - extent[2]) + 1;
  Lettering letters = fromRgba(*image, width, height);
  letters.above_baseline = box[3];
  return letters;
}

}  // namespace neurovasc::scene
