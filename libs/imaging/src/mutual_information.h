#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "neurovasc/core/geometry.h"
#include "neurovasc/core/volume.h"

namespace neurovasc::imaging {

/// Places of the fixed image with its values there.
struct FixedSamples {
  std::vector<Point3> points_mm;
  std::vector<float> values;
};

/// About @p count places spread evenly over @p image: one at random (but the same on every run) in
/// each cell of a lattice. The values are interpolated linearly, so @p image should be smooth.
FixedSamples sampleEvenly(const ImageF& image, int count);

/// Those samples that @p keep says yes to.
template <typename Predicate>
FixedSamples filtered(const FixedSamples& samples, const Predicate& keep) {
  FixedSamples out;
  for (std::size_t s = 0; s < samples.values.size(); ++s) {
    if (keep(samples.points_mm[s])) {
      out.points_mm.push_back(samples.points_mm[s]);
      out.values.push_back(samples.values[s]);
    }
  }
  return out;
}

/// Intensities between two percentiles of an image, spread over the bins of a histogram.
struct BinScale {
  float lowest = 0;
  float bins_per_unit = 0;
};
/// From the 0.5th to the 99.5th percentile: a few bright vessels must not squeeze all tissue into a
/// handful of bins.
BinScale binScale(const ImageF& image, int bins);

/// A small motion in the moving image's frame: rotation vector (radian) about @p centre, then
/// shift.
struct Twist {
  Vec3 rotation;
  Vec3 shift_mm;
};

/// Mutual information of the samples and the moving image under a rigid transform.
class MutualInformation {
 public:
  struct Value {
    double information = 0;  ///< I(f, m), nat
    double normalized = 0;   ///< 2 I / (H(f) + H(m))
    Twist gradient;          ///< of information, for a twist about the given centre
  };

  /// @p coefficients are the moving image's spline coefficients; both must outlive this.
  MutualInformation(const FixedSamples& samples, const ImageF& coefficients,
                    const BinScale& fixed_scale, const BinScale& moving_scale, int bins,
                    int threads);

  /// With the gradient for twists about @p centre_mm, in the moving frame, when asked.
  Value evaluate(const RigidTransform& moving_from_fixed, const Point3& centre_mm,
                 bool with_gradient);

 private:
  struct Slice;

  void sampleMoving(std::size_t begin, std::size_t end, bool with_gradient);
  void countPairs(std::size_t begin, std::size_t end, std::vector<double>& joint) const;
  Twist sumGradient(std::size_t begin, std::size_t end, const Point3& centre_mm) const;
  Value entropies();

  const FixedSamples& samples_;
  const ImageF& coefficients_;
  BinScale moving_scale_;
  std::size_t bins_;
  int threads_;
  RigidTransform transform_;
  std::vector<int> fixed_bin_;
  std::vector<float> moving_;      // values in bins
  std::vector<Vec3> slope_;        // bins per mm, LPS of the moving frame
  std::vector<double> joint_;      // fixed bin major
  std::vector<double> log_ratio_;  // log(p(f, m) / p(m))
};

}  // namespace neurovasc::imaging
