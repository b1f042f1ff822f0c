#pragma once

namespace neurovasc::dicom {

/// Makes DCMTK able to decode JPEG, JPEG-LS and RLE. Cheap and safe to call from any thread, again
/// and again; the decoders stay registered as long as the program runs.
void registerCodecs();

}  // namespace neurovasc::dicom
