#include "tls_layer.h"

#include <arpa/inet.h>
#include <dcmtk/dcmtls/tlslayer.h>
#include <fmt/format.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>

#include <array>
#include <chrono>
#include <utility>

#include "neurovasc/core/error.h"

namespace neurovasc::pacs {
namespace {

/// Well within the 2 s in which a stop takes effect.
constexpr std::chrono::milliseconds kBetweenLooks{50};

class PlainLayer : public DcmTransportLayer {
 public:
  explicit PlainLayer(SocketWatch& watch) : watch_(watch) {}

  DcmTransportConnection* createConnection(DcmNativeSocketType socket, OFBool) override {
    watch_.watch(socket);
    return DcmTransportLayer::createConnection(socket, OFFalse);
  }

 private:
  SocketWatch& watch_;
};

class TlsLayer : public DcmTLSTransportLayer {
 public:
  TlsLayer(T_ASC_NetworkRole which_end, SocketWatch& watch)
      : DcmTLSTransportLayer(which_end, nullptr, OFTrue), watch_(watch) {}

  DcmTransportConnection* createConnection(DcmNativeSocketType socket, OFBool) override {
    watch_.watch(socket);
    return DcmTLSTransportLayer::createConnection(socket, OFTrue);
  }

 private:
  SocketWatch& watch_;
};

void require(const OFCondition& done, const std::string& what) {
  if (done.bad()) {
    throw Error(ErrorCode::network_refused, fmt::format("{}: {}", what, done.text()),
                "Check the files under tls in the PACS configuration: they are PEM.");
  }
}

bool isAddress(const std::string& name) {
  std::array<unsigned char, sizeof(in6_addr)> bytes{};
  return inet_pton(AF_INET, name.c_str(), bytes.data()) == 1 ||
         inet_pton(AF_INET6, name.c_str(), bytes.data()) == 1;
}

/// DCMTK checks who signed a certificate; that it was signed for this host is checked here.
void requireName(TlsLayer& layer, const std::string& name) {
  X509_VERIFY_PARAM* param = SSL_CTX_get0_param(layer.getNativeHandle());
  X509_VERIFY_PARAM_set_hostflags(param, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
  const int done = isAddress(name) ? X509_VERIFY_PARAM_set1_ip_asc(param, name.c_str())
                                   : X509_VERIFY_PARAM_set1_host(param, name.c_str(), 0);
  if (done != 1) {
    throw Error(ErrorCode::usage, fmt::format("tls.server_name: '{}' is no name of a host", name));
  }
}

void trust(TlsLayer& layer, const TlsOptions& tls) {
  if (tls.ca_file.empty()) {
    SSL_CTX_set_default_verify_paths(layer.getNativeHandle());
  } else {
    require(layer.addTrustedCertificateFile(tls.ca_file.c_str(), DCF_Filetype_PEM), "tls.ca");
  }
}

void identify(TlsLayer& layer, const TlsOptions& tls) {
  if (tls.certificate_file.empty()) {
    return;
  }
  require(layer.setPrivateKeyFile(tls.key_file.c_str(), DCF_Filetype_PEM), "tls.key");
  require(layer.setCertificateFile(tls.certificate_file.c_str(), DCF_Filetype_PEM),
          "tls.certificate");
  if (!layer.checkPrivateKeyMatchesCertificate()) {
    throw Error(ErrorCode::network_refused, "tls.key is not the key of tls.certificate");
  }
}

}  // namespace

SocketWatch::SocketWatch(StopToken stop) : stop_(std::move(stop)), waiter_([this] { serve(); }) {}

SocketWatch::~SocketWatch() {
  over_ = true;
  waiter_.join();
}

void SocketWatch::watch(int socket) {
  const std::lock_guard lock(mutex_);
  socket_ = socket;
}

void SocketWatch::forget() { watch(-1); }

void SocketWatch::shut() {
  const std::lock_guard lock(mutex_);
  if (socket_ >= 0) {
    ::shutdown(socket_, SHUT_RDWR);
  }
}

void SocketWatch::serve() {
  while (!over_) {
    if (stop_.stopRequested()) {
      shut();
    }
    std::this_thread::sleep_for(kBetweenLooks);
  }
}

std::unique_ptr<DcmTransportLayer> makeLayer(const std::optional<TlsOptions>& tls,
                                             const std::string& host, T_ASC_NetworkRole role,
                                             SocketWatch& watch) {
  if (!tls) {
    return std::make_unique<PlainLayer>(watch);
  }
  auto layer = std::make_unique<TlsLayer>(role, watch);
  require(layer->setTLSProfile(TSP_Profile_BCP195_ND), "TLS");
  require(layer->activateCipherSuites(), "TLS");
  trust(*layer, *tls);
  identify(*layer, *tls);
  layer->setCertificateVerification(tls->verify ? DCV_requireCertificate : DCV_ignoreCertificate);
  if (tls->verify && !host.empty()) {
    requireName(*layer, tls->server_name.empty() ? host : tls->server_name);
  }
  return layer;
}

}  // namespace neurovasc::pacs
