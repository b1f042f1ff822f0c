#pragma once

#include <filesystem>
#include <string>

#include "neurovasc/interop/source_study.h"

namespace neurovasc::interop {

/// Writes a PDF file as an Encapsulated PDF object (PS3.3 A.45.1) titled @p title.
/// Throws Error(input_unreadable), Error(output_unwritable).
void writeEncapsulatedPdf(const std::filesystem::path& pdf, const std::string& title,
                          const ExportContext& context, const std::filesystem::path& path);

/// Writes an STL file (LPS mm) as an Encapsulated STL object (PS3.3 A.85.1) titled @p title, in
/// millimetres and in the T2 series' frame of reference. @p instance numbers the objects of one
/// export, from 1. Throws as writeEncapsulatedPdf().
void writeEncapsulatedStl(const std::filesystem::path& stl, const std::string& title, int instance,
                          const ExportContext& context, const std::filesystem::path& path);

}  // namespace neurovasc::interop
