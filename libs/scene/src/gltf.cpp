// glTF 2.0 in one binary file (Khronos Group, "glTF 2.0 Specification", 2021).

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <nlohmann/json.hpp>
#include <utility>

#include "neurovasc/core/error.h"
#include "neurovasc/core/version.h"
#include "neurovasc/scene/parts.h"
#include "output_file.h"

namespace neurovasc::scene {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::uint32_t kMagic = 0x46546C67;  // "glTF"
constexpr std::uint32_t kJsonChunk = 0x4E4F534A;
constexpr std::uint32_t kBinaryChunk = 0x004E4942;
constexpr int kFloat = 5126;
constexpr int kUnsignedInt = 5125;
constexpr int kVertexBuffer = 34962;
constexpr int kIndexBuffer = 34963;

/// glTF is in metres with +y up and the front towards +z; x stays to the patient's left.
std::array<float, 3> inMetres(const Point3& lps_mm) {
  return {static_cast<float>(0.001 * lps_mm.x), static_cast<float>(0.001 * lps_mm.z),
          static_cast<float>(-0.001 * lps_mm.y)};
}

/// glTF's colours are linear, ours sRGB (IEC 61966-2-1).
float linear(std::uint8_t srgb) {
  const double v = srgb / 255.0;
  return static_cast<float>(v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4));
}

std::vector<Vec3> vertexNormals(const TriangleMesh& mesh) {
  std::vector<Vec3> normals(mesh.vertices_mm.size());
  for (const auto& t : mesh.triangles) {
    const Point3& a = mesh.vertices_mm[t[0]];
    const Vec3 twice_area = cross(mesh.vertices_mm[t[1]] - a, mesh.vertices_mm[t[2]] - a);
    for (const std::uint32_t corner : t) {
      normals[corner] += twice_area;
    }
  }
  return normals;
}

void padTo4(std::string& bytes, char filler) { bytes.append((4 - bytes.size() % 4) % 4, filler); }

template <typename T>
void append(std::string& bytes, const T& value) {
  const std::size_t at = bytes.size();
  bytes.resize(at + sizeof(T));
  std::memcpy(&bytes[at], &value, sizeof(T));  // little-endian, as glTF and all our machines are
}

/// Gathers meshes into the two chunks of a file.
class GltfFile {
 public:
  void add(const ScenePart& part) {
    Json attributes = {{"POSITION", positions(part.mesh)}, {"NORMAL", normals(part.mesh)}};
    const bool painted = part.vertex_colors.size() == part.mesh.vertices_mm.size();
    if (painted) {
      attributes["COLOR_0"] = colors(part.vertex_colors);
    }
    const Json primitive = {{"attributes", attributes},
                            {"indices", indices(part.mesh)},
                            {"material", added(materials_, materialOf(part, painted))}};
    const std::size_t mesh = added(meshes_, {{"primitives", Json::array({primitive})}});
    roots_.push_back(added(nodes_, {{"name", part.title}, {"mesh", mesh}}));
  }

  void write(const std::string& path) {
    std::string json = document().dump();
    padTo4(json, ' ');
    padTo4(binary_, '\0');
    std::string head;
    for (const std::size_t value :
         {std::size_t{kMagic}, std::size_t{2}, 28 + json.size() + binary_.size(), json.size(),
          std::size_t{kJsonChunk}}) {
      append(head, static_cast<std::uint32_t>(value));
    }
    std::string between;
    append(between, static_cast<std::uint32_t>(binary_.size()));
    append(between, kBinaryChunk);
    OutputFile file(path);
    file.stream() << head << json << between << binary_;
    file.finish();
  }

 private:
  /// Puts @p item into @p list and returns its index.
  static std::size_t added(Json& list, Json item) {
    list.push_back(std::move(item));
    return list.size() - 1;
  }

  static Json materialOf(const ScenePart& part, bool painted) {
    const auto channel = [&](std::size_t n) { return painted ? 1.0F : linear(part.color[n]); };
    Json material = {
        {"pbrMetallicRoughness",
         {{"baseColorFactor", Json::array({channel(0), channel(1), channel(2), part.opacity})},
          {"metallicFactor", 0},
          {"roughnessFactor", 0.6}}},
        {"doubleSided", true}};
    if (part.opacity < 1) {
      material["alphaMode"] = "BLEND";
    }
    return material;
  }

  /// What was appended since @p begin, as an accessor.
  Json accessor(std::size_t begin, int target, int component, std::size_t count, const char* type) {
    const std::size_t view = added(views_, {{"buffer", 0},
                                            {"byteOffset", begin},
                                            {"byteLength", binary_.size() - begin},
                                            {"target", target}});
    return {{"bufferView", view}, {"componentType", component}, {"count", count}, {"type", type}};
  }

  std::size_t positions(const TriangleMesh& mesh) {
    const std::size_t begin = binary_.size();
    std::array<float, 3> low;
    std::array<float, 3> high;
    low.fill(std::numeric_limits<float>::max());
    high.fill(std::numeric_limits<float>::lowest());
    for (const Point3& p : mesh.vertices_mm) {
      const std::array<float, 3> metres = inMetres(p);
      for (std::size_t a = 0; a < 3; ++a) {
        low[a] = std::min(low[a], metres[a]);
        high[a] = std::max(high[a], metres[a]);
      }
      append(binary_, metres);
    }
    Json described = accessor(begin, kVertexBuffer, kFloat, mesh.vertices_mm.size(), "VEC3");
    described["min"] = low;
    described["max"] = high;
    return added(accessors_, std::move(described));
  }

  std::size_t normals(const TriangleMesh& mesh) {
    const std::size_t begin = binary_.size();
    for (const Vec3& normal : vertexNormals(mesh)) {
      const Vec3 unit = norm(normal) > 0 ? normalized(normal) : Vec3{0, 0, 1};
      append(binary_, inMetres(1000 * unit));
    }
    return added(accessors_,
                 accessor(begin, kVertexBuffer, kFloat, mesh.vertices_mm.size(), "VEC3"));
  }

  std::size_t colors(const std::vector<Rgb>& vertex_colors) {
    const std::size_t begin = binary_.size();
    for (const Rgb& color : vertex_colors) {
      append(binary_, std::array<float, 3>{linear(color[0]), linear(color[1]), linear(color[2])});
    }
    return added(accessors_, accessor(begin, kVertexBuffer, kFloat, vertex_colors.size(), "VEC3"));
  }

  std::size_t indices(const TriangleMesh& mesh) {
    const std::size_t begin = binary_.size();
    for (const auto& triangle : mesh.triangles) {
      append(binary_, triangle);
    }
    return added(accessors_,
                 accessor(begin, kIndexBuffer, kUnsignedInt, 3 * mesh.triangles.size(), "SCALAR"));
  }

  Json document() const {
    const Json back_to_lps = {{1000, 0, 0}, {0, 0, -1000}, {0, 1000, 0}};
    return {{"asset",
             {{"version", "2.0"},
              {"generator", "neurovasc " + std::string(version())},
              {"extras",
               {{"units", "metre"},
                {"source_space", "LPS"},
                {"source_units", "mm"},
                {"lps_mm_from_gltf", back_to_lps}}}}},
            {"scene", 0},
            {"scenes", Json::array({{{"nodes", roots_}}})},
            {"nodes", nodes_},
            {"meshes", meshes_},
            {"materials", materials_},
            {"accessors", accessors_},
            {"bufferViews", views_},
            {"buffers", Json::array({{{"byteLength", binary_.size()}}})}};
  }

  std::string binary_;
  Json roots_ = Json::array();
  Json nodes_ = Json::array();
  Json meshes_ = Json::array();
  Json materials_ = Json::array();
  Json accessors_ = Json::array();
  Json views_ = Json::array();
};

}  // namespace

void writeGltf(const std::vector<ScenePart>& parts, const std::string& path) {
  GltfFile file;
  bool any = false;
  for (const ScenePart& part : parts) {
    if (!part.mesh.empty()) {
      file.add(part);
      any = true;
    }
  }
  if (!any) {
    throw Error(ErrorCode::usage, path + ": there is nothing to write",
                "glTF has no files without a surface.");
  }
  file.write(path);
}

TriangleMesh mergedMesh(const std::vector<ScenePart>& parts) {
  TriangleMesh whole;
  for (const ScenePart& part : parts) {
    const auto before = static_cast<std::uint32_t>(whole.vertices_mm.size());
    whole.vertices_mm.insert(whole.vertices_mm.end(), part.mesh.vertices_mm.begin(),
                             part.mesh.vertices_mm.end());
    for (const auto& t : part.mesh.triangles) {
      whole.triangles.push_back({t[0] + before, t[1] + before, t[2] + before});
    }
  }
  return whole;
}

}  // namespace neurovasc::scene
