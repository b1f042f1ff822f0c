#pragma once

class QApplication;

namespace neurovasc::viewer {

/// A dark look, as rooms and screens for reading have it.
void applyDarkLook(QApplication& application);

}  // namespace neurovasc::viewer
