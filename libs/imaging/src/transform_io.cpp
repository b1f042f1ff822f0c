#include "neurovasc/imaging/transform_io.h"

#include <itkMatrixOffsetTransformBase.h>
#include <itkTransformFactoryBase.h>
#include <itkTransformFileReader.h>
#include <itkTxtTransformIO.h>

#include <cmath>
#include <fstream>
#include <iomanip>

#include "neurovasc/core/error.h"

namespace neurovasc::imaging {
namespace {

using LinearTransform = itk::MatrixOffsetTransformBase<double, 3, 3>;

RigidTransform rigidFrom(const LinearTransform& linear) {
  RigidTransform rigid;
  for (int row = 0; row < 3; ++row) {
    const auto r = static_cast<unsigned>(row);
    for (int column = 0; column < 3; ++column) {
      rigid.rotation(row, column) = linear.GetMatrix()(r, static_cast<unsigned>(column));
    }
    rigid.translation[row] = linear.GetOffset()[r];
  }
  return rigid;
}

void requireRigid(const RigidTransform& transform, const std::string& path) {
  constexpr double kTolerance = 1e-4;
  const Matrix3 product = transform.rotation * transposed(transform.rotation);
  double worst = std::abs(determinant(transform.rotation) - 1);
  for (int row = 0; row < 3; ++row) {
    for (int column = 0; column < 3; ++column) {
      worst = std::max(worst, std::abs(product(row, column) - (row == column ? 1 : 0)));
    }
  }
  if (!(worst <= kTolerance)) {
    throw Error(ErrorCode::inconsistent_geometry, path + ": the transform is not rigid",
                "Give a rotation with a translation, without scaling or shear.");
  }
}

const LinearTransform* firstLinear(itk::TransformFileReader& reader) {
  const auto& list = *reader.GetTransformList();
  return list.size() == 1 ? dynamic_cast<const LinearTransform*>(list.front().GetPointer())
                          : nullptr;
}

}  // namespace

void writeTransform(const RigidTransform& moving_from_fixed, const std::string& path) {
  std::ofstream file(path);
  file << "#Insight Transform File V1.0\n"
       << "# LPS mm, takes points of the fixed image to the moving image\n"
       << "#Transform 0\n"
       << "Transform: AffineTransform_double_3_3\n"
       << "Parameters:" << std::setprecision(17);
  for (const double entry : moving_from_fixed.rotation.m) {
    file << ' ' << entry;
  }
  for (int axis = 0; axis < 3; ++axis) {
    file << ' ' << moving_from_fixed.translation[axis];
  }
  file << "\nFixedParameters: 0 0 0\n";
  file.close();
  if (!file) {
    throw Error(ErrorCode::output_unwritable, path + ": cannot be written",
                "Check that the folder exists, is writable and has space left.");
  }
}

RigidTransform readTransform(const std::string& path) {
  itk::TransformFactoryBase::RegisterDefaultTransforms();
  auto reader = itk::TransformFileReader::New();
  reader->SetTransformIO(itk::TxtTransformIO::New());
  reader->SetFileName(path);
  try {
    reader->Update();
  } catch (const itk::ExceptionObject&) {
    throw Error(ErrorCode::input_unreadable, path + ": no ITK transform text can be read there",
                "Export the transform as .tfm.");
  }
  const LinearTransform* linear = firstLinear(*reader);
  if (linear == nullptr) {
    throw Error(ErrorCode::input_unreadable, path + ": not one linear transform",
                "Harden or export a single linear transform.");
  }
  const RigidTransform rigid = rigidFrom(*linear);
  requireRigid(rigid, path);
  return rigid;
}

}  // namespace neurovasc::imaging
