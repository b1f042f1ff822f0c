#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace neurovasc::result {

/// Names inside a result folder.
inline constexpr std::string_view kAssessmentFile = "assessment.json";
inline constexpr std::string_view kRunFile = "run.json";
inline constexpr std::string_view kTextReportFile = "report.txt";
inline constexpr std::string_view kPageFile = "report.html";
inline constexpr std::string_view kReviewsTableFile = "reviews.tsv";
inline constexpr std::string_view kPdfFile = "report.pdf";
inline constexpr std::string_view kVolumesFolder = "volumes";
inline constexpr std::string_view kMasksFolder = "masks";
inline constexpr std::string_view kMeshesFolder = "meshes";
inline constexpr std::string_view kCenterlinesFolder = "centerlines";
inline constexpr std::string_view kTransformsFolder = "transforms";
inline constexpr std::string_view kPicturesFolder = "pictures";
inline constexpr std::string_view kSourceFolder = "source";  ///< mode 0700: the only identity

/// The SHA-256 of a text or of a file, as 64 lower-case hexadecimal digits (FIPS 180-4).
/// sha256OfFile throws Error(input_unreadable).
std::string sha256(std::string_view bytes);
std::string sha256OfFile(const std::filesystem::path& file);

/// Writes a file so that @p file holds @p content whole or stays as it was, and is on the disk when
/// this returns. Throws Error(output_unwritable).
void replaceFile(const std::filesystem::path& file, std::string_view content);

/// One file of a result folder with its fingerprint.
struct OutputFile {
  std::string path;  ///< relative to the folder, with '/'
  std::uintmax_t bytes = 0;
  std::string sha256;
};

class HiddenFolder;

/// A result folder that appears whole or not at all.
///
/// Everything is written into a hidden folder beside the target. publish() flushes every file and
/// folder to the disk and renames it into place; until then, and whenever something throws on the
/// way, the target is untouched and the destructor removes what was written.
///
///     StagedFolder out("OUT", overwrite);
///     out.write(kAssessmentFile, json);
///     saveNifti(out.path("volumes/t2.nii.gz"), t2);
///     out.publish();
///
/// An existing target is refused with Error(output_unwritable) and a hint, at construction already,
/// before the work is done. With overwrite, a target that is a result folder is exchanged for the
/// new one in a single step and then deleted. A folder that holds anything that its run.json does
/// not list (a reader's notes, landmarks, a review) is refused: it is never deleted.
///
/// A process that was killed leaves its hidden folder behind; the next one with the same target
/// removes it.
class StagedFolder {
 public:
  StagedFolder(const std::filesystem::path& target, bool overwrite);
  ~StagedFolder();
  StagedFolder(const StagedFolder&) = delete;
  StagedFolder& operator=(const StagedFolder&) = delete;

  /// Where to write the file or folder @p relative; its parent folders are made. Nothing leaves the
  /// folder: Error(internal) for absolute paths and "..".
  std::filesystem::path path(std::string_view relative) const;

  /// Writes a whole file.
  void write(std::string_view relative, std::string_view content) const;

  /// The files written so far, sorted by path, without those of source/.
  std::vector<OutputFile> files() const;

  /// Puts the folder in its place. Call once; throws Error(output_unwritable), and then only while
  /// the target is as it was. Returns false where the folder is in its place but the disk did not
  /// confirm it, so that a power failure in the next seconds could still undo it.
  bool publish();

  const std::filesystem::path& target() const { return target_; }

 private:
  std::filesystem::path target_;
  std::unique_ptr<HiddenFolder> staging_;
  std::vector<std::filesystem::path> made_parents_;  ///< outermost first
  bool overwrite_ = false;
  bool published_ = false;
};

}  // namespace neurovasc::result
