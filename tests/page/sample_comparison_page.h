#pragma once

#include <string>

#include "neurovasc/page/comparison_page.h"

namespace neurovasc::page::testing {

/// samplePage() before and after surgery: L1 touched and is 4 mm away at the second date, where the
/// bright ball is gone and a pad lies; L2 and R1 stay where they were. Both dates in one frame.
/// Further @p dates are as the second. Pictures are written into @p folder.
ComparisonContent sampleComparisonPage(const std::string& folder, int dates = 2);

}  // namespace neurovasc::page::testing
