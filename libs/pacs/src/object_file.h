#pragma once

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdatset.h>

#include <filesystem>
#include <optional>
#include <string>

#include "neurovasc/pacs/connection.h"

namespace neurovasc::pacs {

/// What the DICOM file at @p path is; nothing where it is none, or cut short.
std::optional<ObjectFile> readObjectFile(const std::filesystem::path& path);

/// Writes @p dataset, in the transfer syntax in which it came, as an object of @p folder: whole or
/// not at all. Throws Error(output_unwritable).
void writeObject(DcmDataset& dataset, const std::filesystem::path& folder,
                 const std::string& sop_instance_uid);

/// The same of a DICOM file that is in memory. Throws TransientFailure where @p bytes are no whole
/// DICOM file of that object: something cut them on the way.
void writeObject(const std::string& bytes, const std::filesystem::path& folder,
                 const std::string& sop_instance_uid);

/// DCMTK's and the decoders' messages off: they are the program's to say.
void quietDcmtk();

}  // namespace neurovasc::pacs
