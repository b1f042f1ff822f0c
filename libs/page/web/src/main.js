// The page's start: reads the study out of the document and fills the sections.

import { decodeMesh, decodeVolume } from './decode.js';
import { createFindings } from './findings.js';
import { createPictures } from './pictures.js';
import { createScenePanel } from './scene_panel.js';
import { createSlicesPanel } from './slices_panel.js';
import { createStore } from './store.js';
import { fillWords } from './words.js';

function readStudy() {
  const data = JSON.parse(document.getElementById('data').textContent);
  return {
    ...data,
    parts: data.scene.parts.map((part) => ({ ...part, mesh: decodeMesh(part.mesh) })),
    volumes: data.scene.volumes.map(decodeVolume),
    views: data.scene.views,
    contacts: data.assessment.sides.flatMap((side) =>
      side.contacts.map((contact) => ({ ...contact, side: side.side })),
    ),
  };
}

/** Where slices begin: at the likeliest contact, else on a nerve. */
function firstContact(study) {
  const placed = study.contacts.filter((each) => each.nerve_point_lps_mm);
  const likelihood = (contact) => contact.contact_probability ?? -1;
  return placed.sort((a, b) => likelihood(b) - likelihood(a))[0] ?? null;
}

function firstPoint(study) {
  for (const { nerve } of study.assessment.sides) {
    const line = nerve.centerline_lps_mm;
    const point = nerve.landmarks.detachment_point ?? line[Math.floor(line.length / 2)];
    if (point) return point;
  }
  return [0, 0, 0];
}

function initialState(study) {
  const contact = firstContact(study);
  const point = contact ? contact.nerve_point_lps_mm : firstPoint(study);
  return {
    contact: null, // the chosen contact's id
    view: study.views[0]?.name ?? null, // the chosen view's name
    point, // of the cross-hair
    center: point, // of the slices' fields
  };
}

/** Chooses a contact: every part of the page goes there. */
function showContact(study, store, id) {
  const contact = study.contacts.find((each) => each.id === id);
  const point = contact?.nerve_point_lps_mm;
  const view = study.views.find((each) => each.contact === id);
  const place = point ? { point, center: point } : {};
  store.set({ contact: id, ...place, ...(view ? { view: view.name } : {}) });
}

const study = readStudy();
const store = createStore(initialState(study));
const show = (id) => showContact(study, store, id);
fillWords(study);
createFindings(study, store, show);
createPictures(study, store);
createScenePanel(study, store, show);
createSlicesPanel(study, store);
