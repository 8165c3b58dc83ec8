// The film of a set: bodies in 3D. The page works without it; it adds to what the page says.
import { Body, moments, together } from "./body.js";
import { Pen } from "./pen.js";
import { Stage } from "./stage.js";
import { voice } from "./voice.js";

const STEP = 0.12;

const clock = (seconds) => `${Math.floor(seconds / 60)}:${(seconds % 60).toFixed(1).padStart(4, "0")}`;

/** Lines that stand at the film's moment in the drawings of the page. */
function playheads() {
  const all = [...document.querySelectorAll("[data-time]")].map((drawing) => {
    const [from, to, left, right] = drawing.dataset.time.split(" ").map(Number);
    return { line: drawing.querySelector("[data-playhead]"), from, to, left, right };
  });
  return (time) => all.forEach(({ line, from, to, left, right }) => {
    const x = left + (right - left) * Math.min(1, Math.max(0, (time - from) / (to - from)));
    line.setAttribute("x1", x);
    line.setAttribute("x2", x);
    line.setAttribute("visibility", "visible");
  });
}

/** The page comes in two parts: the film first, then the score with all that is shown beside it. */
const complete = new Promise((done) => {
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", done);
  else done();
});

/** A minute of a film. */
const ask = (from, index) => fetch(from.endsWith("/shown") ? from : `${from}/${index}`);

/** Each minute is a part of its own: the first, which was asked for already, is enough to begin. */
async function fetchAll(first, from, parts, body, came) {
  for (let index = 0; index < parts; index++) {
    const answer = await (index === 0 ? first : ask(from, index));
    if (!answer.ok) return;
    body.add(await answer.json());
    came(index);
  }
}

function start(root) {
  const part = (name) => root.querySelector(`[data-film="${name}"]`);
  const names = ["canvas", "play", "scrub", "speed", "camera", "reset", "time", "before", "after"];
  const [canvas, play, scrub, speed, camera, reset, shown, before, after] = names.map(part);
  const data = root.dataset;
  const body = new Body();
  const other = data.besideFrom ? new Body() : null;
  // They come while the stage is being built.
  const first = ask(data.from, 0), firstOther = other && ask(data.besideFrom, 0);
  root.hidden = false;
  const stage = new Stage(canvas, body, other);
  let playing = false, time = 0, last = 0, dirty = true, whole = false;
  let reps = [], otherReps = [], show = () => {}, pen = null;

  const set = (to) => {
    time = Math.min(Math.max(to, body.start), body.end);
    scrub.value = time;
    shown.textContent = `${clock(time - body.start)} / ${clock(body.end - body.start)}`;
    scrub.setAttribute("aria-valuetext", shown.textContent);
    document.querySelectorAll("[data-film-time]").forEach((field) => {
      if (document.activeElement !== field) field.value = (time - body.start).toFixed(1);
    });
    show(time);
    dirty = true;
  };
  const go = (on) => {
    playing = on && body.parts.length > 0;
    if (playing && time >= body.end) set(body.start);
    play.textContent = playing ? play.dataset.pause : play.dataset.play;
    last = performance.now();
  };
  const draw = () => {
    if (!dirty || !body.parts.length) return;
    dirty = false;
    stage.draw(time, other?.parts.length ? together(time, reps, otherReps, body.start, other.start) : null);
    data.ready ??= performance.now().toFixed(0);
  };
  const tick = (now) => {
    if (playing) {
      set(time + ((now - last) / 1000) * Number(speed.value));
      if (time >= body.end && whole) go(false);
    }
    last = now;
    draw();
    requestAnimationFrame(tick);
  };
  const look = (turn, rise) => {
    stage.look(turn, rise);
    camera.value = "free";
    dirty = true;
  };
  const zoom = (by) => { stage.zoom(by); dirty = true; };
  const view = () => { stage.view(camera.value); dirty = true; };
  const jump = (to) => { if (to) { go(false); set(to[0]); } };
  play.addEventListener("click", () => go(!playing));
  scrub.addEventListener("input", () => { go(false); set(Number(scrub.value)); });
  camera.addEventListener("change", view);
  reset.addEventListener("click", () => { camera.value = "front"; view(); });
  before.addEventListener("click", () => jump(reps.findLast(([from]) => from < time - 0.05) ?? reps[0]));
  after.addEventListener("click", () => jump(reps.find(([from]) => from > time + 0.05)));
  canvas.addEventListener("keydown", (event) => {
    const turns = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, STEP], ArrowDown: [0, -STEP] };
    const zooms = { "+": 0.9, "=": 0.9, "-": 1.1 };
    if (turns[event.key]) look(...turns[event.key]);
    else if (zooms[event.key]) zoom(zooms[event.key]);
    else if (event.key === " ") go(!playing);
    else return;
    event.preventDefault();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (event.buttons & 1 && !pen?.drawing) look(-event.movementX / 150, event.movementY / 150);
  });
  canvas.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && document.activeElement !== canvas) return;
    zoom(event.deltaY > 0 ? 1.08 : 0.92);
    event.preventDefault();
  }, { passive: false });
  new ResizeObserver(() => { dirty = true; }).observe(canvas);
  complete.then(() => {
    const told = document.querySelector("[data-reps]")?.dataset;
    [reps, otherReps] = [moments(told?.reps), moments(told?.besideReps)];
    show = playheads();
    pen = new Pen(stage, () => { go(false); dirty = true; });
    stage.before = () => pen.draw(time);
    voice(document.querySelector("[data-voice]"), () => time - body.start);
    document.querySelectorAll("a[data-seek]").forEach((link) => { link.hidden = false; });
    document.querySelectorAll("[data-film-take]").forEach((button) => {
      button.hidden = false;
      button.addEventListener("click", () => {
        document.getElementById(button.dataset.filmTake).value = (time - body.start).toFixed(1);
      });
    });
    if (body.parts.length) set(time);
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-seek]");
    if (!link) return;
    set(Number(link.dataset.seek));
    // The weakest repetition is gone to in the table, too.
    if (link.dataset.worst !== undefined) return;
    go(link.dataset.hold === undefined);
    canvas.scrollIntoView({ block: "center" });
    play.focus({ preventScroll: true });
    event.preventDefault();
  });

  fetchAll(first, data.from, Number(data.parts), body, (index) => {
    scrub.min = body.start;
    scrub.max = body.end;
    scrub.disabled = false;
    if (index === 0) stage.align();
    set(index === 0 ? body.start : time);
    // The page may still be busy with what comes after it.
    if (index === 0) draw();
  }).then(() => { whole = true; });
  if (other) fetchAll(firstOther, data.besideFrom, Number(data.besideParts), other, (index) => {
    if (index === 0) stage.align();
    dirty = true;
  });
  requestAnimationFrame(tick);
}

const films = document.querySelectorAll("[data-parts]");
films.forEach(start);
// A page that leads to films: the browser begins to draw in 3D now, which takes its time, and not when the first film is asked for.
if (films.length === 0) complete.then(() => new OffscreenCanvas(1, 1).getContext("webgl2")?.getExtension("WEBGL_lose_context")?.loseContext());
