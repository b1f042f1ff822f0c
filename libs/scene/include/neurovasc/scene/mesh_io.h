#pragma once

#include <string>

#include "neurovasc/core/mesh.h"
#include "neurovasc/core/tube.h"

namespace neurovasc::scene {

/// Surfaces and centre lines as files. All coordinates are LPS mm. Each file says so the way 3D
/// Slicer reads it ("SPACE=LPS" in the header or comment of STL, PLY and OBJ; a field array "SPACE"
/// in VTP), so that no program has to guess between LPS and RAS. The same input gives the same
/// bytes.
///
/// Writers throw Error(output_unwritable), readers Error(input_unreadable).

/// Binary STL: single precision, vertices repeated for each triangle.
void writeStl(const TriangleMesh& mesh, const std::string& path);
/// VTK XML poly data, double precision, compressed.
void writeVtp(const TriangleMesh& mesh, const std::string& path);
/// Binary little-endian PLY, double precision.
void writePly(const TriangleMesh& mesh, const std::string& path);
/// Wavefront OBJ text, rounded to 1e-6 mm.
void writeObj(const TriangleMesh& mesh, const std::string& path);

/// Writes in the format of @p path's extension: .stl, .vtp, .ply, .obj or .glb (glTF, in metres:
/// see writeGltf() of parts.h), else Error(usage).
void writeMesh(const TriangleMesh& mesh, const std::string& path);

/// Reads a surface by its extension: .stl (equal vertices are joined) or .vtp, else Error(usage).
/// Where the file says SPACE=RAS the points are turned to LPS; without a note they are LPS.
TriangleMesh readMesh(const std::string& path);

/// Writes a centre line as one VTP poly line with point arrays "radius_mm" and, if known,
/// "confidence", and field arrays "SPACE" (LPS) and "UNITS" (mm).
void writeCenterline(const Tube& tube, const std::string& path);

/// Reads what writeCenterline wrote.
Tube readCenterline(const std::string& path);

}  // namespace neurovasc::scene
