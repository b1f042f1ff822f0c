#pragma once

#include <cstdint>
#include <string>
#include <vector>

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
};

/// Walks over @p path up to PixelData and checks what DCMTK's parser does not: that lengths stay
/// within the file and the enclosing item, that sequences do not nest deeper than any real header,
/// and that the number of elements is bounded. A file that passes costs its parser memory in
/// proportion to the header's size.
FileOutline outlineOf(const std::string& path);

/// A file's outline with its bytes up to PixelData's value, all of them where there is none; no
/// bytes where the file is no DICOM file or must not be parsed, as where they are more than 256
/// MiB.
struct FileHead {
  FileOutline outline;
  std::vector<std::uint8_t> bytes;
};

/// As outlineOf(), reading the file but once.
FileHead headOf(const std::string& path);

}  // namespace neurovasc::dicom
