// The room in which bodies are drawn.
import {
  Color, CylinderGeometry, DirectionalLight, GridHelper, HemisphereLight, InstancedMesh, Matrix4, MeshLambertMaterial,
  PerspectiveCamera, Quaternion, Scene, SphereGeometry, Vector3, WebGLRenderer,
} from "three";

const LEFT = new Color(0xffb066), RIGHT = new Color(0x7cc4ff), MIDDLE = new Color(0xdfe7ec), OTHER = new Color(0x79c99a);
const GROUND = new Color(0x101820);
/** Thickness, metres. */
const BONE = 0.024, JOINT = 0.034, HEAD = 0.095;
/** How far from each other two stand. */
const APART = 0.62;
/** Where the camera stands: radians around and up, metres away. */
const VIEWS = { front: [0, 0.1], left: [Math.PI / 2, 0.1], right: [-Math.PI / 2, 0.1] };
const AWAY = 3.4, MIDDLE_HEIGHT = 0.85;
const UP = new Vector3(0, 1, 0);

/** One body of cylinders and spheres. */
export class Figure {
  constructor(scene, body, colour) {
    this.body = body;
    this.seen = { xyz: new Float32Array(3 * 33), unsure: 0 };
    this.colour = colour;
    this.scene = scene;
    this.offset = new Vector3();
    /** Turned around the vertical by this. */
    this.yaw = 0;
    this.matrix = new Matrix4();
    this.turned = new Quaternion();
  }
  /** Its parts are made when the first part of the film says what there is. */
  make() {
    const many = (geometry, n) => {
      const mesh = new InstancedMesh(geometry, new MeshLambertMaterial({ color: 0xffffff }), n);
      mesh.frustumCulled = false;
      this.scene.add(mesh);
      return mesh;
    };
    this.bones = many(new CylinderGeometry(BONE, BONE, 1, 10), this.body.bones.length);
    this.joints = many(new SphereGeometry(1, 14, 10), this.body.points.length);
    this.ears = ["left_ear", "right_ear"].map((name) => this.body.point(name));
    this.nose = this.body.point("nose");
  }
  at(i, into) { return into.fromArray(this.seen.xyz, 3 * i).applyAxisAngle(UP, this.yaw).add(this.offset); }
  /** The head stands between the ears. */
  head(into) { return this.at(this.ears[0], into).add(this.at(this.ears[1], new Vector3())).multiplyScalar(0.5); }
  colourOf(...points) {
    const base = this.colour ?? (() => {
      const side = (name) => points.every((i) => this.body.points[i].startsWith(name));
      return side("left") ? LEFT : side("right") ? RIGHT : MIDDLE;
    })();
    const hidden = points.some((i) => (this.seen.unsure >>> i) & 1);
    return hidden ? base.clone().lerp(GROUND, 0.6) : base;
  }
  draw(time) {
    if (!this.bones && this.body.parts.length) this.make();
    if (!this.bones) return;
    const shown = time !== null && this.body.read(time, this.seen);
    this.bones.visible = this.joints.visible = shown;
    if (!shown) return;
    const [from, to, middle, scale] = [new Vector3(), new Vector3(), new Vector3(), new Vector3()];
    this.body.bones.forEach(([a, b], n) => {
      this.at(a, from); this.at(b, to);
      middle.addVectors(from, to).multiplyScalar(0.5);
      to.sub(from);
      const length = to.length();
      this.turned.setFromUnitVectors(UP, length > 0.001 ? to.divideScalar(length) : UP);
      this.bones.setMatrixAt(n, this.matrix.compose(middle, this.turned, scale.set(1, Math.max(length, 0.001), 1)));
      this.bones.setColorAt(n, this.colourOf(a, b));
    });
    this.body.points.forEach((_, i) => {
      const head = i === this.nose && this.ears[0] >= 0 && this.ears[1] >= 0;
      const size = head ? HEAD : JOINT;
      const place = head ? this.head(middle) : this.at(i, middle);
      this.joints.setMatrixAt(i, this.matrix.compose(place, this.turned.identity(), scale.set(size, size, size)));
      this.joints.setColorAt(i, this.colourOf(i));
    });
    for (const mesh of [this.bones, this.joints]) {
      mesh.instanceMatrix.needsUpdate = true;
      if (mesh.instanceColor) mesh.instanceColor.needsUpdate = true;
    }
  }
}

export class Stage {
  constructor(canvas, body, other) {
    this.canvas = canvas;
    // Before there is a context: each change of size waits for all that the browser is drawing.
    [canvas.width, canvas.height] = this.size;
    this.renderer = new WebGLRenderer({ canvas, antialias: true });
    // To ask the driver about each shader makes the page wait for it.
    this.renderer.debug.checkShaderErrors = false;
    this.scene = new Scene();
    this.scene.background = GROUND;
    this.camera = new PerspectiveCamera(40, 1, 0.05, 50);
    this.scene.add(new HemisphereLight(0xffffff, 0x40505c, 2.2));
    const sun = new DirectionalLight(0xffffff, 1.6);
    sun.position.set(1.5, 3, 2.5);
    this.scene.add(sun, new GridHelper(6, 12, 0x3c4d5a, 0x26333d));
    this.figure = new Figure(this.scene, body, null);
    this.other = other && new Figure(this.scene, other, OTHER);
    this.view("front");
  }
  /** A named view; `free` keeps what there is. */
  view(name) {
    if (VIEWS[name]) [this.turn, this.rise] = VIEWS[name];
    if (VIEWS[name] || !this.away) this.away = AWAY;
  }
  look(turn, rise) {
    this.turn += turn;
    this.rise = Math.min(1.5, Math.max(-0.4, this.rise + rise));
  }
  zoom(by) { this.away = Math.min(8, Math.max(1, this.away * by)); }
  /** To the right of the picture. */
  get right() { return new Vector3(Math.cos(this.turn), 0, -Math.sin(this.turn)); }
  /** Pixels across and down. */
  get size() {
    const ratio = Math.min(window.devicePixelRatio, 2);
    return [this.canvas.clientWidth, this.canvas.clientHeight].map((side) => Math.floor(side * ratio));
  }
  place() {
    const [width, height] = this.size;
    if (this.canvas.width !== width || this.canvas.height !== height) this.renderer.setSize(width, height, false);
    this.camera.aspect = width / Math.max(1, height);
    this.camera.updateProjectionMatrix();
    const flat = Math.cos(this.rise) * this.away;
    this.camera.position.set(Math.sin(this.turn) * flat, MIDDLE_HEIGHT + Math.sin(this.rise) * this.away, Math.cos(this.turn) * flat);
    this.camera.lookAt(0, MIDDLE_HEIGHT, 0);
    this.camera.updateMatrixWorld();
  }
  /** The other one stands as this one does. */
  align() { if (this.other) this.other.yaw = this.figure.body.facing - this.other.body.facing; }
  draw(time, otherTime) {
    this.place();
    const aside = this.other ? this.right.multiplyScalar(APART) : new Vector3();
    this.figure.offset.copy(aside).negate();
    this.figure.draw(time);
    this.other?.offset.copy(aside);
    this.other?.draw(otherTime);
    this.before?.();
    this.renderer.render(this.scene, this.camera);
  }
}
