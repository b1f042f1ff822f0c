#include "frame_decoder.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dccodec.h>
#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcfcache.h>
#include <dcmtk/dcmdata/dcfilefo.h>
#include <dcmtk/dcmdata/dcpixel.h>
#include <dcmtk/dcmdata/dcpixseq.h>
#include <dcmtk/dcmdata/dcpxitem.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>

#include "codecs.h"
#include "frame_header.h"
#include "jpeg2000.h"
#include "neurovasc/core/error.h"

namespace neurovasc::dicom {
namespace {

[[noreturn]] void fail(const std::string& path, const std::string& problem) {
  throw Error(ErrorCode::input_unreadable, path + ": " + problem,
              "Copy the file again from its source, or leave it out.");
}

bool isJpeg2000(E_TransferSyntax syntax) {
  return syntax == EXS_JPEG2000LosslessOnly || syntax == EXS_JPEG2000;
}

/// The stored bits of a pixel as the number they mean.
class PixelValue {
 public:
  explicit PixelValue(const PixelFormat& format)
      : shift_(format.high_bit + 1 - format.bits_stored),
        mask_(format.bits_stored >= 32 ? 0xFFFFFFFFU : (1U << format.bits_stored) - 1U),
        sign_(format.is_signed ? 1U << (format.bits_stored - 1) : 0U) {}

  double operator()(std::uint32_t stored) const {
    const std::uint32_t bits = (stored >> shift_) & mask_;
    return static_cast<double>(bits) - 2.0 * static_cast<double>(bits & sign_);
  }

 private:
  int shift_;
  std::uint32_t mask_;
  std::uint32_t sign_;
};

}  // namespace

struct FrameDecoder::File {
  DcmFileFormat dicom;
  DcmFileCache cache;
  FileHeader header;
  DcmPixelData* pixels = nullptr;
  E_TransferSyntax syntax = EXS_Unknown;
  Uint32 next_fragment = 0;
  std::vector<Uint32> code_streams;  ///< fragments in which one begins; empty until needed
  std::vector<std::uint8_t> buffer;  ///< one stored frame in native byte order
  int buffered_frame = -1;

  std::size_t bytesPerPixel() const {
    return static_cast<std::size_t>(header.format.bits_allocated) / 8;
  }
  std::size_t frameBytes() const {
    return static_cast<std::size_t>(header.format.columns) *
           static_cast<std::size_t>(header.format.rows) * bytesPerPixel();
  }

  void open();
  void readStoredFrame(int frame);
  void readNative(int frame);
  void readEncapsulated(int frame);
  void releaseFragments(Uint32 begin, Uint32 end);
  void readJpeg2000(int frame);
  Uint32 firstFragment(DcmPixelSequence& sequence, int frame);
  void findCodeStreams(DcmPixelSequence& sequence);
  std::vector<std::uint8_t> codeStream(DcmPixelSequence& sequence, int frame);
  template <typename T>
  void convert(const FrameHeader& frame, float* out) const;
};

void FrameDecoder::File::open() {
  header = readHeader(header.path);
  if (!header.problem.empty()) {
    fail(header.path, header.problem);
  }
  if (dicom.loadFile(header.path.c_str()).bad()) {
    fail(header.path, "damaged: its pixels cannot be read");
  }
  DcmDataset& dataset = *dicom.getDataset();
  DcmElement* element = nullptr;
  if (dataset.findAndGetElement(DCM_PixelData, element).bad()) {
    fail(header.path, "has no image");
  }
  pixels = static_cast<DcmPixelData*>(element);
  syntax = dataset.getOriginalXfer();
}

void FrameDecoder::File::readNative(int frame) {
  const std::size_t offset = static_cast<std::size_t>(frame) * frameBytes();
  if (offset + frameBytes() > pixels->getLength() ||
      pixels
          ->getPartialValue(buffer.data(), static_cast<Uint32>(offset),
                            static_cast<Uint32>(frameBytes()), &cache)
          .bad()) {
    fail(header.path, "truncated: fewer pixels than its image size");
  }
}

void FrameDecoder::File::readEncapsulated(int frame) {
  OFString colour_model;
  if (frame != buffered_frame + 1) {
    next_fragment = 0;  // let the codec look up where the frame begins
  }
  const Uint32 first_fragment = next_fragment;
  const auto status = pixels->getUncompressedFrame(
      dicom.getDataset(), static_cast<Uint32>(frame), next_fragment, buffer.data(),
      static_cast<Uint32>(buffer.size()), colour_model, &cache);
  if (status.bad()) {
    fail(header.path, "damaged: its compressed pixels cannot be decoded");
  }
  releaseFragments(first_fragment, next_fragment);
}

/// Lets go of compressed bytes that DCMTK keeps in memory once it has read them.
void FrameDecoder::File::releaseFragments(Uint32 begin, Uint32 end) {
  DcmPixelSequence* sequence = nullptr;
  if (pixels->getEncapsulatedRepresentation(syntax, nullptr, sequence).bad()) {
    return;
  }
  for (Uint32 i = begin; i < end; ++i) {
    DcmPixelItem* fragment = nullptr;
    if (sequence->getItem(fragment, i).good()) {
      fragment->compact();
    }
  }
}

/// The fragments that begin with a JPEG 2000 code stream (SOC and SIZ markers, ISO/IEC 15444-1
/// A.4): where a frame begins when the offset table, which may be empty, does not say.
void FrameDecoder::File::findCodeStreams(DcmPixelSequence& sequence) {
  constexpr std::array<Uint8, 4> kStartAndSize = {0xFF, 0x4F, 0xFF, 0x51};
  for (Uint32 i = 1; i < sequence.card(); ++i) {
    DcmPixelItem* fragment = nullptr;
    Uint8* bytes = nullptr;
    if (sequence.getItem(fragment, i).good() && fragment->getUint8Array(bytes).good() &&
        bytes != nullptr && fragment->getLength() >= kStartAndSize.size()) {
      if (std::equal(kStartAndSize.begin(), kStartAndSize.end(), bytes)) {
        code_streams.push_back(i);
      }
      fragment->compact();
    }
  }
}

/// The fragment in which @p frame begins, or the end of all of them behind the last frame.
Uint32 FrameDecoder::File::firstFragment(DcmPixelSequence& sequence, int frame) {
  const auto frames = static_cast<Sint32>(header.format.frames);
  if (frame >= frames) {
    return static_cast<Uint32>(sequence.card());
  }
  Uint32 begin = 1;
  if (frame == 0 ||
      DcmCodec::determineStartFragment(static_cast<Uint32>(frame), frames, &sequence, begin)
          .good()) {
    return begin;
  }
  if (code_streams.empty()) {
    findCodeStreams(sequence);
  }
  if (code_streams.size() != static_cast<std::size_t>(frames)) {
    fail(header.path, "damaged: it does not say where its compressed frames begin");
  }
  return code_streams[static_cast<std::size_t>(frame)];
}

std::vector<std::uint8_t> FrameDecoder::File::codeStream(DcmPixelSequence& sequence, int frame) {
  const Uint32 begin = firstFragment(sequence, frame);
  const Uint32 end = firstFragment(sequence, frame + 1);
  std::vector<std::uint8_t> stream;
  for (Uint32 i = begin; i < end; ++i) {
    DcmPixelItem* fragment = nullptr;
    Uint8* bytes = nullptr;
    if (sequence.getItem(fragment, i).bad() || fragment->getUint8Array(bytes).bad() ||
        bytes == nullptr) {
      fail(header.path, "damaged: its compressed pixels are incomplete");
    }
    stream.insert(stream.end(), bytes, bytes + fragment->getLength());
    fragment->compact();
  }
  return stream;
}

void FrameDecoder::File::readJpeg2000(int frame) {
  DcmPixelSequence* sequence = nullptr;
  std::vector<std::uint8_t> decoded;
  if (pixels->getEncapsulatedRepresentation(syntax, nullptr, sequence).bad() ||
      !decodeJpeg2000(codeStream(*sequence, frame), header.format, decoded) ||
      decoded.size() < frameBytes()) {
    fail(header.path, "damaged: its JPEG 2000 pixels cannot be decoded");
  }
  std::memcpy(buffer.data(), decoded.data(), frameBytes());
}

void FrameDecoder::File::readStoredFrame(int frame) {
  if (frame == buffered_frame) {
    return;
  }
  buffer.resize(frameBytes() + frameBytes() % 2);
  if (!DcmXfer(syntax).isEncapsulated()) {
    readNative(frame);
  } else if (isJpeg2000(syntax)) {
    readJpeg2000(frame);
  } else {
    readEncapsulated(frame);
  }
  buffered_frame = frame;
}

template <typename T>
void FrameDecoder::File::convert(const FrameHeader& frame, float* out) const {
  const PixelFormat& format = header.format;
  const PixelValue value(format);
  const auto columns = static_cast<std::size_t>(format.frameColumns());
  const auto rows = static_cast<std::size_t>(format.frameRows());
  const auto stride = static_cast<std::size_t>(format.columns);
  const std::size_t tiles_across = stride / columns;
  const std::size_t tile = format.tile_columns > 0 ? static_cast<std::size_t>(frame.frame) : 0;
  const std::size_t first = tile / tiles_across * rows * stride + tile % tiles_across * columns;
  for (std::size_t j = 0; j < rows; ++j) {
    const std::uint8_t* row = buffer.data() + (first + j * stride) * sizeof(T);
    for (std::size_t i = 0; i < columns; ++i) {
      T stored;
      std::memcpy(&stored, row + i * sizeof(T), sizeof(T));
      out[j * columns + i] = static_cast<float>(value(stored) * frame.slope + frame.intercept);
    }
  }
}

FrameDecoder::FrameDecoder(const std::string& path) : file_(std::make_unique<File>()) {
  registerCodecs();
  file_->header.path = path;
  file_->open();
}

FrameDecoder::~FrameDecoder() = default;

const std::string& FrameDecoder::path() const { return file_->header.path; }
int FrameDecoder::columns() const { return file_->header.format.frameColumns(); }
int FrameDecoder::rows() const { return file_->header.format.frameRows(); }

void FrameDecoder::decode(int frame, float* out) {
  if (frame < 0 || static_cast<std::size_t>(frame) >= file_->header.frames.size()) {
    fail(path(), "has fewer frames than when it was scanned");
  }
  const FrameHeader& source = file_->header.frames[static_cast<std::size_t>(frame)];
  file_->readStoredFrame(file_->header.format.tile_columns > 0 ? 0 : frame);
  switch (file_->header.format.bits_allocated) {
    case 8:
      return file_->convert<std::uint8_t>(source, out);
    case 16:
      return file_->convert<std::uint16_t>(source, out);
    default:
      return file_->convert<std::uint32_t>(source, out);
  }
}

}  // namespace neurovasc::dicom
