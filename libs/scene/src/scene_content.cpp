#include "neurovasc/scene/scene_content.h"

#include <algorithm>
#include <cmath>

#include "neurovasc/core/error.h"
#include "neurovasc/scene/surface.h"

namespace neurovasc::scene {
namespace {

constexpr int kBrainTriangles = 40000;   // smooth at 1200 px, drawn in a fraction of a second
constexpr double kBrainVoxel_mm = 0.75;  // folds of the cerebellum stay, steps of decimation go

const ImageF& measuredOrFine(const FusedImage& image) {
  return image.on_t2_voxels.empty() ? image.fine : image.on_t2_voxels;
}

/// Every factor-th voxel: enough for a signed distance, which is smooth.
ImageF thinned(const ImageF& image, int factor) {
  GridGeometry grid = image.geometry();
  for (int a = 0; a < 3; ++a) {
    const auto axis = static_cast<std::size_t>(a);
    grid.size[axis] = (grid.size[axis] + factor - 1) / factor;
    grid.spacing_mm[a] *= factor;
  }
  ImageF out(grid);
  std::size_t at = 0;
  for (int k = 0; k < grid.size[2]; ++k) {
    for (int j = 0; j < grid.size[1]; ++j) {
      for (int i = 0; i < grid.size[0]; ++i) {
        out[at++] = image(i * factor, j * factor, k * factor);
      }
    }
  }
  return out;
}

TriangleMesh brainSurface(const ImageF& distance_mm) {
  if (distance_mm.empty()) {
    return {};
  }
  const double spacing = distance_mm.geometry().spacing_mm.x;
  const int factor = std::max(1, static_cast<int>(std::lround(kBrainVoxel_mm / spacing)));
  SurfaceOptions options;
  options.inside_is_below = true;
  options.close_at_border = true;
  options.smoothing_iterations = 10;
  options.max_triangles = kBrainTriangles;
  return extractSurface(thinned(distance_mm, factor), 0, options);
}

void addLabelSurface(std::vector<SceneSurface>& to, const LabelMap& labels, Label label,
                     Side side) {
  TriangleMesh surface = extractLabelSurface(labels, static_cast<std::uint8_t>(label));
  if (!surface.empty()) {
    to.push_back({side, std::move(surface)});
  }
}

SceneImage t2Image(const FusedImage& t2, const TissueLevels& levels) {
  // A tenth above the plateau, so that its noise is not cut off.
  const double white = levels.t2_csf + 0.1 * (levels.t2_csf - levels.t2_dark);
  SceneImage image{measuredOrFine(t2), {levels.t2_dark, white}};
  if (!(levels.t2_csf > levels.t2_dark)) {
    image.window = windowByPercentiles(image.image);
  }
  return image;
}

SceneImage tofImage(const FusedImage& tof, const TissueLevels& levels) {
  SceneImage image{measuredOrFine(tof), {}};
  if (levels.tof_artery && *levels.tof_artery > 0) {
    image.window = {0, *levels.tof_artery};
  } else {
    image.window = windowByPercentiles(image.image);
  }
  return image;
}

void addNerves(SceneContent& content, const Anatomy& anatomy, const Assessment& assessment) {
  for (const SideAssessment& side : assessment.sides) {
    const Nerve& nerve = side.nerve;
    if (!nerve.tube.empty()) {
      content.nerves.push_back({nerve.name, nerve.side, nerve.tube, nerve.landmarks});
    }
  }
  for (const Nerve& nerve : anatomy.nerves) {
    if (nerve.name != NerveName::facial && !nerve.tube.empty()) {
      content.nerves.push_back({nerve.name, nerve.side, nerve.tube, nerve.landmarks});
    }
  }
}

}  // namespace

SceneContent makeScene(const FusedStudy& fused, const Anatomy& anatomy,
                       const Assessment& assessment) {
  SceneContent content;
  content.t2 = t2Image(fused.t2, anatomy.levels);
  if (fused.tof) {
    content.tof = tofImage(*fused.tof, anatomy.levels);
  }
  addNerves(content, anatomy, assessment);
  content.vessels = assessment.vessels;
  content.brain = brainSurface(anatomy.brain_distance_mm);
  addLabelSurface(content.labyrinths, anatomy.labels, Label::labyrinth_left, Side::left);
  addLabelSurface(content.labyrinths, anatomy.labels, Label::labyrinth_right, Side::right);
  addLabelSurface(content.canals, anatomy.labels, Label::canal_left, Side::left);
  addLabelSurface(content.canals, anatomy.labels, Label::canal_right, Side::right);
  content.pads = assessment.pads.value_or(std::vector<Pad>{});
  for (const SideAssessment& side : assessment.sides) {
    content.sides.push_back({side.side, side.finding, side.contacts});
  }
  content.gaps_measured = assessment.quality.resolution != Resolution::too_thick;
  content.label = assessment.label;
  return content;
}

GreyWindow windowByPercentiles(const ImageF& image) {
  if (image.empty()) {
    return {};
  }
  std::vector<float> values(image.begin(), image.end());
  const auto at = [&values](double fraction) {
    const auto n = static_cast<std::ptrdiff_t>(fraction * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), values.begin() + n, values.end());
    return static_cast<double>(values[static_cast<std::size_t>(n)]);
  };
  const GreyWindow window{at(0.01), at(0.995)};
  return window.white > window.black ? window : GreyWindow{window.black, window.black + 1};
}

ContactOnSide findContact(const SceneContent& content, const std::string& id) {
  std::string known;
  for (const SceneSide& side : content.sides) {
    for (const Contact& contact : side.contacts) {
      if (contact.id == id) {
        return {side.side, &contact};
      }
      known += (known.empty() ? "" : ", ") + contact.id;
    }
  }
  throw Error(ErrorCode::usage, "there is no contact " + id,
              known.empty() ? "This study has no contacts." : "Known contacts: " + known + ".");
}

}  // namespace neurovasc::scene
