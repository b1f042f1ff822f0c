#pragma once

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmnet/assoc.h>
#include <dcmtk/dcmnet/dcmlayer.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "neurovasc/core/progress.h"
#include "neurovasc/pacs/config.h"

namespace neurovasc::pacs {

/// Shuts the one socket it was told of when a stop is requested, so that whoever waits for it comes
/// back at once: DCMTK itself hears of a stop only between two messages.
class SocketWatch {
 public:
  explicit SocketWatch(StopToken stop);
  ~SocketWatch();
  SocketWatch(const SocketWatch&) = delete;
  SocketWatch& operator=(const SocketWatch&) = delete;

  void watch(int socket);
  void forget();
  /// As if a stop were requested.
  void shut();

 private:
  void serve();

  StopToken stop_;
  std::mutex mutex_;
  int socket_ = -1;
  std::atomic<bool> over_{false};
  std::thread waiter_;
};

/// What DCMTK's connections run over: TCP, or TLS as @p tls says, with every socket told to
/// @p watch, which must outlive it. @p host is the name that the peer's certificate has to bear;
/// empty where the peer comes to us. Throws Error(network_refused) for files that OpenSSL refuses.
std::unique_ptr<DcmTransportLayer> makeLayer(const std::optional<TlsOptions>& tls,
                                             const std::string& host, T_ASC_NetworkRole role,
                                             SocketWatch& watch);

}  // namespace neurovasc::pacs
