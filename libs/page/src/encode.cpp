#include "encode.h"

#include <algorithm>
#include <cmath>

namespace neurovasc::page {
namespace {

constexpr double kSteps = 65535;
constexpr double kRounding = 1e4;

/// The lowest @p bytes of @p value, lowest first.
void append(std::string& to, std::uint32_t value, int bytes) {
  for (int n = 0; n < bytes; ++n) {
    to += static_cast<char>(value >> (8 * n) & 0xFFU);
  }
}

/// mm for each of 65535 steps across @p extent_mm; never 0, so that a flat mesh can be decoded.
double stepOf(double extent_mm) { return std::max(extent_mm, 1e-3) / kSteps; }

std::string pointBytes(const TriangleMesh& mesh, const Point3& origin, const Vec3& step) {
  std::string bytes;
  bytes.reserve(6 * mesh.vertices_mm.size());
  for (const Point3& p : mesh.vertices_mm) {
    for (int axis = 0; axis < 3; ++axis) {
      const double steps = std::round((p[axis] - origin[axis]) / step[axis]);
      append(bytes, static_cast<std::uint32_t>(std::clamp(steps, 0.0, kSteps)), 2);
    }
  }
  return bytes;
}

std::string triangleBytes(const TriangleMesh& mesh) {
  std::string bytes;
  bytes.reserve(12 * mesh.triangles.size());
  for (const auto& triangle : mesh.triangles) {
    for (const std::uint32_t corner : triangle) {
      append(bytes, corner, 4);
    }
  }
  return bytes;
}

}  // namespace

std::string base64(std::string_view bytes) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  text.reserve(4 * ((bytes.size() + 2) / 3));
  const auto byte = [&bytes](std::size_t at) {
    return at < bytes.size() ? static_cast<std::uint32_t>(static_cast<std::uint8_t>(bytes[at])) : 0;
  };
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    const std::uint32_t three = byte(at) << 16U | byte(at + 1) << 8U | byte(at + 2);
    for (const unsigned shift : {18U, 12U, 6U, 0U}) {
      text += kDigits[three >> shift & 63U];
    }
  }
  const std::size_t missing = (3 - bytes.size() % 3) % 3;
  return text.replace(text.size() - missing, missing, missing, '=');
}

std::string base64(const std::vector<std::uint8_t>& bytes) {
  return base64(std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
}

Json point(const Vec3& p) {
  Json list = Json::array();
  for (int axis = 0; axis < 3; ++axis) {
    list.push_back(std::round(kRounding * p[axis]) / kRounding);
  }
  return list;
}

Json encoded(const TriangleMesh& mesh) {
  const Box box = boundingBox(mesh.vertices_mm, 0);
  const Vec3 extent = box.upper - box.lower;
  const Vec3 step = {stepOf(extent.x), stepOf(extent.y), stepOf(extent.z)};
  Json json;
  json["origin"] = {box.lower.x, box.lower.y, box.lower.z};
  json["step"] = {step.x, step.y, step.z};
  json["points"] = base64(pointBytes(mesh, box.lower, step));
  json["triangles"] = base64(triangleBytes(mesh));
  return json;
}

std::string scriptText(const Json& document) {
  const std::string text =
      document.dump(-1, ' ', false, nlohmann::detail::error_handler_t::replace);
  std::string escaped;
  escaped.reserve(text.size());
  for (const char c : text) {
    // "</script" and "<!--" would end the element; as an escape JSON reads the same.
    if (c == '<') {
      escaped += "\\u003c";
    } else {
      escaped += c;
    }
  }
  return escaped;
}

std::string htmlText(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

}  // namespace neurovasc::page
