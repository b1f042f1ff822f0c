#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "neurovasc/core/geometry.h"
#include "neurovasc/core/mesh.h"

namespace neurovasc::page {

/// Keys stay in the order in which they were put.
using Json = nlohmann::ordered_json;

/// Base64 with padding (RFC 4648).
std::string base64(std::string_view bytes);
std::string base64(const std::vector<std::uint8_t>& bytes);

/// Rounded to 1e-4 mm, as in assessment.json.
Json point(const Vec3& p);

/// {origin, step, points, triangles}: points are x, y, z as 16-bit steps from origin (mm), which
/// for a head are finer than 5 micrometres; triangles are 32-bit indices. Both little-endian,
/// Base64.
Json encoded(const TriangleMesh& mesh);

/// @p document as text that may stand inside an HTML script element. Bytes that are no UTF-8 are
/// replaced.
std::string scriptText(const Json& document);

/// @p text with the characters replaced that mean something in HTML.
std::string htmlText(std::string_view text);

}  // namespace neurovasc::page
