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
  connect(&state_, &ViewState::showChanged, this, &DatePane::arrange);
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
  only_ = view;
  arrange();
}

void DatePane::arrange() {
  // Where the nerve runs is a result: without results neither scene nor slices across it.
  const bool results = state_.areResultsShown();
  const auto isWanted = [this](int view) { return only_ == kAllViews || only_ == view; };
  for (SliceView* slice : slices_) {
    const bool result = slice->orientation() == Orientation::perpendicular;
    slice->setVisible(isWanted(static_cast<int>(slice->orientation())) && (results || !result));
  }
  scene_->setVisible(isWanted(kSceneView) && results);
}

void DatePane::rebuild() {
  outlines_ = outlinesOf(date_.parts);
  scene_->rebuild();
  Q_EMIT state_.changed();
}

}  // namespace neurovasc::viewer
