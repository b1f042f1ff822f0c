#include "http.h"

#include <fmt/format.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <mutex>
#include <utility>

#include "neurovasc/core/error.h"
#include "retry.h"

namespace neurovasc::pacs {
namespace {

/// More than any object of a study; what is larger is not taken into memory.
constexpr std::size_t kMostBody = std::size_t{2} << 30;

std::size_t takeBody(char* bytes, std::size_t size, std::size_t count, void* body) {
  auto& text = *static_cast<std::string*>(body);
  const std::size_t more = size * count;
  if (text.size() + more > kMostBody) {
    return 0;
  }
  text.append(bytes, more);
  return more;
}

int stopWhenAsked(void* stop, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<const StopToken*>(stop)->stopRequested() ? 1 : 0;
}

void startCurl() {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

[[noreturn]] void throwNoSecret(const std::string& what) {
  throw Error(ErrorCode::input_unreadable, fmt::format("{} holds no secret", what),
              "Put the password or token there, or name another place in the configuration.");
}

/// What stands in the first line of a file or in an environment variable.
std::string secretFrom(const std::filesystem::path& file, const std::string& variable) {
  std::string secret;
  if (!file.empty()) {
    std::ifstream stream(file);
    std::getline(stream, secret);
  } else if (const char* value = std::getenv(variable.c_str())) {
    secret = value;
  }
  if (secret.empty()) {
    throwNoSecret(file.empty() ? "the environment variable " + variable : file.string());
  }
  return secret;
}

struct HeaderListDeleter {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

bool isCertificateTrouble(CURLcode code) {
  return code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CERTPROBLEM ||
         code == CURLE_SSL_CACERT_BADFILE || code == CURLE_SSL_ISSUER_ERROR;
}

}  // namespace

HttpClient::HttpClient(const PacsConfig& config, StopToken stop)
    : root_(config.web->url), stop_(std::move(stop)) {
  startCurl();
  root_.erase(root_.find_last_not_of('/') + 1);
  handle_.reset(curl_easy_init());
  if (!handle_) {
    throw Error(ErrorCode::internal, "the HTTP library cannot be started");
  }
  setUp(config);
  secure(config.web->tls);
  identify(config.web->credentials);
}

void HttpClient::setUp(const PacsConfig& config) {
  CURL* handle = handle_.get();
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT, static_cast<long>(config.timeouts.connect_s));
  // A large object may take long, but not stand still.
  curl_easy_setopt(handle, CURLOPT_LOW_SPEED_LIMIT, 1L);
  curl_easy_setopt(handle, CURLOPT_LOW_SPEED_TIME, static_cast<long>(config.timeouts.answer_s));
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
  // Credentials and patients go to the configured place and nowhere else.
  curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(handle, CURLOPT_PROXY, "");
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, takeBody);
  curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, stopWhenAsked);
  curl_easy_setopt(handle, CURLOPT_XFERINFODATA, &stop_);
  curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
}

void HttpClient::secure(const TlsOptions& tls) {
  CURL* handle = handle_.get();
  curl_easy_setopt(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  curl_easy_setopt(handle, CURLOPT_SSL_VERIFYPEER, tls.verify ? 1L : 0L);
  curl_easy_setopt(handle, CURLOPT_SSL_VERIFYHOST, tls.verify ? 2L : 0L);
  if (!tls.ca_file.empty()) {
    curl_easy_setopt(handle, CURLOPT_CAINFO, tls.ca_file.c_str());
  }
  if (!tls.certificate_file.empty()) {
    curl_easy_setopt(handle, CURLOPT_SSLCERT, tls.certificate_file.c_str());
    curl_easy_setopt(handle, CURLOPT_SSLKEY, tls.key_file.c_str());
  }
}

void HttpClient::identify(const WebCredentials& credentials) {
  CURL* handle = handle_.get();
  if (!credentials.user.empty()) {
    const std::string password =
        secretFrom(credentials.password_file, credentials.password_variable);
    curl_easy_setopt(handle, CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_BASIC));
    curl_easy_setopt(handle, CURLOPT_USERNAME, credentials.user.c_str());
    curl_easy_setopt(handle, CURLOPT_PASSWORD, password.c_str());
  } else if (!credentials.token_file.empty() || !credentials.token_variable.empty()) {
    const std::string token = secretFrom(credentials.token_file, credentials.token_variable);
    curl_easy_setopt(handle, CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_BEARER));
    curl_easy_setopt(handle, CURLOPT_XOAUTH2_BEARER, token.c_str());
  }
}

HttpAnswer HttpClient::get(const std::string& path, const std::string& accept) {
  curl_easy_setopt(handle_.get(), CURLOPT_HTTPGET, 1L);
  return perform(path, accept, "");
}

HttpAnswer HttpClient::post(const std::string& path, const std::string& content_type,
                            const std::string& accept, const std::string& body) {
  curl_easy_setopt(handle_.get(), CURLOPT_POST, 1L);
  curl_easy_setopt(handle_.get(), CURLOPT_POSTFIELDS, body.data());
  curl_easy_setopt(handle_.get(), CURLOPT_POSTFIELDSIZE_LARGE,
                   static_cast<curl_off_t>(body.size()));
  return perform(path, accept, content_type);
}

HttpAnswer HttpClient::perform(const std::string& path, const std::string& accept,
                               const std::string& content_type) {
  CURL* handle = handle_.get();
  HttpAnswer answer;
  const std::string url = root_ + path;
  // Without "Expect", which would make a peer that does not know it cost a second each time.
  curl_slist* made = curl_slist_append(nullptr, "Expect:");
  made = curl_slist_append(made, ("Accept: " + accept).c_str());
  if (!content_type.empty()) {
    made = curl_slist_append(made, ("Content-Type: " + content_type).c_str());
  }
  const std::unique_ptr<curl_slist, HeaderListDeleter> headers(made);
  curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
  curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, &answer.body);
  const CURLcode code = curl_easy_perform(handle);
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &answer.status);
  const char* type = nullptr;
  curl_easy_getinfo(handle, CURLINFO_CONTENT_TYPE, &type);
  answer.content_type = type != nullptr ? type : "";
  curl_header* warning = nullptr;
  if (curl_easy_header(handle, "Warning", 0, CURLH_HEADER, -1, &warning) == CURLHE_OK) {
    answer.warning = warning->value;
  }
  check(code, answer);
  return answer;
}

void HttpClient::check(CURLcode code, const HttpAnswer& answer) const {
  stop_.throwIfStopped();
  if (isCertificateTrouble(code)) {
    throw Error(ErrorCode::network_refused,
                fmt::format("no TLS connection to {}: {}", root_, curl_easy_strerror(code)),
                "Check dicomweb.tls: ca must have signed the service's certificate, which must "
                "bear the name in dicomweb.url.");
  }
  if (code != CURLE_OK) {
    throw TransientFailure(
        fmt::format("the connection to {} failed: {}", root_, curl_easy_strerror(code)),
        "Check dicomweb.url and that the service runs.");
  }
  if (answer.status == 401 || answer.status == 403) {
    throw Error(ErrorCode::network_refused,
                fmt::format("{} refuses us with HTTP status {}", root_, answer.status),
                "Check dicomweb.credentials, and what this user may do there.");
  }
  if (answer.status == 429 || answer.status >= 500) {
    throw TransientFailure(fmt::format("{} answers with HTTP status {}", root_, answer.status),
                           "Its log says why.");
  }
}

std::string HttpClient::escaped(const std::string& text) const {
  const std::unique_ptr<char, decltype(&curl_free)> encoded(
      curl_easy_escape(handle_.get(), text.c_str(), static_cast<int>(text.size())), curl_free);
  return encoded ? encoded.get() : "";
}

}  // namespace neurovasc::pacs
