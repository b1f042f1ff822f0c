#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "neurovasc/core/assessment.h"
#include "neurovasc/core/progress.h"
#include "neurovasc/core/review.h"
#include "neurovasc/scene/scene_content.h"

namespace neurovasc::page {

/// A picture that the page takes in.
struct PagePicture {
  std::string name;   ///< "overview.png", "contact_L1_slices.png": tells what it is of
  std::string title;  ///< "Retrosigmoid view, left"
  std::string file;   ///< path of the PNG
};

/// What a page shows.
struct PageContent {
  Assessment assessment;
  std::vector<ReviewedAssessment> reviews;  ///< of it, one of each reader
  std::string report;                       ///< the text of report.txt
  /// Surfaces and images; an empty one where nothing could be seen.
  scene::SceneContent scene;
  std::vector<PagePicture> pictures;
  std::map<std::string, std::string> versions;  ///< "neurovasc", "VTK", ...
};

struct PageOptions {
  /// Shown of the images around both nerves and their contacts: the cistern from the brainstem's
  /// midline to the fundus.
  double margin_mm = 12;
  /// Of each image; more are resampled. In Base64 T2 and TOF then take 6 MB.
  std::size_t most_voxels = 2'200'000;
  int jpeg_quality = 85;  ///< letters and thin vessels stay sharp
  /// A page that a mail server still takes. Pictures that do not fit are left out, the page says
  /// so.
  std::size_t most_bytes = 14'500'000;
};

/// Throws Error(usage) naming the option that is out of range.
void validate(const PageOptions& options);

/// Whether this build holds the page's script (NEUROVASC_PAGE); without it there is no page.
bool isPageBuilt();

/// report.html: the sentences of report.txt, the zones of each nerve as a strip, tables of
/// contacts, series and registrations, the scene in three dimensions (vtk.js), slices through T2
/// and TOF, and the pictures, in one file that needs nothing but a browser: it names no file and no
/// address outside itself, and its Content-Security-Policy forbids any request. Nothing in it tells
/// who the patient is that does not stand in assessment.json.
///
/// The same content gives the same bytes. Reports "page" as it goes. Throws Error(internal) unless
/// isPageBuilt(), Error(input_unreadable) for a picture that cannot be read, Error(cancelled).
std::string reportPage(const PageContent& content, const PageOptions& options = {},
                       const Progress& progress = {});

}  // namespace neurovasc::page
