#include "neurovasc/interop/own_objects.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcfilefo.h>

#include <string>

#include "dataset_writer.h"

namespace neurovasc::interop {

bool isOwnSeries(std::string_view manufacturer, std::string_view series_description) {
  return manufacturer == kMaker &&
         series_description.substr(0, kOwnDescription.size()) == kOwnDescription;
}

bool isOfComparison(std::string_view series_description) {
  const std::string beginning = std::string(kOwnDescription) + std::string(kComparisonSubject);
  return series_description.substr(0, beginning.size()) == beginning;
}

bool isOwnObject(const std::string& file) {
  DcmFileFormat object;
  if (object
          .loadFileUntilTag(file.c_str(), EXS_Unknown, EGL_noChange, DCM_MaxReadLength,
                            ERM_autoDetect, DCM_PixelData)
          .bad()) {
    return false;
  }
  OFString maker;
  OFString description;
  object.getDataset()->findAndGetOFString(DCM_Manufacturer, maker);
  object.getDataset()->findAndGetOFString(DCM_SeriesDescription, description);
  return isOwnSeries(maker.c_str(), description.c_str());
}

}  // namespace neurovasc::interop
