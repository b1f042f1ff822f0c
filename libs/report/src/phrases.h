#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace neurovasc::report {

/// templates/report.phrases as compiled in.
std::string_view phraseText();

/// The name of a placeholder and what stands in its place.
using Filling = std::pair<const char*, std::string>;

/// Whether there is a phrase of @p key.
bool hasPhrase(const std::string& key);

/// The phrase of @p key with its placeholders filled. Throws Error(internal) for an unknown key or
/// a placeholder without filling.
std::string say(const std::string& key, std::initializer_list<Filling> fillings = {});

}  // namespace neurovasc::report
