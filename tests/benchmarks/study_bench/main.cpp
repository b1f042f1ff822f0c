// neurovasc-bench: what registration and the tube filter take and reach on simulated studies, with
// well-kept peers measured in the same run.

#include <cstdio>
#include <exception>
#include <string>

#include "jobs.h"

namespace {

constexpr const char* kUsage =
    "neurovasc-bench registration CASES   error at both nerves and time of every case with a TOF;\n"
    "                                     beside elastix where that is installed\n"
    "neurovasc-bench tubularness CASE     time and memory on the whole T2 series, beside ITK's\n"
    "                                     multi-scale Hessian measure\n"
    "CASES holds folders with dicom/ and truth/truth.json.\n";

}  // namespace

int main(int argc, char** argv) try {
  const std::string job = argc == 3 ? argv[1] : "";
  if (job == "registration") {
    neurovasc::bench::benchRegistration(argv[2]);
  } else if (job == "tubularness") {
    neurovasc::bench::benchTubularness(argv[2]);
  } else {
    std::fputs(kUsage, stderr);
    return 2;
  }
  return 0;
} catch (const std::exception& error) {
  std::fprintf(stderr, "%s\n", error.what());
  return 1;
}
