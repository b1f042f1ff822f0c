#pragma once

#include <QFutureWatcher>
#include <QObject>
#include <QString>
#include <optional>
#include <string>

#include "neurovasc/core/progress.h"
#include "neurovasc/core/review.h"

namespace neurovasc::viewer {

/// A side measured anew in the background, one at a time.
class ReassessJob : public QObject {
  Q_OBJECT

 public:
  explicit ReassessJob(QObject* parent = nullptr);
  /// Stops and waits for what is running.
  ~ReassessJob() override;

  void start(const std::string& folder, Side side, const NerveLandmarks& landmarks);
  void cancel();
  bool isRunning() const { return watcher_.isRunning(); }

 Q_SIGNALS:
  /// Of the whole, 0 to 1. Like all signals of this class sent in the window's own thread.
  void progressed(double fraction, const QString& what);
  void done(const MovedLandmarks& moved);
  void failed(const QString& why);
  void cancelled();

 private:
  struct Outcome {
    std::optional<MovedLandmarks> moved;
    QString failure;
    bool stopped = false;
  };

  static Outcome run(const std::string& folder, Side side, const NerveLandmarks& landmarks,
                     const Progress& progress);
  void finish();

  QFutureWatcher<Outcome> watcher_;
  StopToken stop_;
};

}  // namespace neurovasc::viewer
