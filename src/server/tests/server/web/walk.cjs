// Signs in, looks at the weakest repetition, comments on it, changes the plan; with the keyboard where it matters.
// node walk.cjs ADDRESS NAME PASSWORD DIGITS CHROMIUM [FOLDER FOR PICTURES]
const { chromium } = require("playwright-core");
const fs = require("fs");
const [address, name, password, digits, program, pictures] = process.argv.slice(2);
const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const check = (holds, what) => { if (!holds) throw new Error(what); };

async function look(page, what) {
  // Of the page as it is, beside its own policy: axe is brought in from outside.
  const found = await page.evaluate(`${axe}; axe.run(document, { resultTypes: ["violations"] })`);
  const bad = found.violations.filter((one) => ["serious", "critical"].includes(one.impact));
  const told = bad.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(" | ")}`).join("\n");
  check(bad.length === 0, `${what}: ${told}`);
  console.log(`${what}: ${found.violations.length} findings of axe-core, none serious`);
}

async function picture(page, what) {
  if (!pictures) return;
  for (const language of ["en", "ko"]) {
    const url = new URL(page.url());
    url.searchParams.set("lang", language);
    url.hash = "";
    await page.goto(url.href);
    const film = page.locator("[data-ready]");
    if (await page.locator("[data-parts]").count()) {
      await film.waitFor();
      await page.locator('[data-film="scrub"]').fill("5.5");
      await page.waitForTimeout(300);
    }
    await look(page, `${what}, ${language}`);
    await page.screenshot({ path: `${pictures}/${what}-${language}.jpg`, type: "jpeg", quality: 60, fullPage: true });
  }
  const url = new URL(page.url());
  url.searchParams.set("lang", "en");
  await page.goto(url.href);
}

(async () => {
  const args = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist",
    "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"];
  const browser = await chromium.launch({ executablePath: program, args });
  const context = await browser.newContext({ ignoreHTTPSErrors: true, locale: "en-GB", viewport: { width: 1280, height: 800 }, permissions: ["microphone"] });
  const page = await context.newPage();
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  page.on("pageerror", (error) => { throw error; });
  page.on("console", (said) => { if (said.type() === "error" && /policy/i.test(said.text())) throw new Error(said.text()); });

  await page.goto(`${address}/`);
  check(page.url().endsWith("/sign-in"), "not signed in yet");
  await picture(page, "sign-in");
  await look(page, "sign-in");
  // Without a mouse: the skip link, then the form.
  await page.keyboard.press("Tab");
  check(await page.evaluate(() => document.activeElement.className) === "skip", "the skip link comes first");
  await page.getByLabel("Name").focus();
  await page.keyboard.type(name);
  await page.keyboard.press("Tab");
  await page.keyboard.type(password);
  await page.keyboard.press("Tab");
  await page.keyboard.type(digits);
  await page.keyboard.press("Enter");
  await page.waitForURL(`${address}/`);
  await picture(page, "board");
  await look(page, "board");

  await page.locator("main a[href^='/patient/']").first().click();
  await picture(page, "patient");
  await look(page, "patient");
  const patient = page.url().split("?")[0];

  const begun = Date.now();
  await page.getByRole("link", { name: "Look at it" }).first().click();
  await page.locator("[data-ready]").waitFor();
  console.log(`film ready after ${Date.now() - begun} ms from the press`);
  await picture(page, "session");
  await look(page, "session");
  // Scrubbing with the keyboard.
  await page.locator("[data-ready]").waitFor();
  const scrub = page.locator('[data-film="scrub"]');
  await scrub.focus();
  for (let i = 0; i < 20; i++) await page.keyboard.press("ArrowRight");
  const at = Number(await scrub.inputValue());
  check(at > 0.9 && at < 1.2, `twenty steps: ${at}`);
  const drawn = async () => (await page.locator("canvas").screenshot()).toString("base64");
  const before = await drawn();
  await page.locator("canvas").focus();
  for (let i = 0; i < 5; i++) await page.keyboard.press("ArrowLeft");
  await page.waitForTimeout(400);
  check(await drawn() !== before, "the view turns");
  // The weakest repetition, shown in the film.
  await page.getByRole("link", { name: "To the weakest repetition" }).click();
  check(page.url().endsWith("#rep-2"), page.url());
  await page.locator("#rep-2 [data-seek]").click();
  await page.waitForTimeout(500);
  const time = Number(await scrub.inputValue());
  check(time >= 4 && time < 9, `the film shows it: ${time}`);
  await page.locator('[data-film="play"]').click();

  await page.getByLabel("Comment", { exact: true }).fill("Go deeper here");
  await page.getByRole("button", { name: "Send the comment" }).click();
  await page.waitForURL(/#comments$/);
  check(await page.getByText("Go deeper here").count() === 1, "the comment stands there");
  await look(page, "session with a comment");

  // Lines in the film: one with the keyboard, one with the pen.
  await page.locator("[data-ready]").waitFor();
  await scrub.fill("5.5");
  await page.getByLabel("At which joint").selectOption("left knee");
  await page.getByRole("button", { name: "Circle the joint" }).press("Enter");
  await page.getByText("Lines drawn: 1").waitFor();
  await page.getByRole("button", { name: "Draw in the film" }).click();
  const { x, y, width, height } = await page.locator("canvas").boundingBox();
  await page.mouse.move(x + width * 0.3, y + height * 0.5);
  await page.mouse.down();
  for (let i = 1; i <= 10; i++) await page.mouse.move(x + width * (0.3 + i / 100), y + height * (0.5 + i / 200));
  await page.mouse.up();
  await page.getByText("Lines drawn: 2").waitFor();
  await page.getByLabel("Comment", { exact: true }).fill("Keep your knee over your foot");
  if (pictures) await page.locator(".film").screenshot({ path: `${pictures}/drawing.jpg`, type: "jpeg", quality: 70 });
  await page.getByRole("button", { name: "Send the comment" }).click();
  await page.waitForURL(/#comments$/);
  check(await page.getByText("Drawing, 2 lines").count() === 1, "the drawing stands there");
  await page.locator("[data-ready]").waitFor();
  const without = await drawn();
  await page.locator("[data-lines]").getByRole("link", { name: "Show" }).click();
  await page.waitForTimeout(500);
  const at2 = Number(await scrub.inputValue());
  check(Math.abs(at2 - 5.5) < 0.06, `the film stands at the drawing: ${at2}`);
  check(await drawn() !== without, "and shows it");

  // A voice, recorded, heard and sent.
  await page.getByRole("button", { name: "Record", exact: true }).click();
  await page.getByRole("button", { name: "Stop", exact: true }).waitFor();
  await page.waitForTimeout(1500);
  await page.getByRole("button", { name: "Stop", exact: true }).click();
  await page.getByRole("button", { name: "Send what I said" }).click();
  await page.locator(".said audio").waitFor();
  await look(page, "session with a drawing and a voice");
  const heard = await page.locator(".said audio").evaluate(async (audio) => {
    await audio.play();
    await new Promise((done) => setTimeout(done, 700));
    return audio.currentTime;
  });
  check(heard > 0.2, `the voice is heard: ${heard}`);
  await picture(page, "annotated");

  // Beside another day.
  await page.getByLabel("Beside it").selectOption({ index: 1 });
  await page.getByRole("checkbox").check();
  await page.getByRole("button", { name: "Compare" }).click();
  await page.getByRole("heading", { name: "The mean repetition" }).waitFor();
  await page.locator("[data-ready]").waitFor();
  await page.getByLabel("View", { exact: true }).selectOption("from the left side");
  await look(page, "compared");
  await picture(page, "compared");

  await page.goto(patient);
  await page.getByRole("link", { name: "Change the plan" }).click();
  await picture(page, "plan");
  await look(page, "plan");
  await page.locator("#sets-0").fill("2");
  await page.getByLabel("Why").fill("It goes well");
  await page.getByRole("button", { name: "Save the plan" }).click();
  await page.waitForURL(patient);
  check(await page.getByText("2 sets of 3").count() === 1, "the plan stands there");

  await page.goto(`${address}/log`);
  await picture(page, "log");
  await look(page, "log");
  const elsewhere = asked.filter((url) => !url.replace(/^blob:/, "").startsWith(address));
  check(elsewhere.length === 0, `asked elsewhere: ${elsewhere}`);
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL(/sign-in/);
  await browser.close();
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
