#pragma once

#include <curl/curl.h>

#include <memory>
#include <string>

#include "neurovasc/core/progress.h"
#include "neurovasc/pacs/config.h"

namespace neurovasc::pacs {

struct HttpAnswer {
  long status = 0;
  std::string content_type;
  std::string body;
  std::string warning;  ///< its Warning header (RFC 7234)
};

/// Requests to one web service over a connection that is kept. Throws TransientFailure where the
/// connection fails or the service is overloaded, Error(network_refused) for a certificate or
/// credentials that do not do, Error(cancelled). Other answers come back with their status.
class HttpClient {
 public:
  /// Throws Error(input_unreadable) for a secret that is not where the configuration says.
  HttpClient(const PacsConfig& config, StopToken stop);

  /// @p path follows the service's root: "/studies?limit=1".
  HttpAnswer get(const std::string& path, const std::string& accept);
  HttpAnswer post(const std::string& path, const std::string& content_type,
                  const std::string& accept, const std::string& body);

  /// A text as a part of a path or query (RFC 3986).
  std::string escaped(const std::string& text) const;

 private:
  struct HandleDeleter {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
  };

  void setUp(const PacsConfig& config);
  void secure(const TlsOptions& tls);
  void identify(const WebCredentials& credentials);
  HttpAnswer perform(const std::string& path, const std::string& headers_accept,
                     const std::string& content_type);
  void check(CURLcode code, const HttpAnswer& answer) const;

  std::string root_;
  StopToken stop_;
  std::unique_ptr<CURL, HandleDeleter> handle_;
};

}  // namespace neurovasc::pacs
