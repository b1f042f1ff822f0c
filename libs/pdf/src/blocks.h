#pragma once

#include <string>
#include <vector>

#include "flow.h"
#include "neurovasc/report/report_text.h"

namespace neurovasc::pdf {

void heading(Flow& flow, const std::string& text);
void subheading(Flow& flow, const std::string& text);
void paragraph(Flow& flow, const std::string& text);
void paragraphs(Flow& flow, const std::vector<std::string>& texts);
/// Paragraphs with a dot before each.
void items(Flow& flow, const std::vector<std::string>& texts);
/// A sentence set apart from the others.
void banner(Flow& flow, const std::string& text);

/// Rows below a first row of titles, kept together by row. Columns are as wide as their texts; the
/// widest are broken where the page is too narrow.
void table(Flow& flow, const report::TextTable& rows);

/// A picture with its title, at most @p most_height high.
void picture(Flow& flow, const std::string& title, const Image& image, double most_height);

}  // namespace neurovasc::pdf
