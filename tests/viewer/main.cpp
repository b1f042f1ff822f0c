#include <gtest/gtest.h>

#include <QApplication>

#include "scene_view.h"

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  neurovasc::viewer::SceneView::prepareOpenGl();
  const QApplication application(argc, argv);
  return RUN_ALL_TESTS();
}
