#pragma once

#include <memory>
#include <string>

#include "background_job.h"
#include "neurovasc/core/review.h"

namespace neurovasc::viewer {

/// A side measured anew in the background.
class ReassessJob : public BackgroundJob {
  Q_OBJECT

 public:
  explicit ReassessJob(QObject* parent = nullptr);

  void start(const std::string& folder, Side side, const NerveLandmarks& landmarks);

 Q_SIGNALS:
  void done(const neurovasc::MovedLandmarks& moved);

 protected:
  void finished() override;

 private:
  std::shared_ptr<MovedLandmarks> moved_;  ///< with the work, which may outlive a start
};

}  // namespace neurovasc::viewer
