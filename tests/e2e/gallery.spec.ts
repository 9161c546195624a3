import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { findBrowser } from '#lib/start/find-browser.ts';
import { serveGallery } from '../gallery/serve.ts';

test.use({ launchOptions: { executablePath: findBrowser() ?? '', args: ['--no-sandbox', '--disable-gpu'] } });

let gallery: Awaited<ReturnType<typeof serveGallery>>;
test.beforeAll(async () => { gallery = await serveGallery(); });
test.afterAll(() => gallery.close());

for (const colorScheme of ['light', 'dark'] as const) {
  test(`each state in ${colorScheme} fits 320, 360 and 560 px and has no accessibility violation`, async ({ browser }) => {
    test.setTimeout(180_000);
    const context = await browser.newContext({ colorScheme, reducedMotion: 'reduce', viewport: { width: 360, height: 700 } });
    const page = await context.newPage();
    await page.goto(gallery.url);
    const names = await page.locator('a').allTextContents();
    expect(names.length).toBeGreaterThan(20);
    for (const name of names) {
      await page.goto(`${gallery.url}?state=${name}`);
      await page.locator('main').waitFor();
      // The popup has a width of its own.
      for (const width of name.startsWith('popup') || colorScheme === 'dark' ? [360] : [320, 560, 360]) {
        await page.setViewportSize({ width, height: 700 });
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect.soft(over, `${name} at ${width} px scrolls sideways`).toBeLessThanOrEqual(0);
        if (process.env['GALLERY_SHOTS']) await page.screenshot({ path: `${process.env['GALLERY_SHOTS']}/${name}-${width}-${colorScheme}.png` });
      }
      // Colours are judged when they stand still: a row that comes under the pointer, or styles that were just put in, are on their way.
      await page.evaluate(async () => {
        await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
        await Promise.all(document.getAnimations().map((one) => one.finished));
      });
      // Only colours differ in the dark.
      const axe = new AxeBuilder({ page });
      const rules = colorScheme === 'dark' ? axe.withRules(['color-contrast']) : axe.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']);
      const { violations } = await rules.analyze();
      expect.soft(violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' | ')}`), name).toEqual([]);
    }
    await context.close();
  });
}
