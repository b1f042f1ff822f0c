#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "frame_header.h"

namespace neurovasc::dicom {

/// Decodes the frames of one file one by one. Pixels stay on disk until they are asked for.
class FrameDecoder {
 public:
  /// Throws Error(input_unreadable) when the file cannot be used (any more).
  explicit FrameDecoder(const std::string& path);
  FrameDecoder(const FrameDecoder&) = delete;
  FrameDecoder& operator=(const FrameDecoder&) = delete;
  ~FrameDecoder();

  const std::string& path() const;
  int columns() const;  ///< of a frame
  int rows() const;

  /// Writes rows() * columns() values of frame @p frame to @p out, rescaled by its slope and
  /// intercept. Throws Error(input_unreadable).
  void decode(int frame, float* out);

 private:
  struct File;
  std::unique_ptr<File> file_;
};

}  // namespace neurovasc::dicom
