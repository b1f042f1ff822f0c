// The formats simple enough to be written here: STL, PLY and OBJ.

#include <fmt/format.h>

#include <array>
#include <cstring>

#include "neurovasc/scene/mesh_io.h"
#include "output_file.h"

namespace neurovasc::scene {
namespace {

// All machines we build on are little-endian, as STL and our PLY are.
template <typename T>
void put(std::ostream& out, const T& value) {
  std::array<char, sizeof(T)> bytes;
  std::memcpy(bytes.data(), &value, sizeof(T));
  out.write(bytes.data(), sizeof(T));
}

void putSingle(std::ostream& out, const Vec3& v) {
  put(out, static_cast<float>(v.x));
  put(out, static_cast<float>(v.y));
  put(out, static_cast<float>(v.z));
}

}  // namespace

void writeStl(const TriangleMesh& mesh, const std::string& path) {
  OutputFile file(path);
  std::string header = "neurovasc. SPACE=LPS UNITS=mm";
  header.resize(80, ' ');
  file.stream() << header;
  put(file.stream(), static_cast<std::uint32_t>(mesh.triangles.size()));
  for (const auto& t : mesh.triangles) {
    const Point3& a = mesh.vertices_mm[t[0]];
    const Point3& b = mesh.vertices_mm[t[1]];
    const Point3& c = mesh.vertices_mm[t[2]];
    putSingle(file.stream(), normalized(cross(b - a, c - a)));
    for (const Point3* p : {&a, &b, &c}) {
      putSingle(file.stream(), *p);
    }
    put(file.stream(), std::uint16_t{0});
  }
  file.finish();
}

void writePly(const TriangleMesh& mesh, const std::string& path) {
  OutputFile file(path);
  file.stream() << "ply\nformat binary_little_endian 1.0\ncomment neurovasc. SPACE=LPS UNITS=mm\n"
                << "element vertex " << mesh.vertices_mm.size()
                << "\nproperty double x\nproperty double y\nproperty double z\nelement face "
                << mesh.triangles.size()
                << "\nproperty list uchar int vertex_indices\nend_header\n";
  for (const Point3& p : mesh.vertices_mm) {
    put(file.stream(), p);
  }
  for (const auto& t : mesh.triangles) {
    put(file.stream(), std::uint8_t{3});
    put(file.stream(), t);
  }
  file.finish();
}

void writeObj(const TriangleMesh& mesh, const std::string& path) {
  OutputFile file(path);
  file.stream() << "# neurovasc. SPACE=LPS UNITS=mm\n";
  for (const Point3& p : mesh.vertices_mm) {
    file.stream() << fmt::format("v {:.6f} {:.6f} {:.6f}\n", p.x, p.y, p.z);
  }
  for (const auto& t : mesh.triangles) {
    file.stream() << "f " << t[0] + 1 << ' ' << t[1] + 1 << ' ' << t[2] + 1 << '\n';
  }
  file.finish();
}

}  // namespace neurovasc::scene
