#pragma once

#include <string>

#include "neurovasc/page/page.h"

namespace neurovasc::page::testing {

/// A made-up study, oblique, anisotropic and off zero, with everything that a page can show: both
/// nerves, contacts L1 (touching), L2 and R1, a vein, an uncertain vessel, a brainstem, canals,
/// labyrinths. Left only: the touching artery, a pad, and a bright ball in T2 and TOF 4 mm lateral
/// of L1. Its label tries to break out of the page. Pictures are written into @p folder.
PageContent samplePage(const std::string& folder);

}  // namespace neurovasc::page::testing
