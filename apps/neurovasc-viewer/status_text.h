#pragma once

#include <QString>

#include "shown_study.h"
#include "view_state.h"

namespace neurovasc::viewer {

/// The status line for @p p of the shown frame: its place in LPS mm of each date, each series'
/// value there, and where along the nerve it is.
QString statusOf(const ShownStudy& study, const ViewState& state, const Point3& p);

}  // namespace neurovasc::viewer
