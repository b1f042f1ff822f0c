// Writes the fixture of the export tests for the tests that read it with JavaScript: t2/*.dcm,
// seg.dcm, sr.dcm, assessment.json and segments.json.
#include <filesystem>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

#include "fixture.h"
#include "neurovasc/interop/report_object.h"
#include "neurovasc/result/assessment_json.h"
#include "result/sample_assessments.h"

namespace {

namespace fs = std::filesystem;
using namespace neurovasc;

/// Of each segment its number, name, how many voxels it has, and their middle.
nlohmann::json segmentsJson(const std::vector<interop::StructureSlices>& structures,
                            const GridGeometry& grid) {
  nlohmann::json list = nlohmann::json::array();
  for (const auto& structure : structures) {
    Point3 sum;
    int voxels = 0;
    for (const auto& slice : structure.slices) {
      for (std::size_t n = 0; n < slice.binary.size(); ++n) {
        if (slice.binary[n] != 0) {
          const int i = static_cast<int>(n) % grid.size[0];
          const int j = static_cast<int>(n) / grid.size[0];
          sum = sum + grid.toLps(i, j, slice.slice);
          ++voxels;
        }
      }
    }
    const Point3 middle = sum * (1.0 / voxels);
    list.push_back({{"number", list.size() + 1},
                    {"name", structure.segment.name},
                    {"voxels", voxels},
                    {"middle_lps_mm", {middle.x, middle.y, middle.z}}});
  }
  return list;
}

void write(const fs::path& folder) {
  // Cornerstone's reader takes no object whose bits fill an odd number of bytes.
  const testing::ExportFixture fixture({48, 40, 18});
  const Assessment assessment = testing::richAssessment();
  fs::create_directories(folder);
  fs::copy(fixture.t2Folder(), folder / "t2",
           fs::copy_options::recursive | fs::copy_options::overwrite_existing);
  const auto structures = interop::structuresOf(fixture.labels(), fixture.vessels());
  const auto slices = interop::onGrid(structures, fixture.t2Grid(), 1);
  interop::writeSegmentationObject(slices, fixture.t2Grid(), interop::SegmentationType::binary,
                                   fixture.context(), folder / "seg.dcm");
  const auto segments =
      interop::segmentReferences(slices, interop::SegmentationType::binary, fixture.context());
  interop::writeMeasurementReport(assessment, structures, segments, fixture.context(), {},
                                  folder / "sr.dcm");
  std::ofstream(folder / "assessment.json") << result::toJson(assessment);
  std::ofstream(folder / "segments.json") << segmentsJson(slices, fixture.t2Grid()).dump(2);
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) {
    std::cerr << "usage: neurovasc_write_web_fixture FOLDER\n";
    return 2;
  }
  write(arguments[1]);
  return 0;
}
