#pragma once

#include <string>
#include <string_view>

namespace neurovasc::interop {

/// Whether a series is one that this program made, by what all of its objects say.
bool isOwnSeries(std::string_view manufacturer, std::string_view series_description);

/// Whether the DICOM file @p file is such an object; false for what is no DICOM file.
bool isOwnObject(const std::string& file);

/// How the descriptions of all series begin that this program makes.
inline constexpr std::string_view kOwnDescription = "RESEARCH ";

/// How those go on whose objects are of dates compared: ExportContext::subject.
inline constexpr std::string_view kComparisonSubject = "comparison: ";

/// Whether a series of that description holds such objects. A later result of the study alone does
/// not replace them.
bool isOfComparison(std::string_view series_description);

/// The description of the series of writeNoticeCapture().
inline constexpr std::string_view kNoticeDescription = "RESEARCH no result: see the page";

}  // namespace neurovasc::interop
