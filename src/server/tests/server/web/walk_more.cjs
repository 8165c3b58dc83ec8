// Report, questionnaires and administration, with axe-core on every page.
// node walk_more.cjs ADDRESS CHROMIUM FOLDER-FOR-PICTURES therapist|administrator NAME PASSWORD DIGITS
const { chromium } = require("playwright-core");
const fs = require("fs");
const [address, program, pictures, role, ...who] = process.argv.slice(2);
const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const check = (holds, what) => { if (!holds) throw new Error(what); };

async function look(page, what) {
  const found = await page.evaluate(`${axe}; axe.run(document, { resultTypes: ["violations"] })`);
  const told = found.violations.map((one) => `${one.id} (${one.impact}): ${one.nodes.map((node) => node.html).join(" | ")}`);
  check(told.length === 0, `${what}: ${told.join("\n")}`);
  console.log(`${what}: no finding of axe-core`);
}

async function shot(page, what) {
  if (pictures) await page.screenshot({ path: `${pictures}/${what}.jpg`, type: "jpeg", quality: 60, fullPage: true });
}

// A page that can be asked for again, in both languages.
async function picture(page, what) {
  for (const language of ["en", "ko"]) {
    const url = new URL(page.url());
    url.searchParams.set("lang", language);
    url.hash = "";
    await page.goto(url.href);
    await look(page, `${what}, ${language}`);
    await shot(page, `${what}-${language}`);
  }
  const url = new URL(page.url());
  url.searchParams.set("lang", "en");
  await page.goto(url.href);
}

async function enter(browser, asked, [name, password, digits]) {
  const context = await browser.newContext({ ignoreHTTPSErrors: true, locale: "en-GB", viewport: { width: 1280, height: 800 }, acceptDownloads: true });
  const page = await context.newPage();
  page.on("request", (request) => asked.push(request.url()));
  page.on("pageerror", (error) => { throw error; });
  page.on("console", (said) => { if (said.type() === "error" && /policy/i.test(said.text())) throw new Error(said.text()); });
  await page.goto(`${address}/sign-in`);
  await page.getByLabel("Name").focus();
  for (const typed of [name, password, digits]) {
    await page.keyboard.type(typed);
    await page.keyboard.press("Tab");
  }
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => !url.pathname.includes("sign-in"));
  return page;
}

async function therapist(page) {
  await page.locator("main a[href^='/patient/']").first().click();
  const patient = page.url().split("?")[0];
  await page.getByRole("link", { name: "Report for the record" }).click();
  await picture(page, "report");
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "PDF in English" }).click()]);
  const bytes = fs.readFileSync(await file.path());
  check(bytes.subarray(0, 5).toString() === "%PDF-" && file.suggestedFilename().endsWith(".pdf"), file.suggestedFilename());

  await page.goto(patient);
  await page.getByRole("link", { name: "Questionnaires" }).click();
  check(await page.getByText("Please talk with them now").count() === 1, "an answer asks for safety");
  await picture(page, "questionnaires");
  // With the keyboard alone.
  await page.getByRole("button", { name: "I have talked with them" }).focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/questionnaires$/);
  check(await page.getByText("Please talk with them now").count() === 0, "it is dealt with");
  await page.getByLabel("Questionnaire", { exact: true }).selectOption({ label: "Generalized Anxiety Disorder (GAD-7)" });
  await page.getByLabel("Again after so many days").fill("14");
  await page.getByRole("button", { name: "Ask for it" }).focus();
  await page.keyboard.press("Enter");
  await page.getByText("every 14 days").waitFor();
  await look(page, "asked");

  // A new exercise, from a recorded set and from where the film stands.
  await page.goto(patient);
  await page.locator("a[href*='/session/']").first().click();
  await page.getByRole("link", { name: "Teach a new exercise" }).click();
  await picture(page, "teach");
  await page.waitForSelector("[data-ready]");
  await page.getByRole("button", { name: "Take the film’s moment" }).first().click();
  check(await page.getByLabel("From", { exact: true }).inputValue() === "0.0", "the film's moment");
  await page.getByLabel("Name in English").focus();
  await page.keyboard.type("Slow squat");
  await page.keyboard.press("Tab");
  await page.keyboard.type("천천히 앉기");
  await page.getByLabel("Knee", { exact: true }).focus();
  await page.keyboard.press("Space");
  await page.getByRole("button", { name: "Teach it" }).focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/exercises\/slow-squat-/);
  await page.waitForSelector("[data-ready]");
  await picture(page, "taught");
  await page.getByRole("link", { name: "own exercises" }).click();
  await picture(page, "exercises");

  // In Korean, what only a press shows.
  await page.goto(`${patient}/plan?lang=ko`);
  await page.locator("button.quiet[value='look']").click();
  await page.locator("#previewed").waitFor();
  await look(page, "the plan as the patient sees it, ko");
  await shot(page, "plan-preview-ko");
  await page.locator("#sets-0").fill("99");
  await page.locator("#why").fill("무릎이 더 잘 굽혀져요");
  await page.locator("button[value='save']").click();
  await page.getByRole("alert").waitFor();
  await look(page, "a plan that is refused, ko");
  await shot(page, "plan-refused-ko");
  await page.goto(`${address}/?lang=en`);

  await page.goto(`${address}/thresholds`);
  await picture(page, "thresholds");
}

async function administrator(page) {
  check(page.url().endsWith("/administration"), page.url());
  await picture(page, "administration");
  await page.getByRole("button", { name: "Make a code" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("img", { name: "QR code" }).waitFor();
  await look(page, "invitation");
  await page.goto(`${address}/administration`);
  await page.getByLabel("As", { exact: true }).selectOption("therapist");
  await page.getByRole("button", { name: "Make a code" }).click();
  check(await page.getByRole("img", { name: "QR code" }).count() === 2, "device and authenticator");
  await look(page, "invitation of staff");

  await page.goto(`${address}/administration`);
  await page.locator("tr", { hasText: "patient" }).locator("a").first().click();
  await picture(page, "person");
  await page.getByRole("link", { name: "Erase everything of this person" }).click();
  await picture(page, "erase");
  const code = new URL(page.url()).pathname.split("/")[2].slice(0, 8);
  await page.getByLabel(`Type ${code} to go on`).fill(code);
  await page.getByRole("button", { name: "Go on" }).click();
  await page.getByText("be undone").waitFor();
  await look(page, "erase, sure");
  await page.getByRole("link", { name: "No, go back" }).click();
  check(/administration\/[0-9a-f]{32}$/.test(page.url()), page.url());
}

(async () => {
  const browser = await chromium.launch({ executablePath: program, args: ["--no-sandbox"] });
  const asked = [];
  await { therapist, administrator }[role](await enter(browser, asked, who));
  const elsewhere = asked.filter((url) => !url.startsWith(address));
  check(elsewhere.length === 0, `asked elsewhere: ${elsewhere}`);
  await browser.close();
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
