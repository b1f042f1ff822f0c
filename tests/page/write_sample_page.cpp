// write_sample_page FOLDER: writes sample.html, unseen.html, comparison.html and three_dates.html
// into FOLDER for the browser tests.
#include <filesystem>
#include <fstream>
#include <iostream>

#include "neurovasc/core/error.h"
#include "page/sample_comparison_page.h"
#include "page/sample_page.h"

int main(int argc, char** argv) {
  using namespace neurovasc;
  if (argc != 2) {
    std::cerr << "usage: write_sample_page FOLDER\n";
    return 2;
  }
  const std::filesystem::path folder = argv[1];
  try {
    std::filesystem::create_directories(folder);
    const page::PageContent sample = page::testing::samplePage(folder.string());
    std::ofstream(folder / "sample.html", std::ios::binary) << page::reportPage(sample);
    page::PageContent unseen;
    unseen.assessment.sides.resize(1);  // a nerve that was not found
    std::ofstream(folder / "unseen.html", std::ios::binary) << page::reportPage(unseen);
    const auto comparison = page::testing::sampleComparisonPage(folder.string());
    std::ofstream(folder / "comparison.html", std::ios::binary) << page::comparisonPage(comparison);
    const auto three = page::testing::sampleComparisonPage(folder.string(), 3);
    std::ofstream(folder / "three_dates.html", std::ios::binary) << page::comparisonPage(three);
  } catch (const Error& error) {
    std::cerr << error.message() << '\n';
    return 1;
  }
  return 0;
}
