#include "neurovasc/interop/document_object.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdeftag.h>
#include <dcmtk/dcmdata/dcuid.h>

#include <fstream>
#include <iterator>
#include <utility>
#include <vector>

#include "dataset_writer.h"
#include "neurovasc/core/error.h"
#include "neurovasc/result/result_folder.h"

namespace neurovasc::interop {
namespace {

namespace fs = std::filesystem;

constexpr int kPdfSeries = 9005;
constexpr int kStlSeries = 9006;

std::vector<std::uint8_t> readBytes(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::vector<std::uint8_t> bytes(std::istreambuf_iterator<char>(stream), {});
  if (!stream.is_open() || bytes.empty()) {
    throw Error(ErrorCode::input_unreadable, file.filename().string() + ": cannot be read");
  }
  return bytes;
}

void putDocument(DcmDataset& dataset, std::vector<std::uint8_t> bytes, const std::string& title,
                 const char* mime_type) {
  requireDone(dataset.insertEmptyElement(DCM_AcquisitionDateTime));
  put(dataset, DCM_BurnedInAnnotation, "NO");
  put(dataset, DCM_DocumentTitle, title);
  requireDone(dataset.insertEmptyElement(DCM_ConceptNameCodeSequence));
  put(dataset, DCM_MIMETypeOfEncapsulatedDocument, mime_type);
  requireDone(dataset.putAndInsertUint32(DCM_EncapsulatedDocumentLength,
                                         static_cast<Uint32>(bytes.size())));
  bytes.resize(bytes.size() + bytes.size() % 2);
  requireDone(dataset.putAndInsertUint8Array(DCM_EncapsulatedDocument, bytes.data(),
                                             static_cast<unsigned long>(bytes.size())));
}

}  // namespace

void writeEncapsulatedPdf(const fs::path& pdf, const std::string& title,
                          const ExportContext& context, const fs::path& path) {
  std::vector<std::uint8_t> bytes = readBytes(pdf);
  // The file is written anew when somebody reviews the result, and another content is another
  // object.
  ExportContext own = context;
  own.fingerprint += result::sha256({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  DcmDataset dataset;
  putCommon(dataset, own, {UID_EncapsulatedPDFStorage, "DOC", "pdf", "report", kPdfSeries, 1});
  put(dataset, DCM_ConversionType, "WSD");
  putT2Images(dataset, DCM_SourceInstanceSequence, context);
  putDocument(dataset, std::move(bytes), title, "application/pdf");
  save(dataset, path);
}

void writeEncapsulatedStl(const fs::path& stl, const std::string& title, int instance,
                          const ExportContext& context, const fs::path& path) {
  DcmDataset dataset;
  putCommon(dataset, context,
            {UID_EncapsulatedSTLStorage, "M3D", "stl", "surfaces", kStlSeries, instance});
  putFrameOfReference(dataset, context);
  putReferencedSeries(dataset, context);
  putT2Images(dataset, DCM_SourceInstanceSequence, context);
  putCode(dataset, DCM_MeasurementUnitsCodeSequence, Concept::millimeter);
  putDocument(dataset, readBytes(stl), title, "model/stl");
  save(dataset, path);
}

}  // namespace neurovasc::interop
