#pragma once

#include "layout.h"

namespace neurovasc::scene {

/// Rows of square cells with a line above each.
struct CellGrid {
  double side = 0;  ///< of a cell, px
  double gap = 0;
  double caption = 0;  ///< height of the line above each cell
  int columns = 3;
  int rows = 2;
  Rect area;

  Rect cell(int index) const;
  double height() const { return rows * (side + caption + gap); }
};

/// The largest cells that fit into the scene's part of a picture.
CellGrid cellGridFor(const Layout& layout, int rows, int columns);

/// @p options with a picture as high as such a grid needs, at most what it was.
PictureOptions trimmedTo(PictureOptions options, int rows, int columns);

}  // namespace neurovasc::scene
