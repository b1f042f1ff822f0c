#include "child.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <fstream>

#include "neurovasc/core/error.h"

namespace neurovasc::archive {
namespace {

using Clock = std::chrono::steady_clock;

/// How often limits are looked at: a process gets some 100 MiB in this time.
constexpr int kTickMs = 50;
/// A worker stops within two seconds; then it is killed.
constexpr auto kGrace = std::chrono::seconds(5);
/// Exit status of a child that could not become the program, as shells have it.
constexpr int kNoProgram = 127;
constexpr double kKibPerMib = 1024;

class Pipe {
 public:
  Pipe() {
    if (::pipe2(ends_.data(), O_CLOEXEC) != 0) {
      throw Error(ErrorCode::internal, std::string("no pipe to a worker: ") + std::strerror(errno));
    }
  }
  ~Pipe() {
    ::close(ends_[0]);
    closeWriting();
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  int reading() const { return ends_[0]; }
  int writing() const { return ends_[1]; }
  void closeWriting() {
    if (ends_[1] >= 0) {
      ::close(ends_[1]);
      ends_[1] = -1;
    }
  }

 private:
  std::array<int, 2> ends_{};
};

/// In the new process, where after fork() only what is safe in signal handlers may be called.
[[noreturn]] void becomeProgram(char* const* words, const char* folder, int errors, pid_t parent) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  const int nothing = ::open("/dev/null", O_RDWR);
  if (::getppid() == parent && nothing >= 0 && ::chdir(folder) == 0 &&
      ::dup2(nothing, STDIN_FILENO) >= 0 && ::dup2(nothing, STDOUT_FILENO) >= 0 &&
      ::dup2(errors, STDERR_FILENO) >= 0) {
    ::execv(words[0], words);
  }
  ::_exit(kNoProgram);
}

pid_t start(const std::vector<std::string>& words, const std::string& folder, int errors) {
  std::vector<std::string> copies = words;
  std::vector<char*> pointers;
  for (std::string& word : copies) {
    pointers.push_back(word.data());
  }
  pointers.push_back(nullptr);
  const pid_t parent = ::getpid();
  const pid_t child = ::fork();
  if (child == 0) {
    becomeProgram(pointers.data(), folder.c_str(), errors, parent);
  }
  if (child < 0) {
    throw Error(ErrorCode::internal, std::string("no worker process: ") + std::strerror(errno),
                "Run fewer workers at a time.");
  }
  return child;
}

double residentMib(pid_t process) {
  std::ifstream file("/proc/" + std::to_string(process) + "/statm");
  double total_pages = 0;
  double resident_pages = 0;
  file >> total_pages >> resident_pages;
  return resident_pages * static_cast<double>(::sysconf(_SC_PAGESIZE)) / (kKibPerMib * kKibPerMib);
}

/// What arrives in pieces, handed on line by line.
class LineReader {
 public:
  LineReader(int descriptor, const std::function<void(const std::string&)>& line)
      : descriptor_(descriptor), line_(line) {}

  /// Waits up to @p timeout_ms; false once the writer has closed.
  bool read(int timeout_ms) {
    pollfd poll{descriptor_, POLLIN, 0};
    if (::poll(&poll, 1, timeout_ms) <= 0) {
      return true;
    }
    std::array<char, 4096> bytes;
    const ssize_t got = ::read(descriptor_, bytes.data(), bytes.size());
    if (got <= 0) {
      return got < 0 && errno == EINTR;
    }
    pending_.append(bytes.data(), static_cast<std::size_t>(got));
    handOn();
    return true;
  }

 private:
  void handOn() {
    std::size_t begin = 0;
    for (std::size_t end = pending_.find('\n'); end != std::string::npos;
         end = pending_.find('\n', begin)) {
      line_(pending_.substr(begin, end - begin));
      begin = end + 1;
    }
    pending_.erase(0, begin);
  }

  int descriptor_;
  const std::function<void(const std::string&)>& line_;
  std::string pending_;
};

/// A started process, watched until it has ended. It is never left behind.
class Watched {
 public:
  Watched(pid_t process, const ChildLimits& limits) : process_(process), limits_(limits) {}
  ~Watched() {
    if (!ended_) {
      ::kill(process_, SIGKILL);
      ::waitpid(process_, nullptr, 0);
    }
  }
  Watched(const Watched&) = delete;
  Watched& operator=(const Watched&) = delete;

  /// Whether it has ended; result() then says how.
  bool hasEnded() {
    int status = 0;
    rusage usage{};
    if (!ended_ && ::wait4(process_, &status, WNOHANG, &usage) == process_) {
      ended_ = true;
      note(status);
      result_.peak_mib = static_cast<double>(usage.ru_maxrss) / kKibPerMib;
      result_.seconds = std::chrono::duration<double>(Clock::now() - started_).count();
    }
    return ended_;
  }

  void enforce(const StopToken& stop) {
    const auto now = Clock::now();
    if (!ending_ && std::chrono::duration<double>(now - started_).count() > limits_.time_s) {
      endWith(ChildEnd::timed_out, SIGKILL);
    } else if (!ending_ && limits_.memory_mib > 0 && residentMib(process_) > limits_.memory_mib) {
      endWith(ChildEnd::out_of_memory, SIGKILL);
    } else if (!ending_ && stop.stopRequested()) {
      endWith(ChildEnd::stopped, SIGTERM);
    } else if (ending_ && now - ending_since_ > kGrace) {
      ::kill(process_, SIGKILL);
    }
  }

  const ChildResult& result() const { return result_; }

 private:
  void endWith(ChildEnd end, int signal) {
    result_.end = end;
    ending_ = true;
    ending_since_ = Clock::now();
    ::kill(process_, signal);
  }

  void note(int status) {
    result_.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    if (!ending_ && WIFSIGNALED(status)) {
      result_.end = ChildEnd::killed;
      result_.signal = WTERMSIG(status);
    }
  }

  pid_t process_;
  ChildLimits limits_;
  Clock::time_point started_ = Clock::now();
  bool ending_ = false;  ///< by this program
  Clock::time_point ending_since_{};
  bool ended_ = false;
  ChildResult result_;
};

}  // namespace

ChildResult runChild(const std::vector<std::string>& words, const std::filesystem::path& folder,
                     const ChildLimits& limits, const std::function<void(const std::string&)>& line,
                     const StopToken& stop) {
  Pipe errors;
  Watched child(start(words, folder.string(), errors.writing()), limits);
  errors.closeWriting();
  LineReader lines(errors.reading(), line);
  bool open = true;
  while (!child.hasEnded()) {
    if (open) {
      open = lines.read(kTickMs);
    } else {
      ::poll(nullptr, 0, kTickMs);
    }
    child.enforce(stop);
  }
  while (open && lines.read(0)) {
    // What it wrote last; another process that inherited the pipe does not hold this one up.
    pollfd rest{errors.reading(), POLLIN, 0};
    open = ::poll(&rest, 1, 0) > 0;
  }
  return child.result();
}

}  // namespace neurovasc::archive
