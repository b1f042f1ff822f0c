#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "element_walk.h"

namespace neurovasc::dicom {

/// What a walk over a file's element headers found, without building anything in memory.
struct FileOutline {
  bool is_dicom = false;
  std::string problem;  ///< why the file must not be parsed; empty when it may
  std::uint64_t file_size = 0;
  std::uint64_t pixel_offset = 0;  ///< of the first byte of PixelData's value; 0: no pixels
  std::uint64_t pixel_length = 0;
  bool encapsulated = false;  ///< PixelData of undefined length
  std::string transfer_syntax;
  Encoding encoding;  ///< of the data set
};

/// A file's outline with its bytes up to PixelData's value, all of them where there is none, and
/// the data set's elements before PixelData, by their places among the bytes; nothing of these
/// where the file is no DICOM file or must not be parsed, as where they are more than 256 MiB.
struct FileHead {
  FileOutline outline;
  std::vector<std::uint8_t> bytes;
  std::vector<Element> elements;
};

/// Walks over @p path up to PixelData and checks what DCMTK's parser does not: see ElementWalk. A
/// file that passes costs DCMTK, where it reads the pixels, memory in proportion to its size.
FileHead headOf(const std::string& path);

}  // namespace neurovasc::dicom
