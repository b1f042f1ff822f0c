#include "neurovasc/dicom/header_scan.h"

#include <algorithm>
#include <iterator>
#include <mutex>
#include <utility>

#include "catalogue_builder.h"
#include "codecs.h"
#include "frame_header.h"

namespace neurovasc::dicom {

struct HeaderScan::Impl {
  ScanOptions options;
  std::mutex mutex;
  std::vector<FileHeader> headers;
};

HeaderScan::HeaderScan(ScanOptions options) : impl_(std::make_unique<Impl>()) {
  validate(options);
  registerCodecs();
  impl_->options = std::move(options);
}

HeaderScan::~HeaderScan() = default;

void HeaderScan::read(const std::vector<std::string>& files, const Progress& progress) {
  std::vector<FileHeader> found = readHeaders(files, impl_->options.threads, progress);
  const std::lock_guard<std::mutex> lock(impl_->mutex);
  impl_->headers.insert(impl_->headers.end(), std::make_move_iterator(found.begin()),
                        std::make_move_iterator(found.end()));
}

void HeaderScan::readAs(const std::string& path, const std::string& name) {
  FileHeader header = readHeader(path);
  header.path = name;
  const std::lock_guard<std::mutex> lock(impl_->mutex);
  impl_->headers.push_back(std::move(header));
}

std::size_t HeaderScan::size() const {
  const std::lock_guard<std::mutex> lock(impl_->mutex);
  return impl_->headers.size();
}

StudyCatalogue HeaderScan::studies(const Progress& progress) const {
  const std::lock_guard<std::mutex> lock(impl_->mutex);
  std::vector<const FileHeader*> ordered = pointersTo(impl_->headers);
  std::sort(ordered.begin(), ordered.end(),
            [](const FileHeader* a, const FileHeader* b) { return a->path < b->path; });
  return catalogueOf(ordered, impl_->options, progress);
}

}  // namespace neurovasc::dicom
