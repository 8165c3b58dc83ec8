// A body over time, as docs/review.md describes it: points of a body at an even pace, part by part as they come.
const UNSEEN = -32768;

// What older browsers do takes ten times as long.
const bytes = (text) => Uint8Array.fromBase64?.(text) ?? Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const numbers = (text, Kind) => new Kind(bytes(text).buffer);

/** Pairs of numbers, as pages write moments: "1.00 2.50,3.00 4.20". */
export const moments = (text) => (text ? text.split(",").map((pair) => pair.split(" ").map(Number)) : []);

export class Body {
  parts = [];
  points = [];
  bones = [];
  /** Takes in the next part. */
  add(part) {
    this.points = part.points;
    this.bones = part.bones;
    this.parts.push({ ...part, xyz: numbers(part.xyz, Int16Array), unsure: numbers(part.unsure, Uint32Array) });
  }
  get start() { return this.parts.length ? this.parts[0].from_s : 0; }
  get end() {
    const last = this.parts[this.parts.length - 1];
    return last ? last.from_s + Math.max(0, last.frames - 1) / last.rate_hz : 0;
  }
  point(name) { return this.points.indexOf(name); }
  /** Which way the hips stand, radians around the vertical, over the first part; 0 where they lie. */
  get facing() {
    const [left, right, seen] = [3 * this.point("left_hip"), 3 * this.point("right_hip"), { xyz: [] }];
    let [x, z] = [0, 0];
    for (let i = 0; i < 40 && this.parts.length; i++) {
      const part = this.parts[0];
      if (!this.read(part.from_s + ((i / 40) * part.frames) / part.rate_hz, seen)) continue;
      x += seen.xyz[left] - seen.xyz[right];
      z += seen.xyz[left + 2] - seen.xyz[right + 2];
    }
    return Math.hypot(x, z) < 0.5 ? 0 : Math.atan2(-z, x);
  }
  /** Where every point is at a moment, metres, between two frames in a straight line; false where nobody was seen. */
  read(time, into) {
    const part = this.parts.findLast((one) => one.from_s <= time) ?? this.parts[0];
    if (!part || !part.frames) return false;
    const at = Math.min(Math.max(0, (time - part.from_s) * part.rate_hz), part.frames - 1);
    const [low, high, share] = [Math.floor(at), Math.ceil(at), at % 1];
    const size = 3 * this.points.length;
    const [a, b] = [low * size, high * size];
    if (part.xyz[a] === UNSEEN) return false;
    const next = part.xyz[b] === UNSEEN ? a : b;
    for (let i = 0; i < size; i++) into.xyz[i] = (part.xyz[a + i] * (1 - share) + part.xyz[next + i] * share) / 1000;
    into.unsure = part.unsure[low];
    return true;
  }
}

/** The moment of another body that belongs to one of this: at the same place of the repetition of the same number. */
export function together(time, mine, theirs, from, theirFrom) {
  if (!mine.length || !theirs.length) return theirFrom + time - from;
  let number = mine.findLastIndex(([start]) => start <= time);
  const [start, end] = mine[Math.max(0, number)];
  const share = number < 0 ? 0 : Math.min(1, (time - start) / Math.max(0.01, end - start));
  number = Math.max(0, number) % theirs.length;
  const [their, last] = theirs[number];
  return their + share * (last - their);
}
