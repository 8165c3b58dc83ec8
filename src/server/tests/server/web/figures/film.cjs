// Presses on the newest set of each of these patients and prints how many milliseconds later its film shows the first picture: after the
// browser's start, then with a browser that has shown one.
// node film.cjs ADDRESS COOKIE VALUE CHROMIUM PATIENT…
const { chromium } = require("playwright-core");
const [address, name, value, program, ...patients] = process.argv.slice(2);

(async () => {
  const args = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"];
  const browser = await chromium.launch({ executablePath: program, args });
  const context = await browser.newContext({ ignoreHTTPSErrors: true, locale: "en-GB" });
  await context.addCookies([{ name, value, url: address, secure: true, httpOnly: true, sameSite: "Strict" }]);
  const page = await context.newPage();
  for (const patient of patients) {
    await page.goto(`${address}${patient}`);
    // Nobody presses sooner.
    await page.waitForTimeout(1000);
    await page.getByRole("link", { name: "Look at it" }).first().click();
    // The browser counts from the press.
    console.log(await page.locator("[data-ready]").getAttribute("data-ready"));
    await page.waitForLoadState("load");
  }
  await browser.close();
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
