// Lines in the space of the film: drawn by whoever looks, and those that were drawn before.
import { CatmullRomCurve3, Mesh, MeshBasicMaterial, Plane, Raycaster, SphereGeometry, TubeGeometry, Vector2, Vector3 } from "three";

/** As docs/protocol.md bounds a drawing. */
const STROKES = 16, POINTS = 64;
/** Metres: between two points of a line at least, the line's thickness, a circle's radius, a joint's mark. */
const APART = 0.012, THICK = 0.009, CIRCLE = 0.13, MARK = 0.05;
const INK = new MeshBasicMaterial({ color: 0xffe14d });
/** What is pinned to a moment is shown around it, seconds. */
const AROUND = 1;

const parse = (text) => text.split(";").map((line) => line.split(",").map((point) => new Vector3(...point.split(" ").map((mm) => Number(mm) / 1000))));
const written = (strokes) => strokes.map((line) => line.map((point) => point.toArray().map((m) => Math.round(m * 1000)).join(" ")).join(",")).join(";");

/** A line as something to be seen. */
function tube(line) {
  const points = line.length > 1 ? line : [line[0], line[0].clone().add(new Vector3(0.001, 0, 0))];
  return new Mesh(new TubeGeometry(new CatmullRomCurve3(points), Math.max(2, points.length * 2), THICK, 6), INK);
}

export class Pen {
  strokes = [];
  meshes = [];
  drawing = false;
  line = null;
  constructor(stage, changed) {
    Object.assign(this, { stage, changed });
    this.form = document.querySelector("[data-annotate]");
    if (!this.form) return;
    const find = (name) => this.form.querySelector(`[data-pen="${name}"]`);
    [this.button, this.circler, this.undoer, this.told] = ["draw", "circle", "undo", "told"].map(find);
    this.joint = this.form.querySelector("[data-joint]");
    this.field = this.form.querySelector("[data-strokes]");
    this.form.querySelector("[data-pens]").hidden = false;
    this.button.addEventListener("click", () => this.toggle());
    this.circler.addEventListener("click", () => this.circle());
    this.undoer.addEventListener("click", () => { this.strokes.pop(); this.show(); });
    this.joint.addEventListener("change", this.changed);
    // Below the film while somebody draws: back to the words that go with the lines.
    this.done = document.querySelector('[data-film="drawn"]');
    this.done.querySelector("button").addEventListener("click", () => {
      this.toggle();
      this.form.querySelector("textarea").focus();
    });
    const canvas = stage.canvas;
    canvas.addEventListener("pointerdown", (event) => this.begin(event));
    canvas.addEventListener("pointermove", (event) => this.go(event));
    for (const name of ["pointerup", "pointercancel"]) canvas.addEventListener(name, () => this.end());
    // What others drew before: shown around its moment.
    this.pinned = [...document.querySelectorAll("[data-pinned]")].map(({ dataset }) => {
      const meshes = dataset.lines ? parse(dataset.lines).map(tube) : [];
      const mark = dataset.point ? new Mesh(new SphereGeometry(MARK, 14, 10), INK) : null;
      const all = [...meshes, ...(mark ? [mark] : [])];
      all.forEach((mesh) => { mesh.visible = false; stage.scene.add(mesh); });
      return { time: Number(dataset.pinned), point: dataset.point, meshes, mark };
    });
  }
  toggle() {
    this.drawing = !this.drawing;
    this.button.setAttribute("aria-pressed", String(this.drawing));
    this.stage.canvas.parentElement.classList.toggle("drawing", this.drawing);
    this.done.hidden = !this.drawing;
    if (this.drawing) this.stage.canvas.scrollIntoView({ block: "center" });
    this.changed();
  }
  /** The chosen joint's name in the film. */
  get point() { return this.joint?.selectedOptions[0]?.dataset.point; }
  /** Where a joint is in the film's own space; null where nobody is. */
  place(name) {
    const { figure } = this.stage, i = figure.body.point(name);
    return i < 0 || !figure.bones?.visible ? null : new Vector3().fromArray(figure.seen.xyz, 3 * i);
  }
  ray(event) {
    const { left, top, width, height } = this.stage.canvas.getBoundingClientRect();
    const at = new Vector2(((event.clientX - left) / width) * 2 - 1, 1 - ((event.clientY - top) / height) * 2);
    const caster = new Raycaster();
    caster.setFromCamera(at, this.stage.camera);
    return caster.ray;
  }
  /** Where a press is, at the depth of the joint. */
  spot(event) {
    const anchor = this.place(this.point);
    if (!anchor) return null;
    anchor.add(this.stage.figure.offset);
    const facing = this.stage.camera.getWorldDirection(new Vector3());
    const hit = this.ray(event).intersectPlane(new Plane().setFromNormalAndCoplanarPoint(facing, anchor), new Vector3());
    return hit?.sub(this.stage.figure.offset) ?? null;
  }
  begin(event) {
    if (!this.drawing || this.strokes.length >= STROKES) return;
    if (!this.point) this.pick(event);
    const at = this.spot(event);
    if (!at) return;
    this.stage.canvas.setPointerCapture(event.pointerId);
    this.line = [at];
    this.strokes.push(this.line);
    this.show();
  }
  /** The joint that is nearest to the press. */
  pick(event) {
    const ray = this.ray(event);
    const far = (option) => {
      const place = this.place(option.dataset.point);
      return place ? ray.distanceToPoint(place.add(this.stage.figure.offset)) : Infinity;
    };
    const options = [...this.joint.options].filter((option) => option.dataset.point);
    this.joint.value = options.reduce((best, option) => (far(option) < far(best) ? option : best)).value;
  }
  go(event) {
    const at = this.line && this.spot(event);
    if (!at || at.distanceTo(this.line[this.line.length - 1]) < APART) return;
    this.line.push(at);
    // A long line keeps its way and every second point.
    if (this.line.length > POINTS) this.line.splice(0, this.line.length, ...this.line.filter((_, i) => i % 2 === 0));
    this.show();
  }
  end() { this.line = null; }
  circle() {
    if (!this.point) this.joint.value = [...this.joint.options].find((option) => option.dataset.point).value;
    const centre = this.place(this.point);
    if (!centre || this.strokes.length >= STROKES) return;
    const right = this.stage.right, up = new Vector3().setFromMatrixColumn(this.stage.camera.matrixWorld, 1);
    const point = (i) => centre.clone().addScaledVector(right, CIRCLE * Math.cos(i)).addScaledVector(up, CIRCLE * Math.sin(i));
    this.strokes.push(Array.from({ length: 33 }, (_, i) => point((i / 32) * 2 * Math.PI)));
    this.show();
  }
  show() {
    this.field.value = written(this.strokes);
    this.undoer.disabled = this.strokes.length === 0;
    this.told.textContent = this.strokes.length ? `${this.told.dataset.one} ${this.strokes.length}` : "";
    for (const mesh of this.meshes) { this.stage.scene.remove(mesh); mesh.geometry.dispose(); }
    this.meshes = this.strokes.map(tube);
    this.meshes.forEach((mesh) => this.stage.scene.add(mesh));
    this.changed();
  }
  /** Before each picture, when the bodies are in their places. */
  draw(time) {
    const { offset } = this.stage.figure;
    this.meshes.forEach((mesh) => mesh.position.copy(offset));
    for (const { time: at, point, meshes, mark } of this.pinned ?? []) {
      const near = Math.abs(time - at) <= AROUND;
      meshes.forEach((mesh) => { mesh.visible = near; mesh.position.copy(offset); });
      const place = near && mark ? this.place(point) : null;
      if (mark) mark.visible = Boolean(place) && meshes.length === 0;
      if (place) mark.position.copy(place).add(offset);
    }
  }
}
