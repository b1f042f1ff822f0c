#include "look.h"

#include <QApplication>
#include <QPalette>
#include <QStyleFactory>

namespace neurovasc::viewer {

void applyDarkLook(QApplication& application) {
  QApplication::setStyle(QStyleFactory::create("Fusion"));
  const QColor ground(43, 44, 48);
  const QColor field(30, 31, 34);
  const QColor words(225, 225, 225);
  const QColor dimmed(130, 130, 130);
  QPalette palette(ground);
  for (const QPalette::ColorRole role :
       {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::ToolTipText}) {
    palette.setColor(role, words);
    palette.setColor(QPalette::Disabled, role, dimmed);
  }
  palette.setColor(QPalette::Base, field);
  palette.setColor(QPalette::AlternateBase, ground);
  palette.setColor(QPalette::ToolTipBase, field);
  palette.setColor(QPalette::Highlight, QColor(0, 104, 158));
  palette.setColor(QPalette::HighlightedText, Qt::white);
  application.setPalette(palette);
  // A pressed switch has to be told from one that is not.
  application.setStyleSheet("QToolButton:checked { background: #00689e; color: white; }");
}

}  // namespace neurovasc::viewer
