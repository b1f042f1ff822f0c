#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include "text_layout.h"

namespace neurovasc::report {

inline constexpr std::size_t kIndent = 2;

/// A document in the making: titles, paragraphs and tables of one width.
class Page {
 public:
  explicit Page(std::size_t width) : width_(width) {}

  void line(const std::string& text) { text_ += wrapped(text, width_, 0, kIndent); }
  void title(const std::string& text) { text_ += "\n" + text + "\n"; }
  void paragraph(const std::string& text) {
    if (!text.empty()) {
      text_ += wrapped(text, width_, kIndent, kIndent);
    }
  }
  void paragraphs(const std::vector<std::string>& texts) {
    std::for_each(texts.begin(), texts.end(), [this](const auto& text) { paragraph(text); });
  }
  /// Sentences that read on in one paragraph.
  void runOn(const std::vector<std::string>& sentences) { paragraph(joinedBy(" ", sentences)); }
  void items(const std::vector<std::string>& texts) {
    for (const std::string& text : texts) {
      text_ += wrapped(text, width_, kIndent, 2 * kIndent);
    }
  }
  void table(const std::vector<Row>& rows, std::size_t indent) {
    text_ += alignedTable(rows, width_, indent);
  }
  std::string text() const { return text_; }

 private:
  std::size_t width_;
  std::string text_;
};

}  // namespace neurovasc::report
