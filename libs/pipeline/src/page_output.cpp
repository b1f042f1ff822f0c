#include "page_output.h"

#include <fmt/format.h>

#include "neurovasc/scene/pictures.h"

namespace neurovasc::pipeline {

std::vector<page::PagePicture> pagePictures(const result::StagedFolder& folder,
                                            const scene::SceneContent& scene) {
  std::vector<page::PagePicture> pictures;
  for (const auto& picture : scene::pictureFiles(scene)) {
    const auto file = folder.path(fmt::format("{}/{}", result::kPicturesFolder, picture.name));
    pictures.push_back({picture.name, picture.title, file.string()});
  }
  return pictures;
}

std::vector<result::ResultFile> writePage(const result::StagedFolder& folder,
                                          const page::PageContent& content,
                                          const Progress& progress, const Progress& screen) {
  if (!page::isPageBuilt()) {
    screen.warn("no report.html: this build was made without the page (it needs Node.js and npm)");
    return {};
  }
  folder.write(result::kPageFile, page::reportPage(content, {}, progress));
  return {
      {std::string(result::kPageFile), "page for a browser: findings, scene, slices, pictures"}};
}

}  // namespace neurovasc::pipeline
