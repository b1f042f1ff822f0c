#pragma once

#include <string>

namespace neurovasc::imaging {

/// Throws Error(inconsistent_geometry) unless the header of a NRRD or MetaImage file says where its
/// axes lie in the patient; ITK takes what is missing for LPS, a guess at left and right.
void requireNrrdOrientation(const std::string& path);
void requireMetaImageOrientation(const std::string& path);

}  // namespace neurovasc::imaging
