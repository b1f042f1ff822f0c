#include "neurovasc/dicom/series_reader.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "frame_decoder.h"
#include "neurovasc/core/error.h"
#include "neurovasc/core/parallel.h"

namespace neurovasc::dicom {
namespace {

// Parsing an enhanced header again costs as much as decoding some tens of its frames.
constexpr std::size_t kFramesPerJob = 64;

/// Some slices of one file, decoded by one thread. Where a job begins does not depend on the number
/// of threads, for in a damaged file it may decide what can be read.
struct Job {
  std::string path;
  std::vector<std::size_t> slices;
};

std::vector<Job> jobsOf(const Series& series) {
  std::map<std::string, std::vector<std::size_t>> by_file;
  for (std::size_t k = 0; k < series.frames.size(); ++k) {
    if (!series.frames[k].path.empty()) {
      by_file[series.frames[k].path].push_back(k);
    }
  }
  std::vector<Job> jobs;
  for (const auto& [path, slices] : by_file) {
    const std::size_t parts = std::max<std::size_t>(1, slices.size() / kFramesPerJob);
    for (std::size_t p = 0; p < parts; ++p) {
      jobs.push_back(
          {path,
           {slices.begin() + static_cast<std::ptrdiff_t>(slices.size() * p / parts),
            slices.begin() + static_cast<std::ptrdiff_t>(slices.size() * (p + 1) / parts)}});
    }
  }
  return jobs;
}

void checkGeometry(const Series& series) {
  for (const SeriesProblem& problem : series.problems) {
    if (problem.kind == SeriesProblemKind::irregular_spacing ||
        problem.kind == SeriesProblemKind::shear) {
      throw Error(ErrorCode::inconsistent_geometry,
                  "series " + series.id + " cannot be made a volume: " + problem.text,
                  "Resample it to a regular grid first, or choose another series.");
    }
  }
  validate(series.geometry, ("series " + series.id).c_str());
  if (series.frames.size() != static_cast<std::size_t>(series.geometry.size[2])) {
    throw Error(ErrorCode::internal, "series " + series.id + " has no frame list of its size");
  }
}

/// Decodes the slices of a series into one volume.
class SeriesLoader {
 public:
  SeriesLoader(const Series& series, int threads, const Progress& progress)
      : out_{series, ImageF(series.geometry)}, threads_(threads), progress_(progress) {}

  SeriesImage load() {
    const std::vector<Job> jobs = jobsOf(out_.series);
    parallelFor(jobs.size(), threads_, [&](std::size_t begin, std::size_t end) {
      for (std::size_t j = begin; j < end; ++j) {
        run(jobs[j]);
      }
    });
    noteDamage();
    fillMissing();
    return std::move(out_);
  }

 private:
  std::size_t sliceSize() const {
    return out_.image.voxelCount() / static_cast<std::size_t>(out_.series.geometry.size[2]);
  }
  float* slice(std::size_t k) { return out_.image.data() + k * sliceSize(); }

  void run(const Job& job) {
    noteFailures(job.slices, [&] {
      FrameDecoder decoder(job.path);
      if (decoder.columns() != out_.series.geometry.size[0] ||
          decoder.rows() != out_.series.geometry.size[1]) {
        throw Error(ErrorCode::input_unreadable, job.path + ": changed since it was scanned");
      }
      for (const std::size_t k : job.slices) {
        progress_.stop().throwIfStopped();
        noteFailures({k}, [&] { decoder.decode(out_.series.frames[k].frame, slice(k)); });
      }
    });
    report(job.slices.size());
  }

  /// Runs @p read; @p slices are damaged when it finds something unreadable.
  template <typename Read>
  void noteFailures(const std::vector<std::size_t>& slices, const Read& read) {
    try {
      read();
    } catch (const Error& error) {
      if (error.code() != ErrorCode::input_unreadable) {
        throw;
      }
      const std::lock_guard<std::mutex> lock(mutex_);
      for (const std::size_t k : slices) {
        damaged_[k] = error.message();
      }
    }
  }

  void report(std::size_t slices) {
    const std::lock_guard<std::mutex> lock(mutex_);
    done_ += slices;
    progress_.report("load",
                     static_cast<double>(done_) / static_cast<double>(out_.series.frames.size()),
                     "reading slices");
  }

  void noteDamage() {
    if (damaged_.empty()) {
      return;
    }
    Series& series = out_.series;
    std::set<std::string> messages;
    for (const auto& [k, message] : damaged_) {
      series.frames[k].path.clear();
      series.missing_slices.push_back(static_cast<int>(k));
      if (messages.insert(message).second) {
        progress_.warn(message);
      }
    }
    std::sort(series.missing_slices.begin(), series.missing_slices.end());
    series.problems.push_back(
        {SeriesProblemKind::unreadable_files, std::to_string(damaged_.size()) + " of " +
                                                  std::to_string(series.frames.size()) +
                                                  " slices could not be decoded"});
    if (series.missing_slices.size() == series.frames.size()) {
      throw Error(ErrorCode::input_unreadable,
                  "series " + series.id + ": " + damaged_.begin()->second,
                  "Copy the study again from its source.");
    }
  }

  bool isPresent(std::size_t k) const { return !out_.series.frames[k].path.empty(); }

  void fillMissing() {
    const std::size_t slices = out_.series.frames.size();
    for (std::size_t k = 0; k < slices; ++k) {
      if (isPresent(k)) {
        continue;
      }
      std::optional<std::size_t> below;
      std::optional<std::size_t> above;
      for (std::size_t i = k; i-- > 0 && !below;) {
        below = isPresent(i) ? std::optional(i) : std::nullopt;
      }
      for (std::size_t i = k + 1; i < slices && !above; ++i) {
        above = isPresent(i) ? std::optional(i) : std::nullopt;
      }
      fill(k, below ? *below : *above, above ? *above : *below);
    }
  }

  void fill(std::size_t k, std::size_t below, std::size_t above) {
    const float weight =
        above == below ? 0.0F : static_cast<float>(k - below) / static_cast<float>(above - below);
    for (std::size_t v = 0; v < sliceSize(); ++v) {
      slice(k)[v] = slice(below)[v] * (1 - weight) + slice(above)[v] * weight;
    }
  }

  SeriesImage out_;
  int threads_;
  const Progress& progress_;
  std::mutex mutex_;
  std::map<std::size_t, std::string> damaged_;
  std::size_t done_ = 0;
};

/// A series the study can do without: left out with a warning when it cannot be read.
std::optional<SeriesImage> loadOptional(const Study& study, const std::optional<std::size_t>& index,
                                        int threads, const Progress& progress) {
  if (!index) {
    return std::nullopt;
  }
  try {
    return loadSeries(study.series[*index], threads, progress);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::input_unreadable &&
        error.code() != ErrorCode::inconsistent_geometry) {
      throw;
    }
    progress.warn("left out: " + error.message());
    return std::nullopt;
  }
}

}  // namespace

SeriesImage loadSeries(const Series& series, int threads, const Progress& progress) {
  checkGeometry(series);
  return SeriesLoader(series, threads, progress).load();
}

StudyImages loadStudy(const Study& study, int threads, const Progress& progress) {
  if (!study.cisternography) {
    throw Error(ErrorCode::no_usable_series, "the study holds no heavily T2-weighted series",
                "CISS, FIESTA-C, DRIVE, bFFE or SPACE is needed; if one is there under another "
                "name, give its role by hand.");
  }
  StudyImages images;
  images.t2 = loadSeries(study.series[*study.cisternography], threads, progress);
  images.tof = loadOptional(study, study.tof, threads, progress);
  images.ce_t1 = loadOptional(study, study.ce_t1, threads, progress);
  return images;
}

}  // namespace neurovasc::dicom
