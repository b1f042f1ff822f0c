#pragma once

#include "neurovasc/scene/picture.h"

namespace neurovasc::scene {

/// @p picture made smaller to be @p most_width wide, its shape kept, without the false patterns
/// that leaving out pixels makes (a sinc kernel as wide as the new pixels); as it is where it is no
/// wider. The same picture gives the same pixels.
Picture shrunk(const Picture& picture, int most_width);

}  // namespace neurovasc::scene
