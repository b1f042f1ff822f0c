#pragma once

#include "neurovasc/core/anatomy.h"

namespace neurovasc::anatomy {

/// Head z of the sulcus between pons and medulla, mm: that of the roots of VII, else 4 mm below the
/// labyrinths.
double pontomedullaryLevelMm(const Anatomy& anatomy);

}  // namespace neurovasc::anatomy
