#include <itkConnectedComponentImageFilter.h>
#include <itkRelabelComponentImageFilter.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "itk_volume.h"
#include "neurovasc/imaging/morphology.h"

namespace neurovasc::imaging {
namespace {

using ItkLabels = ItkImage<std::uint32_t>;

/// Components of at least @p fewest voxels, labelled 1, 2, ... from the largest on; equal ones in
/// the order of their first voxels.
ItkLabels::Pointer labelled(const Mask& mask, Connectivity connectivity, std::size_t fewest) {
  const auto finder = itk::ConnectedComponentImageFilter<ItkImage<std::uint8_t>, ItkLabels>::New();
  finder->SetInput(wrapped(mask));
  finder->SetFullyConnected(connectivity == Connectivity::corners);
  finder->SetNumberOfWorkUnits(1);
  const auto sorter = itk::RelabelComponentImageFilter<ItkLabels, ItkLabels>::New();
  sorter->SetInput(finder->GetOutput());
  sorter->SetMinimumObjectSize(fewest);
  sorter->SetNumberOfWorkUnits(1);
  sorter->Update();
  return sorter->GetOutput();
}

/// Adds a voxel; the centroid holds the sum of indices for the time being.
void add(std::vector<Component>& list, std::uint32_t label, const Size3& at) {
  for (auto next = list.size(); next < label; ++next) {
    Component part;
    part.label = static_cast<std::uint32_t>(next + 1);
    part.box = {at, at};
    list.push_back(part);
  }
  Component& part = list[label - 1];
  part.box = part.voxels == 0 ? IndexBox{at, at} : part.box;
  ++part.voxels;
  for (std::size_t a = 0; a < 3; ++a) {
    part.box.lower[a] = std::min(part.box.lower[a], at[a]);
    part.box.upper[a] = std::max(part.box.upper[a], at[a] + 1);
    part.centroid_mm[static_cast<int>(a)] += at[a];
  }
}

std::vector<Component> measured(const Volume<std::uint32_t>& labels) {
  std::vector<Component> list;
  const auto [nx, ny, nz] = labels.size();
  for (int k = 0; k < nz; ++k) {
    for (int j = 0; j < ny; ++j) {
      for (int i = 0; i < nx; ++i) {
        if (const std::uint32_t label = labels(i, j, k); label != 0) {
          add(list, label, {i, j, k});
        }
      }
    }
  }
  for (Component& part : list) {
    const auto count = static_cast<double>(part.voxels);
    part.volume_mm3 = count * labels.geometry().voxelVolumeMm3();
    part.centroid_mm = labels.geometry().toLps(part.centroid_mm / count);
  }
  return list;
}

}  // namespace

Components connectedComponents(const Mask& mask, Connectivity connectivity, double minimum_mm3) {
  // A component of just the least volume stays, whatever the division rounds to.
  const double fewest = std::ceil(minimum_mm3 / mask.geometry().voxelVolumeMm3() - 1e-9);
  const auto found = labelled(mask, connectivity, static_cast<std::size_t>(std::max(0.0, fewest)));
  Components components{Volume<std::uint32_t>(mask.geometry()), {}};
  const std::uint32_t* labels = found->GetBufferPointer();
  std::copy(labels, labels + mask.voxelCount(), components.labels.begin());
  components.list = measured(components.labels);
  return components;
}

Mask maskOf(const Components& components, std::uint32_t label) {
  Mask out(components.labels.geometry());
  std::transform(components.labels.begin(), components.labels.end(), out.begin(),
                 [label](std::uint32_t here) {
                   return static_cast<std::uint8_t>(here == label && label != 0 ? 1 : 0);
                 });
  return out;
}

Mask largestComponent(const Mask& mask, Connectivity connectivity) {
  return maskOf(connectedComponents(mask, connectivity), 1);
}

}  // namespace neurovasc::imaging
