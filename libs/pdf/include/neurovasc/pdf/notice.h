#pragma once

#include <string>
#include <vector>

#include "neurovasc/scene/picture.h"

namespace neurovasc::pdf {

/// A page of A4 as a picture (about 840 by 1190 pixels): a title, paragraphs below it, and
/// kResearchUseOnly. For systems that show pictures and nothing else. Throws as reportPdf().
scene::Picture noticePicture(const std::string& title, const std::vector<std::string>& paragraphs);

}  // namespace neurovasc::pdf
