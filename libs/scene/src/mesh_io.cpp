#include "neurovasc/scene/mesh_io.h"

#include <vtkCellArray.h>
#include <vtkDoubleArray.h>
#include <vtkFieldData.h>
#include <vtkIdList.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkSTLReader.h>
#include <vtkStringArray.h>
#include <vtkXMLPolyDataReader.h>
#include <vtkXMLPolyDataWriter.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>

#include "neurovasc/core/error.h"
#include "neurovasc/scene/parts.h"
#include "vtk_wrap.h"

namespace neurovasc::scene {
namespace {

constexpr const char* kRadiusArray = "radius_mm";
constexpr const char* kConfidenceArray = "confidence";

void addNote(vtkPolyData& data, const char* name, const char* value) {
  vtkNew<vtkStringArray> note;
  note->SetName(name);
  note->InsertNextValue(value);
  data.GetFieldData()->AddArray(note);
}

void writeXml(vtkPolyData& data, const std::string& path) {
  addNote(data, "SPACE", "LPS");
  addNote(data, "UNITS", "mm");
  vtkNew<ErrorCollector> errors;
  vtkNew<vtkXMLPolyDataWriter> writer;
  errors->watch(*writer);
  writer->SetFileName(path.c_str());
  writer->SetInputData(&data);
  if (writer->Write() == 0 || errors->failed()) {
    throw Error(ErrorCode::output_unwritable, "cannot write " + path,
                "Check that the folder exists, may be written to and has space left.");
  }
}

[[noreturn]] void refuseInput(const std::string& path, const std::string& cause) {
  throw Error(ErrorCode::input_unreadable, path + ": " + cause,
              "Give a surface or centre line as neurovasc or 3D Slicer writes it.");
}

void requireFile(const std::string& path) {
  if (!std::filesystem::is_regular_file(path)) {
    refuseInput(path, "no such file");
  }
}

vtkSmartPointer<vtkPolyData> readXml(const std::string& path) {
  requireFile(path);
  vtkNew<ErrorCollector> errors;
  vtkNew<vtkXMLPolyDataReader> reader;
  errors->watch(*reader);
  if (!reader->CanReadFile(path.c_str())) {
    refuseInput(path, "is no VTK XML poly data");
  }
  reader->SetFileName(path.c_str());
  reader->Update();
  if (errors->failed()) {
    refuseInput(path, "is damaged");
  }
  return reader->GetOutput();
}

void turnToLps(std::vector<Point3>& points) {
  for (Point3& p : points) {
    p = {-p.x, -p.y, p.z};
  }
}

bool saysRas(vtkPolyData& data) {
  auto* note = vtkStringArray::SafeDownCast(data.GetFieldData()->GetAbstractArray("SPACE"));
  return note != nullptr && note->GetNumberOfValues() > 0 && note->GetValue(0) == "RAS";
}

TriangleMesh readVtp(const std::string& path) {
  const auto data = readXml(path);
  TriangleMesh mesh = toMesh(*inTriangles(*data));
  if (saysRas(*data)) {
    turnToLps(mesh.vertices_mm);
  }
  return mesh;
}

TriangleMesh readStl(const std::string& path) {
  requireFile(path);
  vtkNew<ErrorCollector> errors;
  vtkNew<vtkSTLReader> reader;
  errors->watch(*reader);
  reader->SetFileName(path.c_str());
  reader->Update();
  if (errors->failed() || reader->GetOutput()->GetNumberOfPolys() == 0) {
    refuseInput(path, "holds no STL surface");
  }
  TriangleMesh mesh = toMesh(*inTriangles(*reader->GetOutput()));
  const char* header = reader->GetHeader();
  if (header != nullptr && std::string(header).find("SPACE=RAS") != std::string::npos) {
    turnToLps(mesh.vertices_mm);
  }
  return mesh;
}

std::string extensionOf(const std::string& path) {
  std::string extension = std::filesystem::path(path).extension().string();
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return extension;
}

[[noreturn]] void refuseExtension(const std::string& path, const char* known) {
  throw Error(ErrorCode::usage, path + ": unknown kind of surface file",
              std::string("Use one of the endings ") + known + ".");
}

void addArray(vtkPolyData& data, const char* name, const std::vector<double>& values) {
  vtkNew<vtkDoubleArray> array;
  array->SetName(name);
  for (const double v : values) {
    array->InsertNextValue(v);
  }
  data.GetPointData()->AddArray(array);
}

std::vector<double> arrayOf(vtkPolyData& data, const char* name, vtkIdList& ids) {
  std::vector<double> values;
  vtkDataArray* array = data.GetPointData()->GetArray(name);
  for (vtkIdType i = 0; array != nullptr && i < ids.GetNumberOfIds(); ++i) {
    values.push_back(array->GetTuple1(ids.GetId(i)));
  }
  return values;
}

}  // namespace

void writeVtp(const TriangleMesh& mesh, const std::string& path) {
  writeXml(*toPolyData(mesh), path);
}

void writeMesh(const TriangleMesh& mesh, const std::string& path) {
  const std::string extension = extensionOf(path);
  if (extension == ".stl") {
    writeStl(mesh, path);
  } else if (extension == ".vtp") {
    writeVtp(mesh, path);
  } else if (extension == ".ply") {
    writePly(mesh, path);
  } else if (extension == ".obj") {
    writeObj(mesh, path);
  } else if (extension == ".glb") {
    ScenePart part;
    part.title = std::filesystem::path(path).stem().string();
    part.mesh = mesh;
    part.color = {200, 200, 200};
    writeGltf({part}, path);
  } else {
    refuseExtension(path, ".stl, .vtp, .ply, .obj, .glb");
  }
}

TriangleMesh readMesh(const std::string& path) {
  const std::string extension = extensionOf(path);
  if (extension == ".stl") {
    return readStl(path);
  }
  if (extension == ".vtp") {
    return readVtp(path);
  }
  refuseExtension(path, ".stl, .vtp");
}

void writeCenterline(const Tube& tube, const std::string& path) {
  auto data = toPolyData({tube.points_mm, {}});
  vtkNew<vtkCellArray> lines;
  lines->InsertNextCell(static_cast<int>(tube.size()));
  for (std::size_t i = 0; i < tube.size(); ++i) {
    lines->InsertCellPoint(static_cast<vtkIdType>(i));
  }
  data->SetLines(lines);
  addArray(*data, kRadiusArray, tube.radius_mm);
  if (!tube.confidence.empty()) {
    addArray(*data, kConfidenceArray, tube.confidence);
  }
  writeXml(*data, path);
}

Tube readCenterline(const std::string& path) {
  const auto data = readXml(path);
  if (data->GetNumberOfLines() != 1) {
    refuseInput(path, "holds not exactly one line");
  }
  vtkNew<vtkIdList> ids;
  data->GetLines()->GetCellAtId(0, ids);
  Tube tube;
  for (vtkIdType i = 0; i < ids->GetNumberOfIds(); ++i) {
    std::array<double, 3> p;
    data->GetPoint(ids->GetId(i), p.data());
    tube.points_mm.push_back({p[0], p[1], p[2]});
  }
  tube.radius_mm = arrayOf(*data, kRadiusArray, *ids);
  tube.confidence = arrayOf(*data, kConfidenceArray, *ids);
  if (tube.radius_mm.size() != tube.size()) {
    refuseInput(path, "has no radius_mm at its points");
  }
  if (saysRas(*data)) {
    turnToLps(tube.points_mm);
  }
  return tube;
}

}  // namespace neurovasc::scene
