#pragma once

#include <optional>
#include <string>

#include "background_job.h"

namespace neurovasc::viewer {

/// A study analysed in the background, as `neurovasc analyze` does it.
class AnalyzeJob : public BackgroundJob {
  Q_OBJECT

 public:
  explicit AnalyzeJob(QObject* parent = nullptr);

  /// @p number: which study, where @p path holds several. @p output is the result folder to make.
  void start(const std::string& path, std::optional<int> number, const std::string& output);

 Q_SIGNALS:
  void done();  ///< the result folder is there

 protected:
  void finished() override { Q_EMIT done(); }
};

}  // namespace neurovasc::viewer
