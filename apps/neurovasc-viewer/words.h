#pragma once

#include <QString>
#include <string_view>

namespace neurovasc::viewer {

/// A name as it stands in JSON, for people: "not_assessable" is "not assessable".
inline QString toText(std::string_view name) {
  return QString::fromUtf8(name.data(), static_cast<int>(name.size())).replace('_', ' ');
}

}  // namespace neurovasc::viewer
