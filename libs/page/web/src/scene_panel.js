// The view in three dimensions with its buttons; without WebGL the picture of the same view.

import { cameraOf } from './camera.js';
import { element, millimetres } from './dom.js';
import { contactButton } from './findings.js';
import { listenToHands } from './gestures.js';
import { Overlay } from './overlay.js';
import { pictureFigure, pictureOf } from './pictures.js';
import { canDraw, Stage } from './stage.js';

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

/** Kinds of which this study has nothing are not offered. */
function togglesOf(study) {
  const kinds = new Set(study.parts.map((part) => part.kind));
  const painted = study.parts.some((part) => part.vertex_colors !== null);
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
  const shown = element('div', { id: 'scene', class: 'still' });
  const why = 'This browser cannot draw in three dimensions (no WebGL 2): pictures instead.';
  panel.append(element('p', { class: 'small' }, why), presetBar(study, store), shown);
  const update = ({ view }) => {
    const picture = pictureOf(study, view);
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
    this.target = element('div', {
      id: 'scene',
      tabindex: 0,
      role: 'application',
      'aria-label':
        'View in three dimensions. Arrow keys turn, with Shift they move, plus and minus magnify.',
    });
    this.drawing = element('div', { class: 'drawing' });
    this.target.append(this.drawing);
    panel.append(
      presetBar(study, store),
      this.target,
      toggleBar(study, (key, on) => this.toggle(key, on)),
      this.legend(),
    );
    this.stage = new Stage(this.drawing, study.parts);
    this.overlay = new Overlay(study, this.target, show);
    listenToHands(this.target, (change) => this.look(change(this.camera)));
    new ResizeObserver(() => this.resize()).observe(this.target);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.request());
    this.goTo(store.get().view);
    store.listen((state, changed) => {
      if (changed.has('view') || changed.has('again')) this.goTo(state.view);
    });
  }

  legend() {
    const painted = this.study.parts.some((part) => part.vertex_colors !== null);
    return element(
      'p',
      { class: 'small legend' },
      painted ? element('span', { class: 'gap-bar', 'aria-hidden': 'true' }) : null,
      painted ? 'gap from the facial nerve to the nearest vessel, 0 to 3 mm or more. ' : null,
      'Drag or arrow keys turn, Shift moves, wheel or + and − magnify.',
    );
  }

  aspect() {
    return Math.max(this.target.clientWidth, 1) / Math.max(this.target.clientHeight, 1);
  }

  goTo(name) {
    this.view = this.study.views.find((each) => each.name === name) ?? this.view;
    markView(this.panel, name);
    this.dress();
    this.look(cameraOf(this.view, this.aspect()));
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
    this.stage.dress(this.view, shows, {
      cutOpen: !this.hidden.has('cut'),
      paintByGap: !this.hidden.has('gap'),
    });
    this.target.dataset.view = this.view.name;
    this.target.dataset.hidden = [...this.hidden].sort().join(' ');
  }

  look(camera) {
    this.camera = camera;
    this.target.dataset.camera = JSON.stringify(camera);
    this.request();
  }

  resize() {
    const dense = Math.min(devicePixelRatio || 1, 2);
    const { clientWidth: width, clientHeight: height } = this.target;
    if (width === 0 || height === 0) return;
    this.stage.resize(Math.round(width * dense), Math.round(height * dense));
    this.request();
  }

  /** Draws before the next repaint, once for any number of changes. */
  request() {
    if (this.requested) return;
    this.requested = requestAnimationFrame(() => {
      this.requested = 0;
      this.draw();
    });
  }

  draw() {
    const style = getComputedStyle(this.target).backgroundColor.match(/[\d.]+/g) ?? [255, 255, 255];
    this.stage.draw(this.camera, style.slice(0, 3).map((each) => each / 255));
    const { clientWidth: width, clientHeight: height } = this.target;
    this.overlay.place(this.camera, width, height, !this.hidden.has('numbers'));
    this.target.dataset.drawn = String(Number(this.target.dataset.drawn ?? 0) + 1);
  }
}

function contactBar(study, show) {
  const buttons = study.contacts.map(({ id, contact_probability }) =>
    contactButton({ id, touches: (contact_probability ?? 0) >= 0.5 }, show),
  );
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
  if (study.parts.length === 0 || study.views.length === 0) {
    panel.append(element('p', {}, 'Nothing was found that could be drawn.'));
    return;
  }
  if (!canDraw()) {
    createFallback(study, store, panel);
    return;
  }
  new ScenePanel(study, store, panel, show);
}
