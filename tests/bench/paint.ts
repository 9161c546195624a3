import type { BrowserContext, Page } from 'playwright';
import { againstFloor, percentile, type Figure } from './figure.ts';

const LOADS = 15;
/** The list the panel must show: one page of the inbox. */
const ROWS = 50;

/** First contentful paint in ms; when `rows` is given, the moment that many inbox rows are painted. */
async function paint(page: Page, url: string, rows: number): Promise<number> {
  await page.goto(url);
  return page.evaluate(async (wanted) => {
    const first = await new Promise<number>((resolve) => {
      new PerformanceObserver((list, observer) => {
        const entry = list.getEntries().find((one) => one.name === 'first-contentful-paint');
        if (!entry) return;
        observer.disconnect();
        resolve(entry.startTime);
      }).observe({ type: 'paint', buffered: true });
    });
    if (wanted === 0) return first;
    while (document.querySelectorAll('[data-conversation]').length < wanted) await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    return performance.now();
  }, rows);
}

/** Loads the pages in turn, so that a slow moment of the machine falls on all of them; medians. */
export async function paintFigures(context: BrowserContext, extensionId: string): Promise<Figure[]> {
  const page = await context.newPage();
  const at = (name: string): string => `chrome-extension://${extensionId}/${name}.html`;
  const taken = { empty: [] as number[], popup: [] as number[], panel: [] as number[], rows: [] as number[] };
  for (let i = -1; i < LOADS; i++) {
    const round = {
      empty: await paint(page, at('empty'), 0), popup: await paint(page, at('popup'), 0),
      panel: await paint(page, at('sidepanel'), 0), rows: await paint(page, at('inbox'), ROWS),
    };
    if (i < 0) continue; // the first round warms the caches
    for (const key of ['empty', 'popup', 'panel', 'rows'] as const) taken[key].push(round[key]);
  }
  await page.close();
  const median = (values: number[]): number => percentile(values, 50);
  return [
    againstFloor('popup first paint', median(taken.popup), median(taken.empty), 'ms', 'lower', 1.3),
    againstFloor('side panel first paint, 100,000 conversations cached', median(taken.panel), median(taken.empty), 'ms', 'lower', 1.5),
    againstFloor('inbox with 50 rows painted, 100,000 conversations cached', median(taken.rows), median(taken.empty), 'ms', 'lower', 1.5),
  ];
}
