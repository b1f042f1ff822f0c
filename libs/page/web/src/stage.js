// The scene drawn by vtk.js: surfaces with their colours, cut open as the view asks.

import '@kitware/vtk.js/Rendering/Profiles/Geometry';
import vtkDataArray from '@kitware/vtk.js/Common/Core/DataArray';
import vtkPlane from '@kitware/vtk.js/Common/DataModel/Plane';
import vtkPolyData from '@kitware/vtk.js/Common/DataModel/PolyData';
import vtkActor from '@kitware/vtk.js/Rendering/Core/Actor';
import vtkMapper from '@kitware/vtk.js/Rendering/Core/Mapper';
import vtkRenderer from '@kitware/vtk.js/Rendering/Core/Renderer';
import vtkRenderWindow from '@kitware/vtk.js/Rendering/Core/RenderWindow';
import vtkOpenGLRenderWindow from '@kitware/vtk.js/Rendering/OpenGL/RenderWindow';

import { bytesOf, normalsOf } from './decode.js';
import { add, scale } from './vector.js';

/** In front of anything in a head. */
const EYE_MM = 300;

/** Whether this browser can draw in three dimensions. */
export function canDraw() {
  try {
    return document.createElement('canvas').getContext('webgl2') !== null;
  } catch {
    return false;
  }
}

/** vtk.js's cells: the number of corners before each triangle's corners. */
function cellsOf(triangles) {
  const cells = new Uint32Array((triangles.length / 3) * 4);
  for (let t = 0; t < triangles.length / 3; ++t) {
    cells[4 * t] = 3;
    cells.set(triangles.subarray(3 * t, 3 * t + 3), 4 * t + 1);
  }
  return cells;
}

function polyDataOf(part) {
  const data = vtkPolyData.newInstance();
  data.getPoints().setData(part.mesh.points, 3);
  data.getPolys().setData(cellsOf(part.mesh.triangles));
  const values = normalsOf(part.mesh);
  data.getPointData().setNormals(vtkDataArray.newInstance({ numberOfComponents: 3, values }));
  if (part.vertex_colors) {
    const colors = bytesOf(part.vertex_colors);
    data.getPointData().setScalars(
      vtkDataArray.newInstance({ name: 'gap', numberOfComponents: 3, values: colors }),
    );
  }
  return data;
}

function propOf(part) {
  const mapper = vtkMapper.newInstance({ scalarVisibility: false });
  mapper.setInputData(polyDataOf(part));
  mapper.setColorModeToDirectScalars();
  const actor = vtkActor.newInstance();
  actor.setMapper(mapper);
  const look = actor.getProperty();
  look.setColor(...part.color.map((c) => c / 255));
  look.setOpacity(part.opacity);
  look.setAmbient(0.25);
  look.setDiffuse(0.75);
  look.setSpecular(0.12);
  look.setSpecularPower(20);
  return { part, actor, mapper };
}

/** Keeps what lies beyond `nearer` mm in front of the view's centre, or before it. */
function cut(mapper, view, nearer, keepNear) {
  const plane = vtkPlane.newInstance();
  plane.setOrigin(...add(view.center, scale(view.toward_viewer, nearer)));
  plane.setNormal(...scale(view.toward_viewer, keepNear ? 1 : -1));
  mapper.addClippingPlane(plane);
}

/** How see-through a part is in a view. */
function opacityIn(view, part) {
  if (part.kind === 'brain') return view.brain_opacity;
  if (part.kind === 'other_nerve') return view.other_nerves_opacity;
  return part.opacity;
}

export class Stage {
  constructor(container, parts) {
    this.window = vtkRenderWindow.newInstance();
    this.renderer = vtkRenderer.newInstance();
    this.window.addRenderer(this.renderer);
    this.gl = vtkOpenGLRenderWindow.newInstance();
    this.gl.setContainer(container);
    this.window.addView(this.gl);
    this.props = parts.map(propOf);
    for (const { actor } of this.props) this.renderer.addActor(actor);
  }

  /** `shows(part)` decides what is visible; `options` are {cutOpen, paintByGap}. */
  dress(view, shows, { cutOpen, paintByGap }) {
    for (const { part, actor, mapper } of this.props) {
      const opacity = opacityIn(view, part);
      actor.setVisibility(shows(part) && opacity > 0);
      actor.getProperty().setOpacity(opacity);
      mapper.setScalarVisibility(paintByGap && part.vertex_colors !== null);
      mapper.removeAllClippingPlanes();
      if (!cutOpen) continue;
      const near = part.kind === 'brain' ? view.brain_cut_mm ?? view.near_cut_mm : view.near_cut_mm;
      if (near !== null) cut(mapper, view, near, false);
      if (view.far_cut_mm !== null) cut(mapper, view, -view.far_cut_mm, true);
    }
  }

  resize(width, height) {
    this.gl.setSize(width, height);
  }

  /** Draws what `camera` sees on `background`, three shares of 1. */
  draw(camera, background) {
    const active = this.renderer.getActiveCamera();
    active.setParallelProjection(true);
    active.setFocalPoint(...camera.center);
    active.setPosition(...add(camera.center, scale(camera.toward, EYE_MM)));
    active.setViewUp(...camera.up);
    active.setParallelScale(camera.height / 2);
    active.setClippingRange(1, 2 * EYE_MM);
    this.renderer.setBackground(...background);
    this.window.render();
  }
}
