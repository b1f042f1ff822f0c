// The pictures that analyze drew, and the sentence on the chosen contact.

import { element } from './dom.js';

/** The URL of a picture's bytes. */
const urlOf = (picture) => `data:image/jpeg;base64,${picture.jpeg}`;

const stem = (picture) => picture.name.replace(/\.png$/, '');

/** The picture called `name` (without .png), or undefined. */
export const pictureOf = (study, name) => study.pictures.find((each) => stem(each) === name);

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
  const touching = study.contacts.filter((each) => (each.contact_probability ?? 0) >= 0.5);
  const names = touching.flatMap(({ id }) => [`contact_${id}`, `contact_${id}_slices`]);
  return ['overview', ...names].map((name) => pictureOf(study, name)).filter(Boolean);
}

/** The pictures that belong to what is chosen. */
function chosenPictures(study, { contact, view }) {
  const close = contact && view === `contact_${contact}` ? [view, `${view}_slices`] : [view];
  return close.map((name) => pictureOf(study, name)).filter(Boolean);
}

function pictureButton(study, store, picture) {
  const name = stem(picture);
  const contact = study.contacts.find(
    ({ id }) => name === `contact_${id}` || name === `contact_${id}_slices`,
  );
  if (contact && name.endsWith('_slices')) return null; // shown with the close-up
  const choose = () => store.set({ view: name, ...(contact ? { contact: contact.id } : {}) });
  return element(
    'button',
    { type: 'button', 'data-show-picture': name, 'aria-pressed': 'false', onclick: choose },
    picture.title,
  );
}

export function createPictures(study, store) {
  const panel = document.getElementById('pictures-panel');
  if (study.pictures.length === 0) {
    panel.append(element('p', {}, 'No pictures were drawn.'));
    return;
  }
  const shown = element('div', { class: 'figures screen' });
  const buttons = study.pictures.map((each) => pictureButton(study, store, each)).filter(Boolean);
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
    shown.replaceChildren(...chosenPictures(study, state).map(pictureFigure));
    for (const button of buttons) {
      button.setAttribute('aria-pressed', String(button.dataset.showPicture === state.view));
    }
  };
  update(store.get());
  store.listen((state, changed) => {
    if (changed.has('view') || changed.has('contact')) update(state);
  });
}
