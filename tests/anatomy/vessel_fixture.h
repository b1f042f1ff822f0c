#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <vector>

#include "neurovasc/core/anatomy.h"
#include "neurovasc/core/fused_study.h"
#include "neurovasc/core/tube.h"

namespace neurovasc::testing {

/// A straight tube in a box of CSF, with its level in each contrast (1 is CSF on T2, brain on TOF
/// and CE-T1).
struct FixtureTube {
  Point3 from;
  Point3 to;
  double radius_mm = 0.6;
  double t2 = 0.1;
  double tof = 0.9;
  double ce_t1 = 0.7;

  double distanceTo(const Point3& p) const {
    const Vec3 along = normalized(to - from);
    const Vec3 off = p - from;
    return norm(off - dot(off, along) * along);
  }
};

/// The share of a disc at a distance from its centre under a Gaussian, by summing over the disc:
/// slow, and nothing of the library's.
class SummedDisc {
 public:
  SummedDisc(double radius_mm, double sigma_mm) : shares_(kEntries) {
    constexpr int kHalf = 60;
    const double pitch = radius_mm / kHalf;
    for (std::size_t n = 0; n < kEntries; ++n) {
      double sum = 0;
      for (int a = -kHalf; a <= kHalf; ++a) {
        for (int b = -kHalf; b <= kHalf; ++b) {
          if (a * a + b * b <= kHalf * kHalf) {
            const double dx = a * pitch - static_cast<double>(n) * kStep_mm;
            const double dy = b * pitch;
            sum += std::exp(-0.5 * (dx * dx + dy * dy) / (sigma_mm * sigma_mm));
          }
        }
      }
      shares_[n] = sum * pitch * pitch / (2 * 3.14159265358979323846 * sigma_mm * sigma_mm);
    }
  }

  double operator()(double rho_mm) const {
    const double x = rho_mm / kStep_mm;
    const auto n = static_cast<std::size_t>(x);
    if (n + 1 >= kEntries) {
      return 0;
    }
    return shares_[n] + (x - static_cast<double>(n)) * (shares_[n + 1] - shares_[n]);
  }

 private:
  static constexpr std::size_t kEntries = 120;
  static constexpr double kStep_mm = 0.05;
  std::vector<double> shares_;
};

/// A fused study of straight tubes in CSF on an oblique grid off zero, with its levels.
class VesselFixture {
 public:
  static constexpr double kSigma_mm = 0.25;
  static constexpr double kCsf = 900;
  static constexpr double kTofBrain = 300;

  VesselFixture() {
    const double a = 0.2;
    study_.grid.size = {60, 52, 44};
    study_.grid.spacing_mm = {0.25, 0.25, 0.25};
    study_.grid.origin_mm = {-31, 12, 47};
    study_.grid.direction = Matrix3::fromColumns({std::cos(a), std::sin(a), 0},
                                                 {-std::sin(a), std::cos(a), 0}, {0, 0, 1});
    anatomy_.levels.t2_csf = kCsf;
    anatomy_.levels.t2_brain = 0.34 * kCsf;
    anatomy_.levels.t2_dark = 0;
  }

  /// A point of the box given by its share of each grid axis, 0 to 1.
  Point3 at(double x, double y, double z) const {
    return study_.grid.toLps(Vec3{x * (study_.grid.size[0] - 1), y * (study_.grid.size[1] - 1),
                                  z * (study_.grid.size[2] - 1)});
  }

  VesselFixture& add(const FixtureTube& tube) {
    tubes_.push_back(tube);
    return *this;
  }
  VesselFixture& withTof() {
    tof_ = true;
    return *this;
  }
  VesselFixture& withCeT1(double fluid = 0.25) {
    ce_t1_ = true;
    ce_t1_fluid_ = fluid;
    return *this;
  }
  /// Fills what lies below @p height of the box (its share of the third axis) with brain.
  VesselFixture& withBrainBelow(double height) {
    const Vec3 up = study_.grid.direction.column(2);
    const Point3 surface = at(0.5, 0.5, height);
    brain_mm_ = ImageF(study_.grid);
    for (int k = 0; k < study_.grid.size[2]; ++k) {
      for (int j = 0; j < study_.grid.size[1]; ++j) {
        for (int i = 0; i < study_.grid.size[0]; ++i) {
          brain_mm_(i, j, k) = static_cast<float>(dot(study_.grid.toLps(i, j, k) - surface, up));
        }
      }
    }
    return *this;
  }

  FusedStudy study() const {
    FusedStudy out = study_;
    out.t2 = render(kCsf, 1, 0.34, &FixtureTube::t2);
    if (tof_) {
      out.tof = render(kTofBrain, 0.35, 1, &FixtureTube::tof);
    }
    if (ce_t1_) {
      out.ce_t1 = render(kTofBrain, ce_t1_fluid_, 1, &FixtureTube::ce_t1);
    }
    return out;
  }

  Anatomy anatomy() const {
    Anatomy out = anatomy_;
    if (tof_) {
      out.levels.tof_brain = kTofBrain;
      out.levels.tof_csf = 0.35 * kTofBrain;
    }
    if (ce_t1_) {
      out.levels.ce_t1_brain = kTofBrain;
    }
    out.brain_distance_mm = brain_mm_;
    return out;
  }

 private:
  /// The share of a voxel that is brain, under the point spread.
  double brainAt(int i, int j, int k) const {
    return brain_mm_.empty() ? 0
                             : 0.5 * std::erfc(brain_mm_(i, j, k) / (std::sqrt(2.0) * kSigma_mm));
  }

  FusedImage render(double unit, double csf, double brain, double FixtureTube::*level) const {
    FusedImage image;
    image.fine = ImageF(study_.grid);
    image.acquired_voxel_mm = {0.5, 0.5, 0.5};
    image.psf_fwhm_mm = Vec3{1, 1, 1} * (2.3548 * kSigma_mm);
    std::vector<SummedDisc> discs;
    for (const FixtureTube& tube : tubes_) {
      discs.emplace_back(tube.radius_mm, kSigma_mm);
    }
    for (int k = 0; k < study_.grid.size[2]; ++k) {
      for (int j = 0; j < study_.grid.size[1]; ++j) {
        for (int i = 0; i < study_.grid.size[0]; ++i) {
          const double behind = csf + (brain - csf) * brainAt(i, j, k);
          double value = behind;
          for (std::size_t n = 0; n < tubes_.size(); ++n) {
            const double share = discs[n](tubes_[n].distanceTo(study_.grid.toLps(i, j, k)));
            value += share * (tubes_[n].*level - behind);
          }
          image.fine(i, j, k) = static_cast<float>(unit * value);
        }
      }
    }
    return image;
  }

  FusedStudy study_;
  Anatomy anatomy_;
  std::vector<FixtureTube> tubes_;
  ImageF brain_mm_;
  bool tof_ = false;
  bool ce_t1_ = false;
  double ce_t1_fluid_ = 0.25;
};

}  // namespace neurovasc::testing
