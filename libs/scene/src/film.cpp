// Films: Ogg Theora by VTK, or a folder of PNG files.

#include <fmt/format.h>
#include <vtkImageData.h>
#include <vtkNew.h>
#include <vtkOggTheoraWriter.h>

#include <filesystem>
#include <system_error>

#include "neurovasc/core/error.h"
#include "neurovasc/scene/animation.h"
#include "vtk_wrap.h"

namespace neurovasc::scene {
namespace {

namespace fs = std::filesystem;

constexpr int kBestQuality = 2;

[[noreturn]] void refuseOutput(const std::string& path) {
  throw Error(ErrorCode::output_unwritable, "cannot write " + path,
              "Check that the folder exists, may be written to and has space left.");
}

/// Takes a film's frames; what it writes is put in place by the FilmWriter.
class Reel {
 public:
  virtual ~Reel() = default;
  virtual void add(const Picture& picture) = 0;
  virtual void finish() = 0;
};

class TheoraReel : public Reel {
 public:
  TheoraReel(std::string path, int frames_per_second) : path_(std::move(path)) {
    errors_->watch(*writer_);
    writer_->SetFileName(path_.c_str());
    writer_->SetRate(frames_per_second);
    writer_->SetQuality(kBestQuality);
    writer_->SubsamplingOff();  // thin lines and letters keep their colours
  }

  void add(const Picture& picture) override {
    const auto image = upsideDown(picture);
    writer_->SetInputData(image);
    if (!started_) {
      writer_->Start();
      started_ = true;
    }
    writer_->Write();
    check();
  }

  void finish() override {
    if (started_) {
      writer_->End();
    }
    check();
  }

 private:
  void check() {
    if (errors_->failed() || writer_->GetError() != 0) {
      refuseOutput(path_);
    }
  }

  std::string path_;
  bool started_ = false;
  vtkNew<ErrorCollector> errors_;
  vtkNew<vtkOggTheoraWriter> writer_;
};

class FolderReel : public Reel {
 public:
  explicit FolderReel(std::string path) : path_(std::move(path)) {
    std::error_code failed;
    fs::create_directories(path_, failed);
    if (failed) {
      refuseOutput(path_);
    }
  }

  void add(const Picture& picture) override {
    writePng(picture, (fs::path(path_) / fmt::format("frame_{:04}.png", ++count_)).string());
  }
  void finish() override {}

 private:
  std::string path_;
  int count_ = 0;
};

std::unique_ptr<Reel> reelFor(const std::string& aside, const std::string& path,
                              int frames_per_second) {
  const std::string ending = fs::path(path).extension().string();
  if (ending == ".ogv") {
    return std::make_unique<TheoraReel>(aside, frames_per_second);
  }
  if (ending.empty()) {
    return std::make_unique<FolderReel>(aside);
  }
  throw Error(ErrorCode::usage, path + ": unknown kind of film",
              "Use the ending .ogv, or none for a folder of PNG files.");
}

}  // namespace

struct FilmWriter::Impl {
  std::string path;
  std::string aside;
  std::unique_ptr<Reel> reel;
};

FilmWriter::FilmWriter(const std::string& path, int frames_per_second)
    : impl_(std::make_unique<Impl>()) {
  impl_->path = path;
  impl_->aside = path + ".part";
  impl_->reel = reelFor(impl_->aside, path, frames_per_second);
}

FilmWriter::~FilmWriter() {
  impl_->reel.reset();
  std::error_code ignored;
  fs::remove_all(impl_->aside, ignored);
}

void FilmWriter::add(const Picture& picture) { impl_->reel->add(picture); }

void FilmWriter::finish() {
  impl_->reel->finish();
  impl_->reel.reset();
  std::error_code failed;
  if (fs::is_directory(impl_->path, failed) && fs::is_directory(impl_->aside)) {
    fs::remove_all(impl_->path, failed);  // its caller allowed to replace it
  }
  fs::rename(impl_->aside, impl_->path, failed);
  if (failed) {
    refuseOutput(impl_->path);
  }
}

}  // namespace neurovasc::scene
