#pragma once

#include <QFutureWatcher>
#include <QObject>
#include <QString>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "neurovasc/core/error.h"
#include "neurovasc/core/progress.h"

namespace neurovasc::viewer {

/// A stage of a job as the libraries call it, and for people.
struct JobStage {
  std::string_view key;
  const char* words;
  double begin;  ///< of the whole, 0 to 1; the next stage's is this one's end
};

/// Long work beside the window, one piece at a time. All signals are sent in the window's own
/// thread.
class BackgroundJob : public QObject {
  Q_OBJECT

 public:
  /// @p stages in order.
  explicit BackgroundJob(std::vector<JobStage> stages, QObject* parent = nullptr);
  /// Stops and waits for what is running.
  ~BackgroundJob() override;

  void cancel() { stop_.requestStop(); }
  bool isRunning() const { return watcher_.isRunning(); }
  /// What the last work failed with.
  std::optional<ErrorCode> failure() const { return failure_; }

  /// One core stays for the window.
  static int workerThreads();

 Q_SIGNALS:
  void progressed(double fraction, const QString& what);  ///< of the whole, 0 to 1; never falls
  void failed(const QString& why);
  void cancelled();

 protected:
  using Work = std::function<void(const Progress&)>;

  /// Does nothing while work is running.
  void run(Work work);
  /// The work came to its end, in the window's thread.
  virtual void finished() = 0;

 private:
  struct Outcome {
    std::optional<ErrorCode> failure;
    QString why;
  };

  static Outcome outcomeOf(const Work& work, const Progress& progress);
  void report(const ProgressEvent& event);
  void conclude();

  std::vector<JobStage> stages_;
  QFutureWatcher<Outcome> watcher_;
  StopToken stop_;
  std::optional<ErrorCode> failure_;
  double furthest_ = 0;
};

}  // namespace neurovasc::viewer
