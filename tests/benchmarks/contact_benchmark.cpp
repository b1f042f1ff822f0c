#include <benchmark/benchmark.h>

#include <cmath>

#include "neurovasc/contact/masks.h"
#include "neurovasc/core/mesh.h"

namespace neurovasc {
namespace {

/// A helix that winds past the origin at @p offset_mm.
TriangleMesh strand(double offset_mm, double radius_mm) {
  Tube tube;
  for (int i = 0; i <= 120; ++i) {
    const double s = 0.2 * i - 12;
    tube.points_mm.push_back({s, offset_mm + 0.05 * s * s, std::sin(s)});
    tube.radius_mm.push_back(radius_mm);
  }
  return tubeSurface(tube, 32);
}

void surfaceGap(benchmark::State& state) {
  const TriangleMesh nerve = strand(0, 0.6);
  const TriangleMesh vessel = strand(1.9, 0.5);
  for (auto _ : state) {
    benchmark::DoNotOptimize(contact::surfaceGap(nerve, vessel).distance_mm);
  }
}
BENCHMARK(surfaceGap)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace neurovasc
