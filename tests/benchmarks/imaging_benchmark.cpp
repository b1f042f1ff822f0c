#include <benchmark/benchmark.h>

#include "neurovasc/imaging/resample.h"
#include "neurovasc/imaging/smoothing.h"
#include "neurovasc/imaging/tubularness.h"
#include "support/geometry.h"

namespace neurovasc {
namespace {

/// A cube of @p side voxels with structure everywhere.
ImageF waves(int side) {
  ImageF image(testing::obliqueGrid({side, side, side}));
  for (std::size_t i = 0; i < image.voxelCount(); ++i) {
    image[i] = static_cast<float>(i % 97) / 97.0F;
  }
  return image;
}

void gaussianSmoothing(benchmark::State& state) {
  const ImageF image = waves(static_cast<int>(state.range(0)));
  for (auto _ : state) {
    benchmark::DoNotOptimize(imaging::gaussianSmooth(image, 0.8).data());
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(image.voxelCount()));
}
BENCHMARK(gaussianSmoothing)->Arg(96)->Unit(benchmark::kMillisecond);

void tubularness(benchmark::State& state) {
  const ImageF image = waves(static_cast<int>(state.range(0)));
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        imaging::tubularness(image, imaging::TubularnessOptions{}, {}).response.data());
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(image.voxelCount()));
}
BENCHMARK(tubularness)->Arg(96)->Unit(benchmark::kMillisecond);

void splineResampling(benchmark::State& state) {
  const ImageF image = waves(static_cast<int>(state.range(0)));
  const GridGeometry fine = imaging::fineGrid(image.geometry(), 0.3);
  for (auto _ : state) {
    benchmark::DoNotOptimize(imaging::resample(image, fine).data());
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(fine.voxelCount()));
}
BENCHMARK(splineResampling)->Arg(64)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace neurovasc
