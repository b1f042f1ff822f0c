#include "outlines.h"

#include <map>

namespace neurovasc::interop {
namespace {

class PixelMask {
 public:
  PixelMask(const std::vector<std::uint8_t>& mask, int columns, int rows)
      : mask_(mask), columns_(columns), rows_(rows) {}

  bool at(int i, int j) const {
    return i >= 0 && j >= 0 && i < columns_ && j < rows_ && mask_[offset(i, j)] != 0;
  }
  std::size_t offset(int i, int j) const {
    return static_cast<std::size_t>(i) +
           static_cast<std::size_t>(columns_) * static_cast<std::size_t>(j);
  }
  int columns() const { return columns_; }
  int rows() const { return rows_; }

 private:
  const std::vector<std::uint8_t>& mask_;
  int columns_;
  int rows_;
};

/// Edges by the corner they start from; two where pixels touch at a corner.
using Edges = std::map<Corner, std::vector<Corner>>;

/// Edges between inside and outside, the inside to the right in (column, row) axes.
Edges edgesOf(const PixelMask& mask) {
  Edges edges;
  for (int j = 0; j < mask.rows(); ++j) {
    for (int i = 0; i < mask.columns(); ++i) {
      if (!mask.at(i, j)) {
        continue;
      }
      const auto add = [&edges](bool border, Corner from, Corner to) {
        if (border) {
          edges[from].push_back(to);
        }
      };
      add(!mask.at(i, j - 1), {i, j}, {i + 1, j});
      add(!mask.at(i + 1, j), {i + 1, j}, {i + 1, j + 1});
      add(!mask.at(i, j + 1), {i + 1, j + 1}, {i, j + 1});
      add(!mask.at(i - 1, j), {i, j + 1}, {i, j});
    }
  }
  return edges;
}

Corner step(const Corner& from, const Corner& to) { return {to[0] - from[0], to[1] - from[1]}; }

/// Takes the edge that leaves @p at; of two the one that turns towards the inside, so that pixels
/// that touch at a corner get an outline each.
Corner take(Edges& edges, const Corner& at, const Corner& direction) {
  auto& leaving = edges[at];
  std::size_t chosen = 0;
  if (leaving.size() > 1) {
    const Corner other = step(at, leaving[1]);
    chosen = direction[0] * other[1] - direction[1] * other[0] > 0 ? 1 : 0;
  }
  const Corner next = leaving[chosen];
  leaving.erase(leaving.begin() + static_cast<long>(chosen));
  if (leaving.empty()) {
    edges.erase(at);
  }
  return next;
}

std::vector<Corner> traced(Edges& edges) {
  const Corner start = edges.begin()->first;
  std::vector<Corner> corners;
  Corner at = start;
  Corner direction = {0, 0};
  do {
    const Corner next = take(edges, at, direction);
    if (step(at, next) != direction) {
      corners.push_back(at);
    }
    direction = step(at, next);
    at = next;
  } while (at != start);
  return corners;
}

}  // namespace

std::vector<std::vector<Corner>> outlinesOf(const std::vector<std::uint8_t>& mask, int columns,
                                            int rows) {
  Edges edges = edgesOf(PixelMask(mask, columns, rows));
  std::vector<std::vector<Corner>> outlines;
  while (!edges.empty()) {
    outlines.push_back(traced(edges));
  }
  return outlines;
}

std::vector<std::size_t> borderPixels(const std::vector<std::uint8_t>& values, int columns,
                                      int rows) {
  const PixelMask mask(values, columns, rows);
  std::vector<std::size_t> border;
  for (int j = 0; j < rows; ++j) {
    for (int i = 0; i < columns; ++i) {
      const bool inner =
          mask.at(i - 1, j) && mask.at(i + 1, j) && mask.at(i, j - 1) && mask.at(i, j + 1);
      if (mask.at(i, j) && !inner) {
        border.push_back(mask.offset(i, j));
      }
    }
  }
  return border;
}

}  // namespace neurovasc::interop
