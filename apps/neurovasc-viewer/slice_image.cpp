#include "slice_image.h"

#include <algorithm>
#include <cmath>

namespace neurovasc::viewer {
namespace {

constexpr float kOutside = -1;

/// Walks through an image along the rows of a picture: indices are affine in the pixel.
class Walker {
 public:
  Walker(const Channel& channel, const SlicePlane& plane, const QSize& size)
      : image_(*channel.image), black_(channel.window.black) {
    const GridGeometry& grid = image_.geometry();
    const QSizeF extent(size);
    start_ = grid.toIndex(plane.pointAt({0.5, 0.5}, extent));
    across_ = grid.toIndex(plane.pointAt({1.5, 0.5}, extent)) - start_;
    down_ = grid.toIndex(plane.pointAt({0.5, 1.5}, extent)) - start_;
    scale_ = 1 / std::max(1e-12, channel.window.white - channel.window.black);
  }

  /// The grey of pixel (x, y), 0 to 1; kOutside where the image does not reach.
  float grey(int x, int y) const {
    const Vec3 index = start_ + x * across_ + y * down_;
    const Size3& size = image_.size();
    Size3 lower{};
    Vec3 weight;
    for (int a = 0; a < 3; ++a) {
      const auto axis = static_cast<std::size_t>(a);
      if (index[a] < 0 || index[a] > size[axis] - 1) {
        return kOutside;
      }
      lower[axis] = std::max(0, std::min(static_cast<int>(index[a]), size[axis] - 2));
      weight[a] = index[a] - lower[axis];
    }
    return static_cast<float>(std::clamp((valueAt(lower, weight) - black_) * scale_, 0.0, 1.0));
  }

 private:
  double valueAt(const Size3& lower, const Vec3& weight) const {
    const Size3& size = image_.size();
    const std::ptrdiff_t dx = size[0] > 1 ? 1 : 0;
    const std::ptrdiff_t dy = size[1] > 1 ? size[0] : 0;
    const std::ptrdiff_t dz = size[2] > 1 ? std::ptrdiff_t{size[0]} * size[1] : 0;
    const float* v = image_.data() + image_.geometry().offset(lower[0], lower[1], lower[2]);
    const auto row = [&](const float* p) { return p[0] + weight.x * (p[dx] - p[0]); };
    const auto slab = [&](const float* p) {
      const double a = row(p);
      return a + weight.y * (row(p + dy) - a);
    };
    const double a = slab(v);
    return a + weight.z * (slab(v + dz) - a);
  }

  const ImageF& image_;
  double black_;
  double scale_ = 1;
  Vec3 start_;
  Vec3 across_;
  Vec3 down_;
};

int byte(double grey) { return static_cast<int>(std::lround(255 * std::clamp(grey, 0.0, 1.0))); }

QRgb greyPixel(float grey) {
  const int v = grey < 0 ? 0 : byte(grey);
  return qRgb(v, v, v);
}

/// @p over in a warm tint that fades where it stands alone.
QRgb mixed(float base, float over, double blend) {
  if (over < 0) {
    return greyPixel(base);
  }
  const double b = base < 0 ? 0 : base;
  const double tint = 4 * blend * (1 - blend);
  const auto mix = [&](double share) { return byte((1 - blend) * b + blend * over * share); };
  return qRgb(mix(1), mix(1 - 0.35 * tint), mix(1 - 0.85 * tint));
}

void fillGrey(QImage& picture, const Walker& walker) {
  for (int y = 0; y < picture.height(); ++y) {
    auto* line = reinterpret_cast<QRgb*>(picture.scanLine(y));
    for (int x = 0; x < picture.width(); ++x) {
      line[x] = greyPixel(walker.grey(x, y));
    }
  }
}

void fillMixed(QImage& picture, const Walker& base, const Walker& over, double blend) {
  for (int y = 0; y < picture.height(); ++y) {
    auto* line = reinterpret_cast<QRgb*>(picture.scanLine(y));
    for (int x = 0; x < picture.width(); ++x) {
      line[x] = mixed(base.grey(x, y), over.grey(x, y), blend);
    }
  }
}

bool isThere(const Channel& channel) { return channel.image != nullptr && !channel.image->empty(); }

}  // namespace

QImage renderSlice(const SliceContent& content, const SlicePlane& plane, const QSize& size) {
  QImage picture(size, QImage::Format_RGB32);
  if (!isThere(content.base)) {
    picture.fill(Qt::black);
    return picture;
  }
  const Walker base(content.base, plane, size);
  if (isThere(content.over) && content.blend > 0) {
    fillMixed(picture, base, Walker(content.over, plane, size), content.blend);
  } else {
    fillGrey(picture, base);
  }
  return picture;
}

}  // namespace neurovasc::viewer
