#include "reassess_job.h"

#include <QMetaObject>
#include <QThread>
#include <QtConcurrent/QtConcurrentRun>
#include <algorithm>
#include <array>
#include <exception>

#include "neurovasc/core/error.h"
#include "neurovasc/pipeline/reassess.h"

namespace neurovasc::viewer {
namespace {

struct Stage {
  std::string_view key;
  const char* words;
  double begin;  ///< of the whole
};

/// Shares as on a study of 0.5 mm voxels.
constexpr std::array<Stage, 6> kStages = {{{"read", "reading", 0.0},
                                           {"fuse", "bringing the series together", 0.05},
                                           {"anatomy", "following the nerve", 0.2},
                                           {"vessels", "finding vessels", 0.6},
                                           {"contact", "measuring", 0.9},
                                           {"", "", 1.0}}};

const Stage* findStage(std::string_view key) {
  const auto* found = std::find_if(kStages.begin(), kStages.end() - 1,
                                   [key](const Stage& stage) { return stage.key == key; });
  return found == kStages.end() - 1 ? nullptr : found;
}

/// One core stays for the window.
int workerThreads() { return std::max(1, QThread::idealThreadCount() - 1); }

}  // namespace

ReassessJob::ReassessJob(QObject* parent) : QObject(parent) {
  connect(&watcher_, &QFutureWatcher<Outcome>::finished, this, &ReassessJob::finish);
}

ReassessJob::~ReassessJob() {
  stop_.requestStop();
  watcher_.waitForFinished();
}

void ReassessJob::start(const std::string& folder, Side side, const NerveLandmarks& landmarks) {
  if (isRunning()) {
    return;
  }
  stop_ = StopToken();
  const auto sink = [this](const ProgressEvent& event) {
    if (const Stage* stage = findStage(event.stage)) {
      const double fraction = stage->begin + event.fraction * ((stage + 1)->begin - stage->begin);
      QMetaObject::invokeMethod(this, [this, fraction, words = QString(stage->words)] {
        Q_EMIT progressed(fraction, words);
      });
    }
  };
  const Progress progress(sink, {}, stop_);
  watcher_.setFuture(QtConcurrent::run(
      [folder, side, landmarks, progress] { return run(folder, side, landmarks, progress); }));
}

void ReassessJob::cancel() { stop_.requestStop(); }

ReassessJob::Outcome ReassessJob::run(const std::string& folder, Side side,
                                      const NerveLandmarks& landmarks, const Progress& progress) {
  Outcome outcome;
  pipeline::ReassessOptions options;
  options.threads = workerThreads();
  try {
    outcome.moved = pipeline::reassess(folder, side, landmarks, options, progress);
  } catch (const Error& error) {
    outcome.stopped = error.code() == ErrorCode::cancelled;
    outcome.failure = error.what();
  } catch (const std::exception& error) {
    outcome.failure = error.what();
  }
  return outcome;
}

void ReassessJob::finish() {
  const Outcome outcome = watcher_.result();
  if (outcome.moved) {
    Q_EMIT done(*outcome.moved);
  } else if (outcome.stopped) {
    Q_EMIT cancelled();
  } else {
    Q_EMIT failed(outcome.failure);
  }
}

}  // namespace neurovasc::viewer
