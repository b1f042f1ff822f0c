#include "dimse_connection.h"
#include "neurovasc/pacs/connection.h"
#include "web_connection.h"

namespace neurovasc::pacs {

MoreMatches::MoreMatches()
    : Error(ErrorCode::network_refused, "the PACS has more that fits than it hands out at once",
            "Ask for less at a time: fewer days, or one patient; or have its limit on matches "
            "raised.") {}

std::unique_ptr<PacsConnection> connect(const PacsConfig& config, const Progress& progress) {
  validate(config);
  if (config.dimse) {
    return std::make_unique<DimseConnection>(config, progress.stop());
  }
  return std::make_unique<WebConnection>(config, progress.stop());
}

}  // namespace neurovasc::pacs
