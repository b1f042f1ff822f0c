#pragma once

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdatset.h>

#include "neurovasc/interop/source_study.h"

namespace neurovasc::interop {

struct SourceStudy::Contents {
  DcmDataset header;  ///< of the first T2 image, in UTF-8 where that was possible
  std::string study_instance_uid;
  std::map<SeriesRole, SourceSeries> series;
  bool is_deidentified = false;  ///< see deidentify.h; objects have to say so
};

}  // namespace neurovasc::interop
