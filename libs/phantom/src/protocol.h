#pragma once

#include "neurovasc/dicom/series_writer.h"
#include "neurovasc/phantom/options.h"
#include "signal.h"

namespace neurovasc::phantom {

/// How one series is acquired, in a vendor's words.
struct Protocol {
  Timing timing;
  dicom::MrSeriesHeader header;  ///< without identity
};

Protocol t2Protocol(Sequence sequence);
Protocol tofProtocol(Sequence vendor_of);
Protocol contrastT1Protocol(Sequence vendor_of);

}  // namespace neurovasc::phantom
