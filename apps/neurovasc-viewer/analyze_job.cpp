#include "analyze_job.h"

#include "neurovasc/pipeline/analyze.h"

namespace neurovasc::viewer {
namespace {

/// Shares as on a study of 0.5 mm voxels.
std::vector<JobStage> stages() {
  return {{"scan", "looking for series", 0.0},
          {"load", "reading", 0.02},
          {"read", "reading", 0.02},
          {"region", "finding the labyrinths", 0.05},
          {"register", "registering the series", 0.1},
          {"fuse", "bringing the series together", 0.2},
          {"anatomy", "following the nerves", 0.3},
          {"vessels", "finding vessels", 0.5},
          {"contact", "measuring", 0.65},
          {"write", "writing the result", 0.7},
          {"pictures", "drawing pictures", 0.75},
          {"pdf", "writing report.pdf", 0.95},
          {"page", "writing report.html", 0.97}};
}

}  // namespace

AnalyzeJob::AnalyzeJob(QObject* parent) : BackgroundJob(stages(), parent) {}

void AnalyzeJob::start(const std::string& path, std::optional<int> number,
                       const std::string& output) {
  run([path, number, output](const Progress& progress) {
    pipeline::StudyInput input;
    input.study = path;
    input.study_number = number;
    pipeline::AnalyzeOptions options;
    options.threads = workerThreads();
    // A nerve that was not found is a result as well; the window says so.
    pipeline::analyze(input, output, options, progress);
  });
}

}  // namespace neurovasc::viewer
