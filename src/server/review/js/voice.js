// A spoken note: recorded here, heard before it is sent, pinned to the film's moment.
const FORMS = ["audio/webm;codecs=opus", "audio/ogg;codecs=opus"];
const MOST_S = 60, BITS = 16000;

export function voice(root, now) {
  const form = FORMS.find((form) => window.MediaRecorder?.isTypeSupported(form));
  if (!root || !form || !navigator.mediaDevices) return;
  const [go, time, heard, send, drop, told] = ["go", "time", "heard", "send", "drop", "told"].map((name) => root.querySelector(`[data-record="${name}"]`));
  let recorder = null, sound = null, at = 0, clock = 0;
  root.hidden = false;

  const show = () => {
    const has = Boolean(sound);
    for (const part of [heard, send, drop]) part.hidden = !has;
    go.hidden = has;
    go.textContent = recorder ? go.dataset.stop : go.dataset.start;
    if (heard.src) URL.revokeObjectURL(heard.src);
    if (has) heard.src = URL.createObjectURL(sound); else heard.removeAttribute("src");
    time.textContent = "";
  };
  const record = async () => {
    told.textContent = "";
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      told.textContent = told.dataset.refused;
      return;
    }
    at = now();
    const parts = [], begun = performance.now();
    recorder = new MediaRecorder(stream, { mimeType: form, audioBitsPerSecond: BITS });
    recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
    recorder.addEventListener("stop", () => {
      clearInterval(clock);
      stream.getTracks().forEach((track) => track.stop());
      recorder = null;
      sound = new Blob(parts, { type: form });
      show();
      send.focus();
    });
    clock = setInterval(() => {
      const seconds = (performance.now() - begun) / 1000;
      time.textContent = `${Math.floor(seconds)} / ${MOST_S} s`;
      if (seconds >= MOST_S && recorder?.state === "recording") recorder.stop();
    }, 250);
    recorder.start();
    show();
  };
  go.addEventListener("click", () => { if (recorder) recorder.stop(); else record(); });
  drop.addEventListener("click", () => { sound = null; show(); go.focus(); });
  send.addEventListener("click", async () => {
    send.disabled = true;
    const joint = document.querySelector("[data-joint]")?.value ?? "";
    const where = new URLSearchParams({ once: root.dataset.once, time: at.toFixed(2), joint });
    const headers = { "x-baro-form": root.dataset.form, "content-type": form };
    const answer = sound.size <= Number(root.dataset.most)
      ? await fetch(`${root.dataset.voice}?${where}`, { method: "POST", headers, body: sound }).catch(() => null) : null;
    send.disabled = false;
    if (!answer?.ok) {
      told.textContent = told.dataset.failed;
      return;
    }
    location.hash = "comments";
    location.reload();
  });
}
