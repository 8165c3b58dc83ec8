// The film of a session: a skeleton of lines in 3D. The page works without it; it adds to what the page says.
import {
  BufferAttribute, BufferGeometry, Color, DynamicDrawUsage, GridHelper, LineBasicMaterial, LineSegments, PerspectiveCamera,
  Points, PointsMaterial, Scene, WebGLRenderer,
} from "three";

// Pairs of landmarks (BlazePose-33): the person's left, their right, and what joins them.
const LEFT = [[11, 13], [13, 15], [15, 19], [23, 25], [25, 27], [27, 29], [29, 31], [27, 31], [11, 23]];
const RIGHT = [[12, 14], [14, 16], [16, 20], [24, 26], [26, 28], [28, 30], [30, 32], [28, 32], [12, 24]];
const MIDDLE = [[11, 12], [23, 24], [7, 8], [0, 7], [0, 8]];
const COLOURS = [[LEFT, 0xffb066], [RIGHT, 0x7cc4ff], [MIDDLE, 0xdfe7ec]];
const LANDMARKS = 33;
const FRAME_BYTES = 4 + LANDMARKS * 6;
const UNSEEN = -32768;
// Where the camera stands to begin with: in front, a little above; radians and metres.
const HOME = { turn: 0.35, rise: 0.15, away: 3.2 };
const STEP = 0.12;

/** Frames in the order of time, part by part as they come. */
class Film {
  times = [];
  parts = [];
  add(buffer) {
    const view = new DataView(buffer);
    for (let at = 0; at + FRAME_BYTES <= buffer.byteLength; at += FRAME_BYTES) {
      this.times.push(view.getFloat32(at, true));
      this.parts.push([view, at + 4]);
    }
  }
  get end() { return this.times.length ? this.times[this.times.length - 1] : 0; }
  get start() { return this.times.length ? this.times[0] : 0; }
  /** The last frame that is not after this time. */
  index(time) {
    let low = 0, high = this.times.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.times[middle] <= time) low = middle + 1; else high = middle;
    }
    return Math.max(0, low - 1);
  }
  /** Landmarks into metres, y up; false where nobody was seen. */
  read(index, into) {
    const part = this.parts[index];
    if (!part) return false;
    const [view, at] = part;
    if (view.getInt16(at, true) === UNSEEN) return false;
    for (let i = 0; i < LANDMARKS; i++) {
      into[3 * i] = view.getInt16(at + 6 * i, true) / 1000;
      into[3 * i + 1] = -view.getInt16(at + 6 * i + 2, true) / 1000;
      into[3 * i + 2] = -view.getInt16(at + 6 * i + 4, true) / 1000;
    }
    return true;
  }
}

class Stage {
  constructor(canvas) {
    this.canvas = canvas;
    this.renderer = new WebGLRenderer({ canvas, antialias: true });
    this.scene = new Scene();
    this.scene.background = new Color(0x101820);
    this.camera = new PerspectiveCamera(40, 1, 0.05, 50);
    this.landmarks = new Float32Array(3 * LANDMARKS);
    this.lines = COLOURS.map(([pairs, color]) => {
      const geometry = new BufferGeometry();
      const place = new BufferAttribute(new Float32Array(6 * pairs.length), 3).setUsage(DynamicDrawUsage);
      geometry.setAttribute("position", place);
      const lines = new LineSegments(geometry, new LineBasicMaterial({ color }));
      lines.frustumCulled = false;
      this.scene.add(lines);
      return [pairs, place, lines];
    });
    const dots = new BufferGeometry();
    this.dots = new BufferAttribute(this.landmarks, 3).setUsage(DynamicDrawUsage);
    dots.setAttribute("position", this.dots);
    this.points = new Points(dots, new PointsMaterial({ color: 0xffffff, size: 0.035 }));
    this.points.frustumCulled = false;
    this.scene.add(this.points);
    const floor = new GridHelper(4, 8, 0x3c4d5a, 0x26333d);
    floor.position.y = -0.95;
    this.scene.add(floor);
    this.home();
  }
  home() { Object.assign(this, HOME); }
  draw(film, time) {
    const seen = film.read(film.index(time), this.landmarks);
    for (const [pairs, place, lines] of this.lines) {
      lines.visible = seen;
      pairs.forEach(([a, b], i) => {
        for (let k = 0; k < 3; k++) {
          place.array[6 * i + k] = this.landmarks[3 * a + k];
          place.array[6 * i + 3 + k] = this.landmarks[3 * b + k];
        }
      });
      place.needsUpdate = true;
    }
    this.points.visible = seen;
    this.dots.needsUpdate = true;
    const { clientWidth: width, clientHeight: height } = this.canvas;
    const ratio = Math.min(window.devicePixelRatio, 2);
    if (this.canvas.width !== Math.floor(width * ratio) || this.canvas.height !== Math.floor(height * ratio)) {
      this.renderer.setPixelRatio(ratio);
      this.renderer.setSize(width, height, false);
    }
    this.camera.aspect = width / Math.max(1, height);
    this.camera.updateProjectionMatrix();
    const flat = Math.cos(this.rise) * this.away;
    this.camera.position.set(Math.sin(this.turn) * flat, Math.sin(this.rise) * this.away, Math.cos(this.turn) * flat);
    this.camera.lookAt(0, -0.05, 0);
    this.renderer.render(this.scene, this.camera);
  }
}

const clock = (seconds) => `${Math.floor(seconds / 60)}:${(seconds % 60).toFixed(1).padStart(4, "0")}`;

function start(root) {
  const part = (name) => root.querySelector(`[data-film="${name}"]`);
  const [canvas, play, scrub, speed, reset, shown] = ["canvas", "play", "scrub", "speed", "reset", "time"].map(part);
  const film = new Film();
  const stage = new Stage(canvas);
  let playing = false, time = 0, last = 0, dirty = true;
  root.hidden = false;
  document.querySelectorAll("[data-seek]").forEach((link) => { link.hidden = false; });

  const set = (to) => {
    time = Math.min(Math.max(to, film.start), film.end);
    scrub.value = time;
    shown.textContent = `${clock(time - film.start)} / ${clock(film.end - film.start)}`;
    scrub.setAttribute("aria-valuetext", shown.textContent);
    const field = document.querySelector("[data-film-time]");
    if (field && document.activeElement !== field) field.value = (time - film.start).toFixed(1);
    dirty = true;
  };
  const go = (on) => {
    playing = on && film.times.length > 0;
    if (playing && time >= film.end) set(film.start);
    play.textContent = playing ? play.dataset.pause : play.dataset.play;
    last = performance.now();
  };
  const tick = (now) => {
    if (playing) {
      set(time + ((now - last) / 1000) * Number(speed.value));
      if (time >= film.end && film.whole) go(false);
    }
    last = now;
    if (dirty) {
      stage.draw(film, time);
      dirty = false;
    }
    requestAnimationFrame(tick);
  };
  play.addEventListener("click", () => go(!playing));
  scrub.addEventListener("input", () => { go(false); set(Number(scrub.value)); });
  reset.addEventListener("click", () => { stage.home(); dirty = true; });
  canvas.addEventListener("keydown", (event) => {
    const turns = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, STEP], ArrowDown: [0, -STEP] };
    const zooms = { "+": 0.9, "=": 0.9, "-": 1.1 };
    if (turns[event.key]) look(...turns[event.key]);
    else if (zooms[event.key]) stage.away = Math.min(8, Math.max(1, stage.away * zooms[event.key]));
    else if (event.key === " ") go(!playing);
    else return;
    event.preventDefault();
    dirty = true;
  });
  const look = (turn, rise) => {
    stage.turn += turn;
    stage.rise = Math.min(1.5, Math.max(-1.2, stage.rise + rise));
    dirty = true;
  };
  canvas.addEventListener("pointermove", (event) => {
    if (event.buttons & 1) look(-event.movementX / 150, event.movementY / 150);
  });
  canvas.addEventListener("wheel", (event) => {
    stage.away = Math.min(8, Math.max(1, stage.away * (event.deltaY > 0 ? 1.08 : 0.92)));
    event.preventDefault();
    dirty = true;
  }, { passive: false });
  new ResizeObserver(() => { dirty = true; }).observe(canvas);
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-seek]");
    if (!link) return;
    set(Number(link.dataset.seek));
    go(true);
    canvas.scrollIntoView({ block: "center" });
    play.focus({ preventScroll: true });
    event.preventDefault();
  });

  // Each minute is a part of its own: the first is enough to begin.
  (async () => {
    for (let index = 0; index < Number(root.dataset.parts); index++) {
      const answer = await fetch(`${root.dataset.from}/${index}`);
      if (!answer.ok) break;
      film.add(await answer.arrayBuffer());
      scrub.min = film.start;
      scrub.max = film.end;
      scrub.disabled = false;
      if (index === 0) {
        set(film.start);
        root.dataset.ready = performance.now().toFixed(0);
      } else set(time);
    }
    film.whole = true;
  })();
  requestAnimationFrame(tick);
}

document.querySelectorAll("[data-parts]").forEach(start);
