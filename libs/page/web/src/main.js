// The page's start: reads the study out of the document and fills the sections.

import { comparedSideElement } from './compared_findings.js';
import { createFindings, sideElement } from './findings.js';
import { modelOf } from './model.js';
import { createPictures } from './pictures.js';
import { createScenePanel } from './scene_panel.js';
import { createSlicesPanel } from './slices_panel.js';
import { createStore } from './store.js';
import { fillWords } from './words.js';

/** Where slices begin: at the likeliest contact, else on a nerve. */
function firstPoint(study) {
  const placed = study.contacts.filter((each) => each.point);
  return placed.sort((a, b) => b.likelihood - a.likelihood)[0]?.point ?? study.start;
}

function initialState(study) {
  const point = firstPoint(study);
  return {
    contact: null, // the chosen contact's id
    view: study.views[0]?.name ?? null, // the chosen view's name
    point, // of the cross-hair
    center: point, // of the slices' fields
  };
}

/** Chooses a contact: every part of the page goes there. */
function showContact(study, store, id) {
  const point = study.contacts.find((each) => each.id === id)?.point;
  const view = study.views.find((each) => each.contact === id);
  const place = point ? { point, center: point } : {};
  store.set({ contact: id, ...place, ...(view ? { view: view.name, again: {} } : {}) });
}

const study = modelOf(JSON.parse(document.getElementById('data').textContent));
const store = createStore(initialState(study));
const show = (id) => showContact(study, store, id);
document.body.classList.add(study.kind);
fillWords(study);
createFindings(study, store, study.kind === 'comparison' ? comparedSideElement : sideElement, show);
createPictures(study, store);
createScenePanel(study, store, show);
createSlicesPanel(study, store);
