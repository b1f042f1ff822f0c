#include "neurovasc/scene/pictures.h"

#include <algorithm>
#include <filesystem>
#include <functional>

#include "frames.h"
#include "render.h"

namespace neurovasc::scene {
namespace {

/// A picture and how it is made.
struct Job {
  PictureFile file;
  std::function<Picture(Stage&)> draw;
};

std::vector<Job> viewJobs(const SceneContent& content, const PictureOptions& options) {
  std::vector<Job> jobs;
  for (const View view : allViews()) {
    const std::optional<Side> side = sideOf(view);
    if (!side || facialNerveOf(content, *side) != nullptr) {
      jobs.push_back({{std::string(name(view)) + ".png", title(view)},
                      [&content, &options, view](Stage& stage) {
                        return drawView(stage, content, view, options);
                      }});
    }
  }
  return jobs;
}

void addContactJobs(std::vector<Job>& jobs, const SceneContent& content, const std::string& id,
                    const PictureOptions& options) {
  jobs.push_back(
      {{"contact_" + id + ".png", "Contact " + id}, [&content, &options, id](Stage& stage) {
         return drawContact(stage, content, id, options);
       }});
  jobs.push_back(
      {{"contact_" + id + "_slices.png", "Slices through contact " + id},
       [&content, &options, id](Stage&) { return renderContactSlices(content, id, options); }});
}

std::vector<Job> jobsOf(const SceneContent& content, const PictureOptions& options) {
  std::vector<Job> jobs = viewJobs(content, options);
  for (const SceneSide& side : content.sides) {
    for (const Contact& contact : side.contacts) {
      if (contact.nerve_point_mm && facialNerveOf(content, side.side) != nullptr) {
        addContactJobs(jobs, content, contact.id, options);
      }
    }
  }
  return jobs;
}

}  // namespace

std::vector<PictureFile> pictureFiles(const SceneContent& content) {
  std::vector<PictureFile> files;
  for (const Job& job : jobsOf(content, {})) {
    files.push_back(job.file);
  }
  return files;
}

std::vector<std::string> writePictures(const SceneContent& content, const std::string& directory,
                                       const PictureOptions& options, const Progress& progress) {
  validate(options);
  const std::vector<Job> jobs = jobsOf(content, options);
  progress.report("pictures", 0);
  Stage stage(content, options);
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
