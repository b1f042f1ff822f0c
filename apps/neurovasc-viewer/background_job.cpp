#include "background_job.h"

#include <QMetaObject>
#include <QThread>
#include <QtConcurrent/QtConcurrentRun>
#include <algorithm>
#include <exception>
#include <utility>

namespace neurovasc::viewer {

BackgroundJob::BackgroundJob(std::vector<JobStage> stages, QObject* parent)
    : QObject(parent), stages_(std::move(stages)) {
  connect(&watcher_, &QFutureWatcher<Outcome>::finished, this, &BackgroundJob::conclude);
}

BackgroundJob::~BackgroundJob() {
  stop_.requestStop();
  watcher_.waitForFinished();
}

int BackgroundJob::workerThreads() { return std::max(1, QThread::idealThreadCount() - 1); }

void BackgroundJob::run(Work work) {
  if (isRunning()) {
    return;
  }
  stop_ = StopToken();
  failure_.reset();
  furthest_ = 0;
  const Progress progress([this](const ProgressEvent& event) { report(event); }, {}, stop_);
  watcher_.setFuture(
      QtConcurrent::run([work = std::move(work), progress] { return outcomeOf(work, progress); }));
}

BackgroundJob::Outcome BackgroundJob::outcomeOf(const Work& work, const Progress& progress) {
  try {
    work(progress);
    return {};
  } catch (const Error& error) {
    const QString hint = QString::fromStdString(error.hint());
    return {error.code(), error.what() + (hint.isEmpty() ? hint : "\n" + hint)};
  } catch (const std::exception& error) {
    return {ErrorCode::internal, error.what()};
  }
}

void BackgroundJob::report(const ProgressEvent& event) {
  const auto stage = std::find_if(stages_.begin(), stages_.end(), [&event](const JobStage& each) {
    return each.key == event.stage;
  });
  if (stage == stages_.end()) {
    return;
  }
  const double end = stage + 1 == stages_.end() ? 1.0 : (stage + 1)->begin;
  const double fraction = stage->begin + event.fraction * (end - stage->begin);
  QMetaObject::invokeMethod(this, [this, fraction, words = QString(stage->words)] {
    furthest_ = std::max(furthest_, fraction);  // stages overlap where they run side by side
    Q_EMIT progressed(furthest_, words);
  });
}

void BackgroundJob::conclude() {
  const Outcome outcome = watcher_.result();
  failure_ = outcome.failure;
  if (!failure_) {
    finished();
  } else if (failure_ == ErrorCode::cancelled) {
    Q_EMIT cancelled();
  } else {
    Q_EMIT failed(outcome.why);
  }
}

}  // namespace neurovasc::viewer
