#include "date_pane.h"

#include <QGridLayout>

namespace neurovasc::viewer {

DatePane::DatePane(const ShownDate& date, int columns, ViewState& state, QWidget* parent)
    : QWidget(parent), date_(date), state_(state), outlines_(outlinesOf(date.parts)) {
  auto* grid = new QGridLayout(this);
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setSpacing(2);
  for (const Orientation o : kOrientations) {
    addSlice(o);
    const int place = static_cast<int>(o);
    grid->addWidget(slices_[static_cast<std::size_t>(o)], place / columns, place % columns);
  }
  scene_ = new SceneView(date, state, this);
  // What is left of the last row, or a row of its own.
  const int begun = static_cast<int>(kOrientations.size()) % columns;
  const int row = static_cast<int>(kOrientations.size()) / columns;
  grid->addWidget(scene_, row, begun, 1, columns - begun);
  for (int i = 0; i < grid->columnCount(); ++i) {
    grid->setColumnStretch(i, 1);
  }
  for (int i = 0; i < grid->rowCount(); ++i) {
    grid->setRowStretch(i, 1);
  }
  connect(scene_, &SceneView::picked, &state_, &ViewState::setCrosshair);
}

void DatePane::addSlice(Orientation orientation) {
  auto* view = new SliceView(date_, outlines_, orientation, state_, this);
  const int number = static_cast<int>(orientation);
  slices_[static_cast<std::size_t>(orientation)] = view;
  connect(view, &SliceView::maximizeRequested, this,
          [this, number] { Q_EMIT maximizeRequested(number); });
  connect(view, &SliceView::hovered, this, &DatePane::hovered);
}

void DatePane::showOnly(int view) {
  for (SliceView* slice : slices_) {
    slice->setVisible(view == kAllViews || view == static_cast<int>(slice->orientation()));
  }
  scene_->setVisible(view == kAllViews || view == kSceneView);
  auto* grid = qobject_cast<QGridLayout*>(layout());
  for (int i = 0; i < grid->count(); ++i) {
    int row = 0;
    int column = 0;
    int rows = 0;
    int columns = 0;
    grid->getItemPosition(i, &row, &column, &rows, &columns);
  }
}

void DatePane::rebuild() {
  outlines_ = outlinesOf(date_.parts);
  scene_->rebuild();
  Q_EMIT state_.changed();
}

}  // namespace neurovasc::viewer
