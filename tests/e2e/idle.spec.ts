import { expect, test } from '@playwright/test';
import { MINUTE, SECOND } from '#lib/base/time.ts';
import { startTestCompanion, until, type TestCompanion } from '../support/companion.ts';
import { applied, startQuietAgent } from '../support/quiet-agent.ts';
import type { QuietBrowser } from '../support/quiet-browser.ts';
import { demoBot } from '../support/visitor.ts';
import { askForPerson } from '../support/visitor-socket.ts';

const alerts = (companion: TestCompanion): number => new Set(applied(companion).flatMap((one) => one.alerted)).size;

/** Escalates and waits until the worker says that it alerted: from outside, no debugger anywhere. */
async function isAlerted(companion: TestCompanion, bot: string, text: string, withinMs: number): Promise<void> {
  const before = alerts(companion);
  await askForPerson(companion.url, bot, text);
  await until(`alerted: ${text}`, () => alerts(companion) > before, withinMs).catch((error: unknown) => {
    throw new Error(`${String(error)}\n${companion.log().slice(-3_000)}`);
  });
  expect(applied(companion).findLast((one) => one.alerted.length > 0)?.badge).toMatch(/^\d+$/);
}

test.describe('no debugger attached, side panel closed', () => {
  test.describe.configure({ timeout: 6 * MINUTE });
  let companion: TestCompanion;
  let browser: QuietBrowser;
  test.beforeEach(async () => {
    companion = await startTestCompanion({ DEMO: '1' });
    browser = await startQuietAgent(companion);
  });
  test.afterEach(async () => {
    await browser.dispose();
    await companion.close();
  });

  test('an escalation reaches badge and notification; again after the worker was idle for 3 minutes', async () => {
    const bot = await demoBot(companion.url);
    await isAlerted(companion, bot, 'first', 10 * SECOND);
    const idleUntil = Date.now() + 3 * MINUTE;
    await until('3 idle minutes', () => Date.now() > idleUntil, 4 * MINUTE);
    await isAlerted(companion, bot, 'after three idle minutes', MINUTE);
  });

  test('an escalation is not missed after the companion was down for a minute', async () => {
    const bot = await demoBot(companion.url);
    await companion.kill();
    const downUntil = Date.now() + MINUTE;
    await until('a minute without companion', () => Date.now() > downUntil, 2 * MINUTE);
    await companion.start();
    await isAlerted(companion, bot, 'after the companion was down', 90 * SECOND);
  });
});
