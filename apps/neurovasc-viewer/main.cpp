// neurovasc-viewer: shows a result folder; of a study, makes it first. Started by 'neurovasc view',
// or by hand.

#include <QApplication>
#include <QCommandLineParser>
#include <QMessageBox>
#include <cstdio>
#include <exception>
#include <optional>

#include "analysis_dialog.h"
#include "look.h"
#include "main_window.h"
#include "neurovasc/core/error.h"
#include "neurovasc/core/version.h"
#include "neurovasc/pipeline/read_result.h"

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

std::optional<int> numberOf(const QString& word) {
  bool whole = false;
  const int number = word.toInt(&whole);
  if (!word.isEmpty() && (!whole || number < 1)) {
    throw Error(ErrorCode::usage, "--study is no number from 1 on");
  }
  return whole ? std::optional<int>(number) : std::nullopt;
}

/// Whether there is something at @p path that could be a study and is no result.
bool isToBeAnalysed(const std::filesystem::path& path) {
  return pipeline::resultKindOf(path) == pipeline::ResultKind::none &&
         std::filesystem::exists(path) && !std::filesystem::is_empty(path);
}

/// The result folder that was made of @p study. Throws where it was cancelled or failed.
std::filesystem::path analysed(const NewStudy& study) {
  AnalysisDialog dialog(study);
  if (dialog.exec() == QDialog::Accepted) {
    return dialog.output().toStdString();
  }
  const auto failure = dialog.job().failure().value_or(ErrorCode::cancelled);
  throw Error(failure, failure == ErrorCode::cancelled ? "the analysis was cancelled"
                                                       : dialog.message().toStdString());
}

int show(const QStringList& words, const NewStudy& study, const ReadingOptions& options) {
  std::vector<std::filesystem::path> paths = pathsOf(words);
  if (paths.size() == 1 && isToBeAnalysed(paths.front())) {
    paths.front() = analysed(study);
  }
  MainWindow window(openResult(paths.front(), {paths.begin() + 1, paths.end()}), options);
  window.resize(1680, 1000);
  window.showMaximized();
  return QApplication::exec();
}

void describeOptions(QCommandLineParser& parser) {
  parser.setApplicationDescription("Shows a result of neurovasc.");
  parser.addHelpOption();
  parser.addVersionOption();
  parser.addPositionalArgument("RESULT|STUDY",
                               "result folder of analyze or compare; a study is analysed first");
  parser.addPositionalArgument("DATE...", "result folders of the dates that were compared");
  parser.addOptions(
      {{"output", "The result folder to make of a study; without it the window asks.", "OUT"},
       {"study", "Which study, where the path holds several.", "N"},
       {"reader", "Who reviews; can be given in the window as well.", "NAME"},
       {"read-first", "Show no results until the reader's own verdict is saved."}});
}

int run() {
  QCommandLineParser parser;
  describeOptions(parser);
  parser.process(*QCoreApplication::instance());
  if (parser.positionalArguments().isEmpty()) {
    return fail("no result folder was named. 'neurovasc-viewer --help' says how.",
                describe(ErrorCode::usage).exit_code);
  }
  try {
    const NewStudy study = {parser.positionalArguments().front().toStdString(),
                            numberOf(parser.value("study")), parser.value("output").toStdString()};
    return show(parser.positionalArguments(), study,
                {parser.value("reader"), parser.isSet("read-first")});
  } catch (const Error& error) {
    // Who cancelled knows.
    return error.code() == ErrorCode::cancelled
               ? describe(error.code()).exit_code
               : fail(error.what(), describe(error.code()).exit_code);
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
