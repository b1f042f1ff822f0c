#pragma once

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcfilefo.h>

#include <string>

namespace neurovasc::interop {

/// Reads a DICOM file with its texts in UTF-8, as far as DCMTK can convert them. Throws
/// Error(input_unreadable) naming the file and the cause.
void loadDicom(const std::string& path, DcmFileFormat& file);

/// Keeps DCMTK from writing to the terminal, which is the program's.
void silenceDcmtk();

/// The element's text, all values; empty where it is absent.
std::string elementText(DcmItem& item, const DcmTagKey& tag);

}  // namespace neurovasc::interop
