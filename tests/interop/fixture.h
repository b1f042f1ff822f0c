#pragma once

#include <string>
#include <vector>

#include "neurovasc/core/anatomy.h"
#include "neurovasc/imaging/segmentation_io.h"
#include "neurovasc/interop/source_study.h"
#include "support/dicom_check.h"
#include "support/temporary_folder.h"

namespace neurovasc::testing {

/// An oblique, anisotropic T2 series off zero as DICOM files, and labels on a finer grid of its own
/// with a nerve on the patient's left alone and a vessel beside it.
class ExportFixture {
 public:
  /// @p study tells one study from another.
  explicit ExportFixture(Size3 t2_size = {45, 37, 18}, const std::string& study = "fixture");

  const GridGeometry& t2Grid() const { return t2_grid_; }
  const std::vector<std::string>& t2Files() const { return t2_files_; }
  std::string t2Folder() const { return folder_.path("t2"); }
  const LabelMap& labels() const { return labels_; }
  const std::vector<Vessel>& vessels() const { return vessels_; }
  interop::ExportContext context() const;
  /// Rewrites the files in character set @p charset with @p name, in its bytes, as the patient's.
  void rename(const char* charset, const char* name) const;
  std::string path(const std::string& name) const { return folder_.path(name); }

 private:
  TemporaryFolder folder_;
  GridGeometry t2_grid_;
  std::vector<std::string> t2_files_;
  LabelMap labels_;
  std::vector<Vessel> vessels_;
};

/// Whether Debian's Python has pydicom and NumPy.
bool hasPydicom();

/// tests/interop/<name> run by Debian's Python.
CommandResult runScript(const std::string& name, const std::vector<std::string>& arguments);

}  // namespace neurovasc::testing
