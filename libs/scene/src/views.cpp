#include "neurovasc/scene/views.h"

#include <algorithm>

#include "neurovasc/core/error.h"

namespace neurovasc::scene {
namespace {

struct ViewInfo {
  View view;
  std::string_view name;
  std::string_view title;
  std::optional<Side> side;
};

constexpr std::array<ViewInfo, 7> kViews = {{
    {View::overview, "overview", "Overview", std::nullopt},
    {View::retrosigmoid_left, "retrosigmoid_left", "Retrosigmoid view, left", Side::left},
    {View::retrosigmoid_right, "retrosigmoid_right", "Retrosigmoid view, right", Side::right},
    {View::end_on_left, "end_on_left", "Along the nerve from the brainstem, left", Side::left},
    {View::end_on_right, "end_on_right", "Along the nerve from the brainstem, right", Side::right},
    {View::brainstem_left, "brainstem_left", "Root at the brainstem, left", Side::left},
    {View::brainstem_right, "brainstem_right", "Root at the brainstem, right", Side::right},
}};

const ViewInfo& infoOf(View view) { return kViews[static_cast<std::size_t>(view)]; }

void require(bool holds, const char* message, const char* hint) {
  if (!holds) {
    throw Error(ErrorCode::usage, message, hint);
  }
}

}  // namespace

const std::vector<View>& allViews() {
  static const std::vector<View> views = [] {
    std::vector<View> list;
    list.reserve(kViews.size());
    for (const ViewInfo& info : kViews) {
      list.push_back(info.view);
    }
    return list;
  }();
  return views;
}

std::string_view name(View view) { return infoOf(view).name; }

std::string title(View view) { return std::string(infoOf(view).title); }

std::optional<View> parseView(std::string_view text) {
  const auto found = std::find_if(kViews.begin(), kViews.end(),
                                  [text](const ViewInfo& info) { return info.name == text; });
  return found == kViews.end() ? std::nullopt : std::optional<View>(found->view);
}

std::optional<Side> sideOf(View view) { return infoOf(view).side; }

std::string_view name(PatientPosition position) {
  return position == PatientPosition::upright ? "upright" : "lateral";
}

std::optional<PatientPosition> parsePosition(std::string_view text) {
  for (const auto position : {PatientPosition::upright, PatientPosition::lateral}) {
    if (text == name(position)) {
      return position;
    }
  }
  return std::nullopt;
}

void validate(const PictureOptions& options) {
  require(options.width_px >= 480 && options.width_px <= 8192, "width_px is not within 480 to 8192",
          "1200 suits a page.");
  require(options.height_px >= 360 && options.height_px <= 8192,
          "height_px is not within 360 to 8192", "900 suits a page.");
  require(options.gap_range_mm > 0, "gap_range_mm is not positive", "3 mm covers what is listed.");
  require(options.contact_field_mm >= 2 && options.contact_field_mm <= 200,
          "contact_field_mm is not within 2 to 200", "13 mm shows a contact and its surroundings.");
  require(options.slice_field_mm >= 2 && options.slice_field_mm <= 200,
          "slice_field_mm is not within 2 to 200", "28 mm shows the cistern of one side.");
}

}  // namespace neurovasc::scene
