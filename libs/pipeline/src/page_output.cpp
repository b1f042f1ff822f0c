#include "page_output.h"

#include <fmt/format.h>

#include <functional>
#include <string>

namespace neurovasc::pipeline {
namespace {

std::vector<result::ResultFile> writeOrWarn(const result::StagedFolder& folder,
                                            const Progress& screen,
                                            const std::function<std::string()>& make) {
  if (!page::isPageBuilt()) {
    screen.warn("no report.html: this build was made without the page (it needs Node.js and npm)");
    return {};
  }
  folder.write(result::kPageFile, make());
  return {
      {std::string(result::kPageFile), "page for a browser: findings, scene, slices, pictures"}};
}

}  // namespace

std::vector<page::PagePicture> pagePictures(const result::StagedFolder& folder,
                                            const std::vector<scene::PictureFile>& pictures) {
  std::vector<page::PagePicture> list;
  for (const scene::PictureFile& picture : pictures) {
    const auto file = folder.path(fmt::format("{}/{}", result::kPicturesFolder, picture.name));
    list.push_back({picture.name, picture.title, file.string()});
  }
  return list;
}

std::vector<result::ResultFile> writePage(const result::StagedFolder& folder,
                                          const page::PageContent& content,
                                          const Progress& progress, const Progress& screen) {
  return writeOrWarn(folder, screen, [&] { return page::reportPage(content, {}, progress); });
}

std::vector<result::ResultFile> writePage(const result::StagedFolder& folder,
                                          const page::ComparisonContent& content,
                                          const Progress& progress, const Progress& screen) {
  return writeOrWarn(folder, screen, [&] { return page::comparisonPage(content, {}, progress); });
}

}  // namespace neurovasc::pipeline
