#include "export_documents.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>

#include "neurovasc/interop/document_object.h"
#include "neurovasc/interop/picture_object.h"
#include "neurovasc/result/result_folder.h"
#include "neurovasc/scene/picture.h"

namespace neurovasc::pipeline {

namespace fs = std::filesystem;

/// The files of @p directory of the result with this ending, by name.
std::vector<fs::path> filesIn(const fs::path& directory, const std::string& ending) {
  std::vector<fs::path> files;
  std::error_code absent;
  for (const auto& entry : fs::directory_iterator(directory, absent)) {
    const std::string name = entry.path().filename().string();
    if (name.size() > ending.size() &&
        name.compare(name.size() - ending.size(), ending.size(), ending) == 0) {
      files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

/// Pictures of one size stand in one object; the sizes in the order of the pictures.
void writeCaptures(const fs::path& from, const interop::ExportContext& context,
                   const ExportFolder& folder, const StopToken& stop) {
  struct Album {
    std::vector<scene::Picture> pictures;
    std::vector<std::string> titles;
  };
  std::vector<Album> albums;
  for (const auto& file : filesIn(from / std::string(result::kPicturesFolder), ".png")) {
    stop.throwIfStopped();
    scene::Picture picture = scene::readPng(file.string());
    auto album = std::find_if(albums.begin(), albums.end(), [&](const Album& a) {
      return a.pictures[0].width == picture.width && a.pictures[0].height == picture.height;
    });
    if (album == albums.end()) {
      album = albums.insert(album, Album{});
    }
    album->pictures.push_back(std::move(picture));
    album->titles.push_back(file.stem().string());
  }
  int number = 0;
  for (const auto& album : albums) {
    ++number;
    interop::writeSecondaryCapture(album.pictures, album.titles, number, context,
                                   folder.path(fmt::format("sc-{}.dcm", number)));
  }
}

void writePdfObject(const fs::path& from, const std::string& title,
                    const interop::ExportContext& context, const ExportFolder& folder) {
  const fs::path pdf = from / std::string(result::kPdfFile);
  if (fs::exists(pdf)) {
    interop::writeEncapsulatedPdf(pdf, title, context, folder.path("pdf.dcm"));
  }
}

}  // namespace neurovasc::pipeline
