#pragma once

#include "encode.h"
#include "neurovasc/page/comparison_page.h"

namespace neurovasc::page {

/// What the page of a comparison shows, but for the pictures.
Json comparisonData(const ComparisonContent& content, const PageOptions& options,
                    const Progress& progress);

}  // namespace neurovasc::page
