#include "neurovasc/scene/thumbnail.h"

#include <vtkImageData.h>
#include <vtkImageResize.h>
#include <vtkImageSincInterpolator.h>
#include <vtkNew.h>

#include <algorithm>
#include <cmath>

#include "right_side_up.h"
#include "vtk_wrap.h"

namespace neurovasc::scene {

Picture shrunk(const Picture& picture, int most_width) {
  if (picture.width <= most_width) {
    return picture;
  }
  const double ratio = static_cast<double>(most_width) / picture.width;
  const int height = std::max(1, static_cast<int>(std::lround(ratio * picture.height)));
  vtkNew<vtkImageSincInterpolator> kernel;
  kernel->AntialiasingOn();
  vtkNew<vtkImageResize> resize;
  resize->SetInputData(upsideDown(picture));
  resize->SetInterpolator(kernel);
  resize->SetResizeMethodToOutputDimensions();
  resize->SetOutputDimensions(most_width, height, 1);
  resize->Update();
  return rightSideUp(*resize->GetOutput());
}

}  // namespace neurovasc::scene
