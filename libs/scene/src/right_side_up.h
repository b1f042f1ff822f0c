#pragma once

#include <vtkImageData.h>

#include "neurovasc/scene/picture.h"

namespace neurovasc::scene {

/// @p image, 8-bit colour with rows from the bottom as VTK has pictures.
Picture rightSideUp(vtkImageData& image);

}  // namespace neurovasc::scene
