// A therapist's morning: signs in, finds who needs help and the weakest repetition, comments on it, changes the plan and makes an appointment.
// node morning.cjs ADDRESS NAME PASSWORD DIGITS CHROMIUM [FOLDER FOR PICTURES]
const { chromium } = require("playwright-core");
const fs = require("fs");
const [address, name, password, digits, program, pictures] = process.argv.slice(2);
const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const check = (holds, what) => { if (!holds) throw new Error(what); };

async function look(page, what) {
  // Of the page as it is, beside its own policy: axe is brought in from outside.
  const found = await page.evaluate(`${axe}; axe.run(document, { resultTypes: ["violations"] })`);
  const told = found.violations.map((one) => `${one.id} (${one.impact}): ${one.nodes.map((node) => node.html).join(" | ")}`);
  check(told.length === 0, `${what}: ${told.join("\n")}`);
  console.log(`${what}: no finding of axe-core`);
}

async function picture(page, what) {
  if (pictures) await page.screenshot({ path: `${pictures}/${what}.jpg`, type: "jpeg", quality: 60, fullPage: true });
}

// Of a page that an address leads to, in both languages; English stays.
async function both(page, what) {
  for (const language of ["ko", "en"]) {
    const url = new URL(page.url());
    url.searchParams.set("lang", language);
    url.hash = "";
    await page.goto(url.href);
    await look(page, `${what}, ${language}`);
    await picture(page, `${what}-${language}`);
  }
}

async function signIn(page) {
  await page.goto(`${address}/sign-in`);
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Password").fill(password);
  await page.getByLabel("Six digits").fill(digits);
  await page.keyboard.press("Enter");
  await page.waitForURL(`${address}/`);
}

async function comment(page) {
  await page.getByRole("link", { name: "Look at it" }).first().click();
  await page.getByRole("link", { name: "To the weakest repetition" }).click();
  check(/#rep-\d+$/.test(page.url()), page.url());
  const when = await page.locator(`${new URL(page.url()).hash} [data-seek]`).first().getAttribute("data-seek");
  await page.locator("#time").fill((Number(when) + 1).toFixed(1));
  await page.getByLabel("Comment", { exact: true }).fill("Go deeper here");
  await page.getByRole("button", { name: "Send the comment" }).click();
  await page.waitForURL(/#comments$/);
  check(await page.getByText("Go deeper here").count() === 1, "the comment stands there");
}

async function plan(page, patient) {
  await page.goto(`${patient}/plan`);
  await both(page, "plan");
  const numbers = (id) => page.locator(`#${id}`);
  const press = (button) => page.getByRole("button", { name: button, exact: true }).click();
  await numbers("sets-0").fill("2");
  // With the keyboard: an exercise is chosen, added, and stands there with the keyboard on it.
  await page.locator("#new").focus();
  await page.keyboard.type("Wall sit");
  await page.keyboard.press("Tab");
  check(await page.evaluate(() => document.activeElement.value) === "add", "the button comes after the list");
  await page.keyboard.press("Enter");
  await page.locator("#row-1").waitFor();
  // The new exercise has the keyboard, as soon as the page is there.
  await page.waitForFunction(() => document.activeElement.id === "row-1");
  check(await numbers("sets-0").inputValue() === "2", "what was typed is there");
  await press("Up: Wall sit");
  await page.locator("#up-1").waitFor();
  await numbers("sets-0").fill("99");
  await page.getByLabel("Why").fill("Your knee bends further");
  await press("Save the plan");
  await page.getByRole("alert").waitFor();
  check(await page.getByText("Please write a number from 1 to 10").count() > 0, "it says what is wrong");
  check(await numbers("sets-0").inputValue() === "99", "nothing is lost");
  await look(page, "a plan that is refused");
  await picture(page, "plan-refused-en");
  // Enter in a field saves nothing: it shows.
  await numbers("sets-0").fill("3");
  await numbers("sets-0").press("Enter");
  await page.getByRole("heading", { name: "As the patient sees it" }).waitFor();
  await look(page, "the plan as the patient sees it");
  await picture(page, "plan-preview-en");
  await page.locator("details.card summary", { hasText: "Templates" }).click();
  await page.getByLabel("Name of a new template").fill("Knees, gently");
  await press("Save these exercises as a template");
  await page.getByRole("status").waitFor();
  check(await page.getByLabel("Why").inputValue() === "Your knee bends further", "the reason is there still");
  await look(page, "a template");
  await press("Save the plan");
  await page.waitForURL(patient);
  check(await page.getByText("Wall sit: 3 sets").count() === 1, "the plan stands there");
  await page.getByRole("link", { name: "Versions of the plan" }).click();
  check(await page.getByText("Your knee bends further").count() === 1, "the version says why");
  await both(page, "plan-history");
}

async function appointment(page, patient) {
  await page.goto(`${patient}/appointments`);
  const make = page.locator("div.card form").first();
  await make.getByLabel("Day").fill("2098-12-03");
  await make.getByLabel("Time").fill("10:00");
  await make.getByLabel("Minutes").fill("45");
  await make.getByLabel("A live visit").check();
  await make.getByLabel("A word to the patient").fill("We look at the knee together.");
  await make.getByRole("button", { name: "Make the appointment" }).click();
  await page.getByText("3 Dec 2098, 10:00 to 10:45").waitFor();
  await page.locator("summary", { hasText: "Move or change" }).click();
  await page.locator("li.card").first().getByLabel("Time").fill("11:00");
  await page.getByRole("button", { name: "Save the change" }).click();
  await page.getByText("3 Dec 2098, 11:00 to 11:45").waitFor();
  await both(page, "appointments");
  const file = page.waitForEvent("download");
  await page.getByRole("link", { name: "For the calendar" }).click();
  const calendar = fs.readFileSync(await (await file).path(), "utf8");
  check(calendar.includes("SEQUENCE:1\r\n") && !calendar.includes("knee"), calendar);
  await page.goto(`${address}/calendar?of=2098-12-03`);
  check(await page.getByText("11:00 to 11:45").count() === 1, "the week has it");
  await both(page, "week");
}

(async () => {
  const args = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"];
  const browser = await chromium.launch({ executablePath: program, args });
  const context = await browser.newContext({ ignoreHTTPSErrors: true, locale: "en-GB", viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  page.on("console", (said) => { if (said.type() === "error" && /policy/i.test(said.text())) throw new Error(said.text()); });
  await signIn(page);
  check(await page.getByText("Pain before exercise is 6 of 10").count() === 1, "the board says who needs help and why");
  await page.locator("main a[href^='/patient/']").first().click();
  const patient = page.url();
  await both(page, "patient-plan");
  await comment(page);
  await plan(page, patient);
  await appointment(page, patient);
  const elsewhere = asked.filter((url) => !url.startsWith(address));
  check(elsewhere.length === 0, `asked elsewhere: ${elsewhere}`);
  await browser.close();
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
