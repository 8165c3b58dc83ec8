// Presses on a patient's newest set and prints how many milliseconds later its film shows the first picture.
// node film.cjs ADDRESS PATIENT COOKIE VALUE CHROMIUM
const { chromium } = require("playwright-core");
const [address, patient, name, value, program] = process.argv.slice(2);

(async () => {
  const args = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"];
  const browser = await chromium.launch({ executablePath: program, args });
  const context = await browser.newContext({ ignoreHTTPSErrors: true, locale: "en-GB" });
  await context.addCookies([{ name, value, url: address, secure: true, httpOnly: true, sameSite: "Strict" }]);
  const page = await context.newPage();
  await page.goto(`${address}${patient}`);
  const begun = Date.now();
  await page.getByRole("link", { name: "Look at it" }).first().click();
  await page.locator("[data-ready]").waitFor();
  console.log(Date.now() - begun);
  await browser.close();
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
