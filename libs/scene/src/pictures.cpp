#include "neurovasc/scene/pictures.h"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <memory>

#include "frames.h"
#include "neurovasc/core/error.h"
#include "render.h"

namespace neurovasc::scene {
namespace {

/// Makes the stage when the first picture needs it: slices do not.
class StageOnDemand {
 public:
  StageOnDemand(const SceneContent& content, const PictureOptions& options)
      : content_(content), options_(options) {}

  Stage& get() {
    if (!stage_) {
      stage_ = std::make_unique<Stage>(content_, options_);
    }
    return *stage_;
  }

 private:
  const SceneContent& content_;
  const PictureOptions& options_;
  std::unique_ptr<Stage> stage_;
};

/// A picture and how it is made.
struct Job {
  PictureFile file;
  std::function<Picture(StageOnDemand&)> draw;
};

/// The jobs of one content; they refer to content and options.
class JobList {
 public:
  JobList(const SceneContent& content, const PictureOptions& options)
      : content_(content), options_(options) {}

  void addViews() {
    for (const View view : allViews()) {
      const std::optional<Side> side = sideOf(view);
      if (!side || facialNerveOf(content_, *side) != nullptr) {
        add(std::string(name(view)), title(view), [this, view](StageOnDemand& stage) {
          return drawView(stage.get(), content_, view, options_);
        });
      }
    }
  }

  void addReformats(Side side) {
    const std::string word(name(side));
    if (facialNerveOf(content_, side) == nullptr || content_.t2.image.empty()) {
      return;
    }
    add("along_nerve_" + word, "Curved slices along the nerve, " + word,
        [this, side](StageOnDemand&) { return renderAlongNerve(content_, side, options_); });
    if (content_.tof) {
      add("fusion_" + word, "TOF over T2, " + word,
          [this, side](StageOnDemand&) { return renderFusion(content_, side, options_); });
    }
  }

  void addContact(const std::string& id) {
    add("contact_" + id, "Contact " + id, [this, id](StageOnDemand& stage) {
      return drawContact(stage.get(), content_, id, options_);
    });
    add("contact_" + id + "_slices", "Slices through contact " + id,
        [this, id](StageOnDemand&) { return renderContactSlices(content_, id, options_); });
    add("contact_" + id + "_across", "Across the nerve at contact " + id,
        [this, id](StageOnDemand&) { return renderContactAcross(content_, id, options_); });
  }

  const std::vector<Job>& jobs() const { return jobs_; }

 private:
  template <typename Draw>
  void add(const std::string& stem, const std::string& title, const Draw& draw) {
    jobs_.push_back({{stem + ".png", title}, draw});
  }

  const SceneContent& content_;
  const PictureOptions& options_;
  std::vector<Job> jobs_;
};

void fill(JobList& list, const SceneContent& content) {
  list.addViews();
  for (const Side side : kSides) {
    list.addReformats(side);
  }
  for (const SceneSide& side : content.sides) {
    for (const Contact& contact : side.contacts) {
      if (contact.nerve_point_mm && facialNerveOf(content, side.side) != nullptr) {
        list.addContact(contact.id);
      }
    }
  }
}

}  // namespace

std::vector<PictureFile> pictureFiles(const SceneContent& content) {
  std::vector<PictureFile> files;
  const PictureOptions options;
  JobList list(content, options);
  fill(list, content);
  for (const Job& job : list.jobs()) {
    files.push_back(job.file);
  }
  return files;
}

Picture renderPicture(const SceneContent& content, const std::string& picture,
                      const PictureOptions& options, const Progress& progress) {
  validate(options);
  if (const auto view = parseView(picture)) {
    return renderView(content, *view, options, progress);
  }
  JobList list(content, options);
  fill(list, content);
  const auto job =
      std::find_if(list.jobs().begin(), list.jobs().end(),
                   [&picture](const Job& each) { return each.file.name == picture + ".png"; });
  if (job == list.jobs().end()) {
    throw Error(ErrorCode::usage, "there is no picture '" + picture + "' of this result",
                "'neurovasc render RESULT --list' names all.");
  }
  progress.report("pictures", 0, job->file.title);
  StageOnDemand stage(content, options);
  return job->draw(stage);
}

std::vector<std::string> writePictures(const SceneContent& content, const std::string& directory,
                                       const PictureOptions& options, const Progress& progress) {
  validate(options);
  JobList list(content, options);
  fill(list, content);
  const std::vector<Job>& jobs = list.jobs();
  progress.report("pictures", 0);
  StageOnDemand stage(content, options);
  std::vector<std::string> written;
  for (const Job& job : jobs) {
    progress.report("pictures",
                    static_cast<double>(written.size()) / static_cast<double>(jobs.size()),
                    job.file.title);
    writePng(job.draw(stage), (std::filesystem::path(directory) / job.file.name).string());
    written.push_back(job.file.name);
  }
  progress.report("pictures", 1);
  return written;
}

}  // namespace neurovasc::scene
