import type { Page } from 'playwright';
import { atMost, percentile, type Figure } from './figure.ts';

const ROUNDS = 40;

/** When `text` was painted in the page, on the clock all pages of one machine share (ms since the epoch). */
function painted(page: Page, text: string): Promise<number> {
  return page.evaluate((wanted) => new Promise<number>((resolve) => {
    const roots = (): (Document | ShadowRoot)[] => [document, ...[...document.querySelectorAll('*')].flatMap((one) => one.shadowRoot ?? [])];
    const isThere = (): boolean => roots().some((root) => root.querySelector('[role=log]')?.textContent?.includes(wanted));
    const look = (): void => {
      if (isThere()) requestAnimationFrame(() => resolve(performance.timeOrigin + performance.now()));
      else requestAnimationFrame(look);
    };
    look();
  }), text);
}

/** Types into a box and presses Enter; when the key went down, same clock. */
async function enter(page: Page, box: ReturnType<Page['getByRole']>, text: string): Promise<number> {
  await box.fill(text);
  const pressed = page.evaluate(() => new Promise<number>((resolve) => {
    document.addEventListener('keydown', (event) => { if (event.key === 'Enter') resolve(performance.timeOrigin + performance.now()); }, { capture: true, once: true });
  }));
  // The listener is in place once the page has answered anything sent after it.
  await page.evaluate(() => 0);
  await box.press('Enter');
  return await pressed;
}

/** A visitor's Enter until it is painted in the real side panel, and an agent's until it is painted in the widget. */
export async function roundTripFigures(widget: Page, panel: Page): Promise<Figure[]> {
  const there: number[] = [];
  const back: number[] = [];
  const visitorBox = widget.getByRole('textbox', { name: /message/i });
  const agentBox = panel.getByRole('textbox', { name: /reply to/i });
  for (let i = 0; i < ROUNDS; i++) {
    const question = `question number ${i} of the bench`;
    const seenByAgent = painted(panel, question);
    const asked = await enter(widget, visitorBox, question);
    there.push(await seenByAgent - asked);
    const answer = `answer number ${i} of the bench`;
    const seenByVisitor = painted(widget, answer);
    const answered = await enter(panel, agentBox, answer);
    back.push(await seenByVisitor - answered);
  }
  return [
    atMost('visitor presses Enter -> painted in the side panel, p50', percentile(there, 50), 'ms', 100), atMost('visitor presses Enter -> painted in the side panel, p95', percentile(there, 95), 'ms', 100),
    atMost('agent presses Enter -> painted in the widget, p50', percentile(back, 50), 'ms', 100), atMost('agent presses Enter -> painted in the widget, p95', percentile(back, 95), 'ms', 100),
  ];
}
