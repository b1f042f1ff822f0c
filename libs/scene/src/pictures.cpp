#include "neurovasc/scene/pictures.h"

#include <algorithm>

namespace neurovasc::scene {
namespace {

bool hasNerve(const SceneContent& content, Side side) {
  return std::any_of(content.nerves.begin(), content.nerves.end(), [side](const SceneNerve& n) {
    return n.name == NerveName::facial && n.side == side && n.tube.size() >= 2;
  });
}

std::string titleOf(View view) {
  const std::optional<Side> side = sideOf(view);
  const std::string suffix = side ? ", " + std::string(neurovasc::name(*side)) : "";
  switch (view) {
    case View::overview:
      return "Overview";
    case View::retrosigmoid_left:
    case View::retrosigmoid_right:
      return "Retrosigmoid view" + suffix;
    case View::end_on_left:
    case View::end_on_right:
      return "Along the nerve" + suffix;
    case View::brainstem_left:
    case View::brainstem_right:
      return "Root at the brainstem" + suffix;
  }
  return {};
}

}  // namespace

std::vector<PictureFile> pictureFiles(const SceneContent& content) {
  std::vector<PictureFile> files;
  for (const View view : allViews()) {
    const std::optional<Side> side = sideOf(view);
    if (!side || hasNerve(content, *side)) {
      files.push_back({std::string(name(view)) + ".png", titleOf(view)});
    }
  }
  for (const SceneSide& side : content.sides) {
    for (const Contact& contact : side.contacts) {
      if (contact.nerve_point_mm) {
        files.push_back({"contact_" + contact.id + ".png", "Contact " + contact.id});
        files.push_back(
            {"contact_" + contact.id + "_slices.png", "Slices through contact " + contact.id});
      }
    }
  }
  return files;
}

std::vector<std::string> writePictures(const SceneContent&, const std::string&,
                                       const PictureOptions& options, const Progress&) {
  validate(options);
  return {};
}

}  // namespace neurovasc::scene
