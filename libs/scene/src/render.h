#pragma once

#include "neurovasc/scene/views.h"
#include "stage.h"

namespace neurovasc::scene {

/// What a contact's close-up leaves out.
Staging stagingOfContact();

/// renderView and renderContact with a stage made before, for several pictures of one content.
Picture drawView(Stage& stage, const SceneContent& content, View view,
                 const PictureOptions& options);
Picture drawContact(Stage& stage, const SceneContent& content, const std::string& contact_id,
                    const PictureOptions& options);

}  // namespace neurovasc::scene
