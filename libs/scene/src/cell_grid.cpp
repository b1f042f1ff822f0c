#include "cell_grid.h"

#include <algorithm>
#include <cmath>

namespace neurovasc::scene {

Rect CellGrid::cell(int index) const {
  const int column = index % columns;
  const int row = index / columns;
  return {std::round(area.x + gap + column * (side + gap)),
          std::round(area.y + caption + row * (side + caption + gap)), side, side};
}

CellGrid cellGridFor(const Layout& layout, int rows, int columns) {
  CellGrid grid;
  grid.area = layout.scene;
  grid.columns = columns;
  grid.rows = rows;
  grid.gap = 8 * layout.unit;
  grid.caption = std::round(26 * layout.unit);
  const double wide = (grid.area.width - (grid.columns + 1) * grid.gap) / grid.columns;
  const double high = grid.area.height / rows - grid.gap - grid.caption;
  grid.side = std::floor(std::min(wide, high));
  return grid;
}

PictureOptions trimmedTo(PictureOptions options, int rows, int columns) {
  const Layout layout = layoutOf(options);
  const double spare = layout.scene.height - cellGridFor(layout, rows, columns).height();
  options.height_px -= static_cast<int>(std::max(0.0, spare));
  return options;
}

}  // namespace neurovasc::scene
