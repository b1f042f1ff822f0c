#include <itkHessianToObjectnessMeasureImageFilter.h>
#include <itkImage.h>
#include <itkMultiScaleHessianBasedMeasureImageFilter.h>
#include <itkSymmetricSecondRankTensor.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <string>

#include "jobs.h"
#include "measured.h"
#include "neurovasc/dicom/catalogue.h"
#include "neurovasc/dicom/series_reader.h"
#include "neurovasc/imaging/image_io.h"
#include "neurovasc/imaging/tubularness.h"

namespace neurovasc::bench {
namespace {

namespace fs = std::filesystem;

/// ITK's filter with the scales of the published figures: four, 0.40 to 1.30 mm.
void itkMultiScale(const std::string& file) {
  using Image = itk::Image<float, 3>;
  using Hessian = itk::Image<itk::SymmetricSecondRankTensor<double, 3>, 3>;
  using Objectness = itk::HessianToObjectnessMeasureImageFilter<Hessian, Image>;
  using MultiScale = itk::MultiScaleHessianBasedMeasureImageFilter<Image, Hessian, Image>;
  const ImageF volume = imaging::readImage(file);
  auto image = Image::New();
  image->SetRegions(Image::SizeType{{static_cast<itk::SizeValueType>(volume.size()[0]),
                                     static_cast<itk::SizeValueType>(volume.size()[1]),
                                     static_cast<itk::SizeValueType>(volume.size()[2])}});
  const Vec3& spacing = volume.geometry().spacing_mm;
  image->SetSpacing(std::array<double, 3>{spacing.x, spacing.y, spacing.z}.data());
  image->Allocate();
  std::copy(volume.data(), volume.data() + volume.voxelCount(), image->GetBufferPointer());
  auto objectness = Objectness::New();
  objectness->SetBrightObject(false);
  objectness->SetObjectDimension(1);
  auto filter = MultiScale::New();
  filter->SetInput(image);
  filter->SetHessianToMeasureFilter(objectness);
  filter->SetSigmaMinimum(0.40);
  filter->SetSigmaMaximum(1.30);
  filter->SetNumberOfSigmaSteps(4);
  filter->SetSigmaStepMethodToLogarithmic();
  filter->Update();
}

void ourFilter(const std::string& file, imaging::TubeFilter filter) {
  imaging::TubularnessOptions options;
  options.filter = filter;
  // The same four smoothings as ITK's: radius = sigma * sqrt(2).
  options.radii_mm = {0.57, 0.84, 1.24, 1.84};
  imaging::tubularness(imaging::readImage(file), options);
}

void printRow(const char* name, const Cost& cost, double voxels) {
  std::printf("| %s | %.2f | %.2f | %.0f | %.2f |\n", name, cost.wall_s, cost.cpu_s, cost.peak_mib,
              1e6 * cost.wall_s / voxels);
  std::fflush(stdout);
}

/// Writes the whole T2 series for all of them to read; returns the number of its voxels.
double prepare(const fs::path& case_folder, const std::string& file) {
  const dicom::StudyCatalogue catalogue = dicom::scanStudies(case_folder / "dicom", {1, {}});
  const StudyImages images = dicom::loadStudy(catalogue.studies.at(0).study, 1);
  imaging::writeImage(images.t2.image, file);
  return static_cast<double>(images.t2.image.voxelCount());
}

}  // namespace

void benchTubularness(const fs::path& case_folder) {
  const fs::path path =
      fs::temp_directory_path() / ("neurovasc-bench-" + std::to_string(getpid()) + ".mha");
  const std::string file = path.string();
  const double voxels = prepare(case_folder, file);
  using imaging::TubeFilter;
  std::printf(
      "%.1f million voxels; reading the file is included.\n\n"
      "| filter | wall s | CPU s | peak MiB | us a voxel |\n"
      "| --- | --- | --- | --- | --- |\n",
      voxels / 1e6);
  std::fflush(stdout);
  printRow("reading alone", measured([&] { imaging::readImage(file); }), voxels);
  printRow("ITK multi-scale Hessian", measured([&] { itkMultiScale(file); }), voxels);
  printRow("ours, Hessian", measured([&] { ourFilter(file, TubeFilter::hessian); }), voxels);
  printRow("ours, optimally oriented flux",
           measured([&] { ourFilter(file, TubeFilter::optimally_oriented_flux); }), voxels);
  fs::remove(path);
}

}  // namespace neurovasc::bench
