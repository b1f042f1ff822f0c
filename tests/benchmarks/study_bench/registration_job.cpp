#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <set>
#include <string>

#include "elastix.h"
#include "jobs.h"
#include "measured.h"
#include "neurovasc/anatomy/region.h"
#include "neurovasc/core/error.h"
#include "neurovasc/dicom/catalogue.h"
#include "neurovasc/dicom/series_reader.h"
#include "neurovasc/imaging/image_io.h"
#include "neurovasc/imaging/registration.h"
#include "neurovasc/imaging/resample.h"
#include "truth.h"

namespace neurovasc::bench {
namespace {

namespace fs = std::filesystem;

/// The images of one case as both programs get them: the T2 region and the whole TOF series.
void prepare(const fs::path& case_folder, const fs::path& folder) {
  const dicom::StudyCatalogue catalogue = dicom::scanStudies(case_folder / "dicom");
  const StudyImages images = dicom::loadStudy(catalogue.studies.at(0).study);
  const anatomy::StudyRegion region = anatomy::locateRegion(images.t2, {}, {});
  imaging::writeImage(imaging::crop(images.t2.image, region.box), (folder / "fixed.mha").string());
  imaging::writeImage(images.tof.value().image, (folder / "moving.mha").string());
}

void registerHere(const fs::path& folder) {
  const ImageF fixed = imaging::readImage((folder / "fixed.mha").string());
  const ImageF moving = imaging::readImage((folder / "moving.mha").string());
  const Registration result = imaging::registerRigid(fixed, moving, SeriesRole::tof);
  std::ofstream stream(folder / "transform.txt");
  stream.precision(17);
  for (const double value : result.moving_from_t2.rotation.m) stream << value << ' ';
  const Vec3& t = result.moving_from_t2.translation;
  stream << t.x << ' ' << t.y << ' ' << t.z << '\n';
}

RigidTransform readTransform(const fs::path& folder) {
  std::ifstream stream(folder / "transform.txt");
  RigidTransform out;
  for (double& value : out.rotation.m) stream >> value;
  stream >> out.translation.x >> out.translation.y >> out.translation.z;
  if (!stream) throw Error(ErrorCode::internal, "no transform was written", "see above");
  return out;
}

void printError(const RegistrationError& error) {
  std::printf(" %.3f / %.3f |", error.mean_mm, error.max_mm);
}

void printCost(const Cost& cost) { std::printf(" %.2f, %.0f |", cost.wall_s, cost.peak_mib); }

void benchCase(const fs::path& case_folder, const fs::path& scratch) {
  const RegistrationTruth truth = readRegistrationTruth(case_folder);
  const fs::path folder = scratch / case_folder.filename();
  fs::create_directories(folder);
  measured([&] { prepare(case_folder, folder); });
  const Cost ours = measured([&] { registerHere(folder); });
  std::printf("| %s |", case_folder.filename().c_str());
  printError(errorAtNerves({}, truth));
  printError(errorAtNerves(readTransform(folder), truth));
  printCost(ours);
  if (elastixIsThere()) {
    const fs::path parameters = NEUROVASC_ELASTIX_PARAMETERS;
    const Cost theirs = measured([&] { runElastix(folder, parameters); });
    printError(errorAtNerves(readElastixTransform(folder), truth));
    printCost(theirs);
  } else {
    std::printf(" not installed | |");
  }
  std::printf("\n");
  std::fflush(stdout);
}

}  // namespace

void benchRegistration(const fs::path& cases) {
  std::set<fs::path> folders;
  for (const auto& entry : fs::directory_iterator(cases)) {
    if (fs::exists(entry.path() / "truth" / "truth.json")) folders.insert(entry.path());
  }
  std::printf(
      "Error at both facial nerves, mean / max mm; wall s, peak MiB.\n\n"
      "| case | as scanned | neurovasc | cost | elastix | cost |\n"
      "| --- | --- | --- | --- | --- | --- |\n");
  std::fflush(stdout);
  const fs::path scratch =
      fs::temp_directory_path() / ("neurovasc-bench-" + std::to_string(getpid()));
  for (const fs::path& folder : folders) benchCase(folder, scratch);
  fs::remove_all(scratch);
}

}  // namespace neurovasc::bench
