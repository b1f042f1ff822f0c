#pragma once

#include "neurovasc/core/anatomy.h"

namespace neurovasc::anatomy {

/// Names anatomy.vessels. First the large arteries: two that meet are vertebral, what they make is
/// basilar; without a meeting, by place (below or above the pontomedullary level). A small artery
/// then bears the name of its origin: vertebral gives PICA, the lower basilar AICA, its top SCA;
/// one whose origin is not seen is named by where it runs, with less confidence. Uses
/// anatomy.junctions, frame and the roots of VII.
void nameVessels(Anatomy& anatomy);

}  // namespace neurovasc::anatomy
