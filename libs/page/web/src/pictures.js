// The pictures that were drawn beforehand, by the view that each belongs to.

import { element } from './dom.js';

/** The URL of a picture's bytes. */
const urlOf = (picture) => `data:image/jpeg;base64,${picture.jpeg}`;

const stem = (picture) => picture.name.replace(/\.png$/, '');

/** The view that a picture belongs to: 'contact_L1' for contact_L1.png and dates_L1_slices.png. */
export function viewOf(picture) {
  const id = stem(picture).match(/^(?:contact|dates)_([LR]\d+)(?:_[a-z]+)?$/)?.[1];
  return id ? `contact_${id}` : stem(picture).replace(/^dates_/, '');
}

/** The pictures of a view, the scene's first. */
export const picturesOf = (study, view) => study.pictures.filter((each) => viewOf(each) === view);

export function pictureFigure(picture) {
  return element(
    'figure',
    { 'data-picture': stem(picture) },
    element('img', { src: urlOf(picture), alt: picture.title }),
    element('figcaption', {}, picture.title),
  );
}

/** What is printed: the overview, and the pictures of every contact that probably touches. */
function printed(study) {
  const touching = study.contacts.filter((each) => each.touches);
  const views = ['overview', ...touching.map(({ id }) => `contact_${id}`)];
  return views.flatMap((view) => picturesOf(study, view));
}

function pictureButton(study, store, picture) {
  const view = viewOf(picture);
  const contact = study.contacts.find(({ id }) => view === `contact_${id}`);
  const choose = () => store.set({ view, ...(contact ? { contact: contact.id } : {}) });
  return element(
    'button',
    { type: 'button', 'data-show-picture': view, 'aria-pressed': 'false', onclick: choose },
    picture.title,
  );
}

/** The first picture of each view; the others are shown with it. */
function leading(study) {
  const views = study.pictures.map(viewOf);
  return study.pictures.filter((_, n) => views.indexOf(views[n]) === n);
}

export function createPictures(study, store) {
  const panel = document.getElementById('pictures-panel');
  if (study.pictures.length === 0) {
    panel.append(element('p', {}, 'No pictures were drawn.'));
    return;
  }
  const shown = element('div', { class: 'figures screen' });
  const buttons = leading(study).map((each) => pictureButton(study, store, each));
  const left_out = study.pictures_left_out;
  panel.append(
    element('div', { class: 'bar screen', role: 'group', 'aria-label': 'Pictures' }, buttons),
    shown,
    element('div', { class: 'figures print' }, printed(study).map(pictureFigure)),
  );
  if (left_out.length) {
    panel.append(element('p', {}, `In the folder pictures/ alone: ${left_out.join(', ')}.`));
  }
  const update = (state) => {
    shown.replaceChildren(...picturesOf(study, state.view).map(pictureFigure));
    for (const button of buttons) {
      button.setAttribute('aria-pressed', String(button.dataset.showPicture === state.view));
    }
  };
  update(store.get());
  store.listen((state, changed) => {
    if (changed.has('view')) update(state);
  });
}
