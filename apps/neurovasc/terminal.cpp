#include "terminal.h"

#include <fmt/format.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <mutex>
#include <nlohmann/json.hpp>

namespace neurovasc::app {
namespace {

using Clock = std::chrono::steady_clock;

/// Redrawing more often than this is not seen but costs time on slow terminals.
constexpr auto kRedrawInterval = std::chrono::milliseconds(80);
constexpr int kBarWidth = 30;

ProgressStyle resolve(const TerminalOptions& options) {
  if (options.progress != ProgressStyle::automatic) {
    return options.progress;
  }
  return options.quiet || isatty(STDERR_FILENO) == 0 ? ProgressStyle::none : ProgressStyle::bar;
}

std::string barLine(const ProgressEvent& event) {
  const int filled = static_cast<int>(event.fraction * kBarWidth + 0.5);
  return fmt::format("[{}{}] {:3.0f} %  {:<10} {}",
                     std::string(static_cast<std::size_t>(filled), '#'),
                     std::string(static_cast<std::size_t>(kBarWidth - filled), ' '),
                     100 * event.fraction, event.stage, event.text);
}

}  // namespace

class Terminal::Impl {
 public:
  explicit Impl(const TerminalOptions& options)
      : style_(resolve(options)),
        log_("neurovasc", std::make_shared<spdlog::sinks::stderr_color_sink_mt>()) {
    log_.set_pattern("%^%l%$: %v");
    log_.set_level(options.quiet     ? spdlog::level::err
                   : options.verbose ? spdlog::level::debug
                                     : spdlog::level::info);
  }

  ~Impl() { clearBar(); }

  void event(const ProgressEvent& e) {
    const std::lock_guard<std::mutex> lock(mutex_);
    const bool new_stage = stage_ != e.stage;
    if (new_stage) {
      stage_ = e.stage;
      log_.debug("stage {}", stage_);
    }
    if (!new_stage && e.fraction < 1 && Clock::now() - drawn_ < kRedrawInterval) {
      return;
    }
    drawn_ = Clock::now();
    draw(e);
  }

  void warning(std::string_view text) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (style_ == ProgressStyle::json) {
      jsonLine({{"event", "warning"}, {"text", text}});
      return;
    }
    clearBar();
    log_.warn("{}", text);
  }

  void note(std::string_view text) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (style_ == ProgressStyle::json) {
      jsonLine({{"event", "note"}, {"text", text}});
      return;
    }
    clearBar();
    log_.info("{}", text);
  }

  void error(const Error& e) {
    const std::lock_guard<std::mutex> lock(mutex_);
    const ErrorCodeInfo& info = describe(e.code());
    if (style_ == ProgressStyle::json) {
      jsonLine({{"event", "error"},
                {"code", info.name},
                {"exit_code", info.exit_code},
                {"message", e.message()},
                {"hint", e.hint()}});
      return;
    }
    clearBar();
    log_.error("{}", e.message());
    if (!e.hint().empty()) {
      fmt::print(stderr, "  {}\n", e.hint());
    }
  }

 private:
  void draw(const ProgressEvent& e) {
    if (style_ == ProgressStyle::json) {
      jsonLine({{"event", "progress"},
                {"stage", e.stage},
                {"fraction", static_cast<int>(e.fraction * 1000 + 0.5) / 1000.0},
                {"text", e.text}});
    } else if (style_ == ProgressStyle::bar) {
      fmt::print(stderr, "\r\x1b[K{}", barLine(e));
      std::fflush(stderr);
      bar_shown_ = true;
    }
  }

  void clearBar() {
    if (bar_shown_) {
      fmt::print(stderr, "\r\x1b[K");
      std::fflush(stderr);
      bar_shown_ = false;
    }
  }

  static void jsonLine(const nlohmann::ordered_json& line) {
    const auto text =
        line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
    std::fwrite(text.data(), 1, text.size(), stderr);
    std::fflush(stderr);
  }

  ProgressStyle style_;
  spdlog::logger log_;
  std::mutex mutex_;
  std::string stage_;
  Clock::time_point drawn_{};
  bool bar_shown_ = false;
};

Terminal::Terminal(const TerminalOptions& options) : impl_(std::make_unique<Impl>(options)) {}
Terminal::~Terminal() = default;

void Terminal::result(std::string_view text) const {
  std::fwrite(text.data(), 1, text.size(), stdout);
  if (text.empty() || text.back() != '\n') {
    std::fputc('\n', stdout);
  }
  std::fflush(stdout);
}

void Terminal::note(std::string_view text) const { impl_->note(text); }
void Terminal::error(const Error& error) const { impl_->error(error); }

Progress Terminal::progress(const StopToken& stop) const {
  Impl* impl = impl_.get();
  return {[impl](const ProgressEvent& e) { impl->event(e); },
          [impl](std::string_view text) { impl->warning(text); }, stop};
}

}  // namespace neurovasc::app
