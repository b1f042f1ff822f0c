#include "reassess_job.h"

#include "neurovasc/pipeline/reassess.h"

namespace neurovasc::viewer {
namespace {

/// Shares as on a study of 0.5 mm voxels.
std::vector<JobStage> stages() {
  return {{"read", "reading", 0.0},
          {"fuse", "bringing the series together", 0.05},
          {"anatomy", "following the nerve", 0.2},
          {"vessels", "finding vessels", 0.6},
          {"contact", "measuring", 0.9}};
}

}  // namespace

ReassessJob::ReassessJob(QObject* parent) : BackgroundJob(stages(), parent) {}

void ReassessJob::start(const std::string& folder, Side side, const NerveLandmarks& landmarks) {
  if (isRunning()) {
    return;
  }
  moved_ = std::make_shared<MovedLandmarks>();
  run([folder, side, landmarks, moved = moved_](const Progress& progress) {
    pipeline::ReassessOptions options;
    options.threads = workerThreads();
    *moved = pipeline::reassess(folder, side, landmarks, options, progress);
  });
}

void ReassessJob::finished() { Q_EMIT done(*moved_); }

}  // namespace neurovasc::viewer
