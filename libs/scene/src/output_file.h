#pragma once

#include <fstream>
#include <string>

#include "neurovasc/core/error.h"

namespace neurovasc::scene {

/// A binary file being written; every failure becomes Error(output_unwritable).
class OutputFile {
 public:
  explicit OutputFile(const std::string& path) : path_(path), stream_(path, std::ios::binary) {
    check();
  }

  std::ostream& stream() { return stream_; }

  /// Call last: flushes and checks.
  void finish() {
    stream_.close();
    check();
  }

 private:
  void check() const {
    if (!stream_) {
      throw Error(ErrorCode::output_unwritable, "cannot write " + path_,
                  "Check that the folder exists, may be written to and has space left.");
    }
  }

  std::string path_;
  std::ofstream stream_;
};

}  // namespace neurovasc::scene
