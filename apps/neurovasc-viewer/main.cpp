// neurovasc-viewer: shows a result folder. Started by 'neurovasc view', or by hand.

#include <QApplication>
#include <QCommandLineParser>
#include <QMessageBox>
#include <cstdio>
#include <exception>

#include "look.h"
#include "main_window.h"
#include "neurovasc/core/error.h"
#include "neurovasc/core/version.h"

namespace neurovasc::viewer {
namespace {

std::vector<std::filesystem::path> pathsOf(const QStringList& words) {
  std::vector<std::filesystem::path> paths;
  for (const QString& word : words) {
    paths.emplace_back(word.toStdString());
  }
  return paths;
}

/// On stderr for whoever started the program there, and as a window for everyone else.
int fail(const char* what, int status) {
  std::fprintf(stderr, "error: %s\n", what);
  if (QApplication::platformName() != "offscreen") {
    QMessageBox::critical(nullptr, "neurovasc", QString::fromUtf8(what));
  }
  return status;
}

int show(const QStringList& words, const ReadingOptions& options) {
  const std::vector<std::filesystem::path> paths = pathsOf(words);
  MainWindow window(openResult(paths.front(), {paths.begin() + 1, paths.end()}), options);
  window.resize(1680, 1000);
  window.showMaximized();
  return QApplication::exec();
}

int run() {
  QCommandLineParser parser;
  parser.setApplicationDescription("Shows a result of neurovasc.");
  parser.addHelpOption();
  parser.addVersionOption();
  parser.addPositionalArgument("RESULT", "result folder of analyze or compare");
  parser.addPositionalArgument("DATE...", "result folders of the dates that were compared");
  parser.addOptions({{"reader", "Who reviews; can be given in the window as well.", "NAME"},
                     {"read-first", "Show no results until the reader's own verdict is saved."}});
  parser.process(*QCoreApplication::instance());
  if (parser.positionalArguments().isEmpty()) {
    return fail("no result folder was named. 'neurovasc-viewer --help' says how.",
                describe(ErrorCode::usage).exit_code);
  }
  try {
    return show(parser.positionalArguments(), {parser.value("reader"), parser.isSet("read-first")});
  } catch (const Error& error) {
    return fail(error.what(), describe(error.code()).exit_code);
  } catch (const std::exception& error) {
    return fail(error.what(), describe(ErrorCode::internal).exit_code);
  }
}

}  // namespace
}  // namespace neurovasc::viewer

int main(int argc, char** argv) {
  neurovasc::viewer::SceneView::prepareOpenGl();
  QApplication application(argc, argv);
  neurovasc::viewer::applyDarkLook(application);
  QApplication::setApplicationName("neurovasc-viewer");
  QApplication::setApplicationVersion(QString::fromUtf8(
      neurovasc::version().data(), static_cast<int>(neurovasc::version().size())));
  return neurovasc::viewer::run();
}
