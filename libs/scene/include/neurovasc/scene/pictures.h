#pragma once

#include <string>
#include <vector>

#include "neurovasc/scene/views.h"

namespace neurovasc::scene {

/// One picture of a study and the file it is written to.
struct PictureFile {
  std::string name;   ///< "overview.png", "retrosigmoid_left.png", "contact_L1_slices.png"
  std::string title;  ///< for a page: "Retrosigmoid view, left"
};

/// The pictures that writePictures makes of @p content, in order: every view whose side has a
/// nerve, curved slices along each nerve and TOF over T2, then a close-up, slices and cuts across
/// the nerve of every contact that has a place.
std::vector<PictureFile> pictureFiles(const SceneContent& content);

/// Draws the picture called @p picture: a file name of pictureFiles(content) without ".png", or any
/// view's name. Throws Error(usage) if there is no such picture.
Picture renderPicture(const SceneContent& content, const std::string& picture,
                      const PictureOptions& options = {}, const Progress& progress = {});

/// Writes all of pictureFiles(content) into @p directory, which must exist, and returns their
/// names. Reports "pictures" as it goes and stops between pictures. Throws what the renderers throw
/// and Error(output_unwritable).
std::vector<std::string> writePictures(const SceneContent& content, const std::string& directory,
                                       const PictureOptions& options = {},
                                       const Progress& progress = {});

}  // namespace neurovasc::scene
