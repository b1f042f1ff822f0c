// The view in three dimensions with its buttons, every date's beside the others with one camera;
// without WebGL the picture of the same view.

import { cameraOf } from './camera.js';
import { element, millimetres } from './dom.js';
import { contactButton } from './findings.js';
import { pictureFigure, picturesOf } from './pictures.js';
import { SceneField } from './scene_field.js';
import { canDraw } from './stage.js';

const TOGGLES = [
  ['facial_nerve', 'facial nerve'],
  ['gap', 'painted by gap'],
  ['other_nerve', 'other nerves'],
  ['artery', 'arteries'],
  ['vein', 'veins'],
  ['unknown_vessel', 'uncertain vessels'],
  ['brain', 'brainstem'],
  ['canal', 'canal'],
  ['labyrinth', 'labyrinth'],
  ['pad', 'pad'],
  ['cut', 'cut open'],
  ['numbers', 'numbers'],
];

const EAR_KINDS = new Set(['canal', 'labyrinth']);

const partsOf = (study) => study.dates.flatMap((date) => date.parts);
const isPainted = (study) => partsOf(study).some((part) => part.vertex_colors !== null);

/** Kinds of which this study has nothing are not offered. */
function togglesOf(study) {
  const kinds = new Set(partsOf(study).map((part) => part.kind));
  const painted = isPainted(study);
  const always = { gap: painted, cut: true, numbers: study.contacts.length > 0 };
  return TOGGLES.filter(([key]) => always[key] ?? kinds.has(key));
}

function presetBar(study, store) {
  const button = (view) =>
    element(
      'button',
      {
        type: 'button',
        'data-view': view.name,
        'aria-pressed': 'false',
        onclick: () => store.set({ view: view.name, again: {} }),
      },
      view.title,
    );
  const views = study.views.filter((view) => view.contact === null);
  return element('div', { class: 'bar', role: 'group', 'aria-label': 'Views' }, views.map(button));
}

function toggleBar(study, change) {
  const box = ([key, label]) => {
    const input = element('input', { type: 'checkbox', 'data-toggle': key, checked: true });
    input.addEventListener('change', () => change(key, input.checked));
    return element('label', {}, input, label);
  };
  return element(
    'div',
    { class: 'bar toggles', role: 'group', 'aria-label': 'What is shown' },
    togglesOf(study).map(box),
  );
}

function markView(panel, name) {
  for (const button of panel.querySelectorAll('button[data-view]')) {
    button.setAttribute('aria-pressed', String(button.dataset.view === name));
  }
}

/** In place of the scene: the picture of the chosen view. */
function createFallback(study, store, panel) {
  const shown = element('div', { id: 'scene', class: 'scene still' });
  const why = 'This browser cannot draw in three dimensions (no WebGL 2): pictures instead.';
  panel.append(element('p', { class: 'small' }, why), presetBar(study, store), shown);
  const update = ({ view }) => {
    const [picture] = picturesOf(study, view);
    shown.dataset.view = view;
    const nothing = () => element('p', {}, 'There is no picture of this view.');
    shown.replaceChildren(picture ? pictureFigure(picture) : nothing());
    markView(panel, view);
  };
  update(store.get());
  store.listen((state, changed) => changed.has('view') && update(state));
}

class ScenePanel {
  constructor(study, store, panel, show) {
    this.study = study;
    this.panel = panel;
    this.hidden = new Set();
    const change = (by) => this.look(by(this.camera));
    this.fields = study.dates.map(
      (date, n) => new SceneField(date, n === 0 ? 'scene' : `scene-${n + 1}`, show, change),
    );
    panel.append(
      presetBar(study, store),
      element('div', { class: 'scenes' }, this.fields.map((field) => field.element)),
      toggleBar(study, (key, on) => this.toggle(key, on)),
      this.legend(),
    );
    const observer = new ResizeObserver(() => this.resize());
    for (const { target } of this.fields) observer.observe(target);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.request());
    this.goTo(store.get().view);
    store.listen((state, changed) => {
      if (changed.has('view') || changed.has('again')) this.goTo(state.view);
    });
  }

  legend() {
    const painted = isPainted(this.study);
    const linked = this.fields.length > 1 ? ' All dates move together.' : '';
    return element(
      'p',
      { class: 'small legend' },
      painted ? element('span', { class: 'gap-bar', 'aria-hidden': 'true' }) : null,
      painted ? 'gap from the facial nerve to the nearest vessel, 0 to 3 mm or more. ' : null,
      `Drag or arrow keys turn, Shift moves, wheel or + and − magnify.${linked}`,
    );
  }

  goTo(name) {
    this.view = this.study.views.find((each) => each.name === name) ?? this.view;
    markView(this.panel, name);
    this.dress();
    this.look(cameraOf(this.view, this.fields[0].aspect()));
  }

  toggle(key, on) {
    if (on) this.hidden.delete(key);
    else this.hidden.add(key);
    this.dress();
    this.request();
  }

  dress() {
    const shows = (part) =>
      !this.hidden.has(part.kind) && (this.view.ears || !EAR_KINDS.has(part.kind));
    for (const { stage, target } of this.fields) {
      stage.dress(this.view, shows, {
        cutOpen: !this.hidden.has('cut'),
        paintByGap: !this.hidden.has('gap'),
      });
      target.dataset.view = this.view.name;
      target.dataset.hidden = [...this.hidden].sort().join(' ');
    }
  }

  look(camera) {
    this.camera = camera;
    for (const { target } of this.fields) target.dataset.camera = JSON.stringify(camera);
    this.request();
  }

  resize() {
    for (const field of this.fields) field.resize();
    this.request();
  }

  /** Draws before the next repaint, once for any number of changes. */
  request() {
    if (this.requested) return;
    this.requested = requestAnimationFrame(() => {
      this.requested = 0;
      for (const field of this.fields) field.draw(this.camera, !this.hidden.has('numbers'));
    });
  }
}

function contactBar(study, show) {
  const buttons = study.contacts.map((each) => contactButton(each, show));
  const label = { class: 'bar', role: 'group', 'aria-label': 'Contacts' };
  return element('div', label, buttons.length ? 'Contacts' : 'No contacts.', buttons);
}

/** What is chosen, in the report's own sentence. */
function tellChosen(study, store, show) {
  const shown = document.getElementById('shown');
  shown.before(contactBar(study, show));
  const sentences = Object.fromEntries(
    study.text.sides.flatMap((side) =>
      side.contacts.map((text) => [text.match(/^([LR]\d+): /)?.[1], text]),
    ),
  );
  const invitation = study.contacts.length ? 'Choose a contact by its number. ' : '';
  const update = ({ contact, point }) => {
    const place = point.map((x) => millimetres(x)).join(', ');
    shown.textContent = contact
      ? sentences[contact] ?? `Contact ${contact}`
      : `${invitation}Slices are at ${place} (L, P, S).`;
  };
  update(store.get());
  store.listen((state, changed) => changed.has('contact') && update(state));
}

export function createScenePanel(study, store, show) {
  const panel = document.getElementById('scene-panel');
  tellChosen(study, store, show);
  if (partsOf(study).length === 0 || study.views.length === 0) {
    panel.append(element('p', {}, 'Nothing was found that could be drawn.'));
    return;
  }
  if (!canDraw()) {
    createFallback(study, store, panel);
    return;
  }
  new ScenePanel(study, store, panel, show);
}
