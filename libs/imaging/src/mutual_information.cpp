#include "mutual_information.h"

#include <itkCommand.h>
#include <itkEuler3DTransform.h>
#include <itkMattesMutualInformationImageToImageMetricv4.h>
#include <itkRegularStepGradientDescentOptimizerv4.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>

#include "itk_volume.h"

namespace neurovasc::imaging {
namespace {

/// In one work unit: the sums of several would depend on their number and on who ends first.
/// SetMaximumNumberOfWorkUnits() of ITK 5.2 leaves the number of units as it is.
class Metric
    : public itk::MattesMutualInformationImageToImageMetricv4<ItkImage<float>, ItkImage<float>> {
 public:
  using Self = Metric;
  using Pointer = itk::SmartPointer<Self>;
  itkFactorylessNewMacro(Self);

 protected:
  Metric() { m_SparseGetValueAndDerivativeThreader->SetNumberOfWorkUnits(1); }
};
using Optimizer = itk::RegularStepGradientDescentOptimizerv4<double>;
using Euler = itk::Euler3DTransform<double>;

/// Random bits that depend on @p n alone (splitmix64).
std::uint64_t scrambled(std::uint64_t n) {
  n += 0x9e3779b97f4a7c15ULL;
  n = (n ^ (n >> 30U)) * 0xbf58476d1ce4e5b9ULL;
  n = (n ^ (n >> 27U)) * 0x94d049bb133111ebULL;
  return n ^ (n >> 31U);
}

double uniform(std::uint64_t n) { return static_cast<double>(scrambled(n) >> 11U) * 0x1.0p-53; }

double entropyTerm(double p) { return p > 0 ? -p * std::log(p) : 0; }

itk::Point<double, 3> itkPoint(const Point3& p) {
  itk::Point<double, 3> out(0.0);
  out += itkVector(p);
  return out;
}

Euler::Pointer itkTransform(const RigidTransform& t, const Point3& centre) {
  const auto out = Euler::New();
  out->SetCenter(itkPoint(centre));
  // Rounding in products of rotations must not count as a wrong matrix.
  out->SetMatrix(itkMatrix(t.rotation), 1e-6);
  out->SetTranslation(itkVector(t(centre) - centre));
  return out;
}

RigidTransform ours(const Euler& transform) {
  RigidTransform out;
  for (unsigned a = 0; a < 3; ++a) {
    const int row = static_cast<int>(a);
    out.translation[row] = transform.GetOffset()[a];
    for (unsigned b = 0; b < 3; ++b) {
      out.rotation(row, static_cast<int>(b)) = transform.GetMatrix()(a, b);
    }
  }
  return out;
}

/// Root mean square distance from @p centre.
double radiusOf(const FixedSamples& samples, const Point3& centre) {
  double sum = 0;
  for (const auto& p : samples) {
    sum += dot(p - centre, p - centre);
  }
  return std::sqrt(sum / static_cast<double>(samples.size()));
}

bool hasContrast(const ImageF& image) {
  const auto [lowest, highest] = std::minmax_element(image.begin(), image.end());
  return *lowest < *highest;
}

/// Whether @p work got through; ITK throws where a climb has led out of the moving image.
template <typename Work>
bool worked(const Work& work) {
  try {
    work();
    return true;
  } catch (const itk::ExceptionObject&) {
    return false;
  }
}

double normalizedInformation(const Metric::JointPDFType& joint) {
  const std::size_t bins = joint.GetLargestPossibleRegion().GetSize()[0];
  const auto* cells = joint.GetBufferPointer();
  const double total = std::accumulate(cells, cells + bins * bins, 0.0);
  std::vector<double> fixed(bins, 0.0);
  std::vector<double> moving(bins, 0.0);
  double h_joint = 0;
  for (std::size_t c = 0; c < bins * bins; ++c) {
    const double p = cells[c] / total;
    fixed[c / bins] += p;
    moving[c % bins] += p;
    h_joint += entropyTerm(p);
  }
  double sum = 0;
  for (std::size_t b = 0; b < bins; ++b) {
    sum += entropyTerm(fixed[b]) + entropyTerm(moving[b]);
  }
  return sum > 0 ? 2 * (sum - h_joint) / sum : 0;
}

/// Steps of fixed length along the gradient, halved at each turn.
Optimizer::Pointer optimizerFor(const AscentOptions& options, double radius_mm) {
  Optimizer::ScalesType scales(6);
  Optimizer::ScalesType weights(6);
  scales.Fill(1);
  weights.Fill(1);
  for (unsigned angle = 0; angle < 3; ++angle) {
    scales[angle] = radius_mm * radius_mm;
    weights[angle] = options.rotate ? 1 : 0;
  }
  const auto optimizer = Optimizer::New();
  optimizer->SetScales(scales);
  optimizer->SetWeights(weights);
  optimizer->SetLearningRate(options.first_step_mm);
  optimizer->SetMinimumStepLength(options.last_step_mm);
  optimizer->SetRelaxationFactor(0.5);
  // Only the step's length says when to end.
  optimizer->SetGradientMagnitudeTolerance(1e-9);
  optimizer->SetNumberOfIterations(static_cast<itk::SizeValueType>(options.iterations));
  optimizer->SetNumberOfWorkUnits(1);
  optimizer->DoEstimateLearningRateAtEachIterationOff();
  optimizer->DoEstimateLearningRateOnceOff();
  return optimizer;
}

}  // namespace

struct MutualInformation::Parts {
  Metric::Pointer metric = Metric::New();
  bool comparable = true;  ///< whether neither image is constant
  Point3 centre_mm;
  double radius_mm = 1;
};

Point3 centreOf(const FixedSamples& samples) {
  const Vec3 sum = std::accumulate(samples.begin(), samples.end(), Vec3{});
  return sum / static_cast<double>(samples.size());
}

FixedSamples sampleEvenly(const GridGeometry& grid, int count) {
  const double volume_mm3 = static_cast<double>(grid.voxelCount()) * grid.voxelVolumeMm3();
  const double cell_mm = std::cbrt(volume_mm3 / std::max(1, count));
  Size3 cells;
  for (int axis = 0; axis < 3; ++axis) {
    const auto a = static_cast<std::size_t>(axis);
    const double length_mm = (grid.size[a] - 1) * grid.spacing_mm[axis];
    cells[a] = std::max(1, static_cast<int>(std::lround(length_mm / cell_mm)));
  }
  FixedSamples samples;
  std::uint64_t n = 0;
  for (int k = 0; k < cells[2]; ++k) {
    for (int j = 0; j < cells[1]; ++j) {
      for (int i = 0; i < cells[0]; ++i) {
        const Vec3 index = {(i + uniform(n)) / cells[0] * (grid.size[0] - 1),
                            (j + uniform(n + 1)) / cells[1] * (grid.size[1] - 1),
                            (k + uniform(n + 2)) / cells[2] * (grid.size[2] - 1)};
        n += 3;
        samples.push_back(grid.toLps(index));
      }
    }
  }
  return samples;
}

ImageF clipped(ImageF image) {
  // Every seventh voxel tells the percentiles well enough; 7 is prime to usual row lengths.
  std::vector<float> values;
  for (std::size_t v = 0; v < image.voxelCount(); v += 7) {
    values.push_back(image[v]);
  }
  const auto at = [&values](double share) {
    const auto place = values.begin() +
                       static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), place, values.end());
    return *place;
  };
  const float lowest = at(0.005);
  const float highest = at(0.995);
  for (float& value : image) {
    value = std::clamp(value, lowest, highest);
  }
  return image;
}

MutualInformation::MutualInformation(const ImageF& fixed, const ImageF& moving,
                                     const FixedSamples& samples, int bins)
    : parts_(std::make_unique<Parts>()) {
  Metric& metric = *parts_->metric;
  parts_->comparable = hasContrast(fixed) && hasContrast(moving);
  parts_->centre_mm = centreOf(samples);
  parts_->radius_mm = radiusOf(samples, parts_->centre_mm);
  const auto points = Metric::FixedSampledPointSetType::New();
  for (std::size_t n = 0; n < samples.size(); ++n) {
    points->SetPoint(n, itkPoint(samples[n]));
  }
  metric.SetFixedImage(wrapped(fixed));
  metric.SetMovingImage(wrapped(moving));
  metric.SetFixedSampledPointSet(points);
  metric.UseSampledPointSetOn();
  // The images are smooth: central differences tell the slope where it is needed.
  metric.UseMovingImageGradientFilterOff();
  metric.UseFixedImageGradientFilterOff();
  metric.SetNumberOfHistogramBins(static_cast<itk::SizeValueType>(bins));
}

MutualInformation::~MutualInformation() = default;

double MutualInformation::normalized(const RigidTransform& moving_from_fixed) {
  Metric& metric = *parts_->metric;
  const bool known =
      parts_->comparable && worked([&] {
        metric.SetMovingTransform(itkTransform(moving_from_fixed, parts_->centre_mm));
        metric.Initialize();
        metric.GetValue();
      });
  return known ? normalizedInformation(*metric.GetJointPDF()) : 0;
}

RigidTransform MutualInformation::climb(const RigidTransform& start, const AscentOptions& options,
                                        const StopToken& stop) {
  stop.throwIfStopped();
  if (!parts_->comparable) {
    return start;
  }
  const auto transform = itkTransform(start, parts_->centre_mm);
  const auto optimizer = optimizerFor(options, parts_->radius_mm);
  optimizer->AddObserver(itk::IterationEvent(), [&](const itk::EventObject&) {
    if (stop.stopRequested()) {
      optimizer->StopOptimization();
    }
  });
  worked([&] {
    parts_->metric->SetMovingTransform(transform);
    parts_->metric->Initialize();
    optimizer->SetMetric(parts_->metric);
    optimizer->StartOptimization();
  });
  stop.throwIfStopped();
  return ours(*transform);
}

}  // namespace neurovasc::imaging
