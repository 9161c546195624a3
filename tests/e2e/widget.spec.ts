import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Browser, type Page } from '@playwright/test';
import { runTool } from '#lib/start/build.ts';
import { startFakeCompanion, type FakeCompanion } from '../support/fake-companion.ts';
import { startHostPage, type HostPage } from '../support/host-page.ts';
import { launchVisitorBrowser, openChat } from '../support/visitor.ts';

const said = (kind: 'bot' | 'agent', text: string, more = {}) =>
  ({ kind: 'said', author: kind === 'bot' ? { kind, name: 'Shop assistant' } : { kind, id: 'a', name: 'Sarah', label: 'Sarah from Support' }, text, ...more });

let browser: Browser, companion: FakeCompanion, host: HostPage;
test.beforeAll(async () => {
  await runTool(['vite', 'build', '--config', 'lib/widget/vite.config.ts']);
  browser = await launchVisitorBrowser();
});
test.afterAll(async () => { await browser.close(); });
test.beforeEach(async () => {
  companion = await startFakeCompanion(join(import.meta.dirname, '../../.output/widget'));
  const socket = companion.url.replace('http', 'ws');
  host = await startHostPage(companion.url, `script-src ${companion.url}; connect-src ${companion.url} ${socket}; style-src 'self'; require-trusted-types-for 'script'`);
});
test.afterEach(async () => { await host.close(); await companion.close(); });

async function visit(scheme: 'light' | 'dark' = 'light', prepare?: (page: Page) => Promise<void>): Promise<Awaited<ReturnType<typeof openChat>>> {
  const context = await browser.newContext({ colorScheme: scheme, viewport: { width: 380, height: 680 } });
  const page = await context.newPage();
  const broken: string[] = [];
  page.on('console', (line) => { if (/Content Security|Trusted/i.test(line.text())) broken.push(line.text()); });
  await prepare?.(page);
  await page.goto(host.url('bot'));
  const visitor = await openChat(page);
  await expect(visitor.log).toContainText('How can I help?');
  expect(broken).toEqual([]);
  return visitor;
}

test('under a strict policy the chat opens with focus in the composer, and Escape gives it back to the launcher', async () => {
  const { page } = await visit();
  await expect(page.getByRole('textbox', { name: 'Your message' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Open chat' })).toBeFocused();
});

test('words survive a cut and a reload, once each and in order', async () => {
  const { page, log, say } = await visit();
  await say('one');
  await expect.poll(() => companion.messages.length).toBe(1);
  companion.cut();
  await say('two');
  await say('three');
  await page.reload();
  const again = await openChat(page);
  for (const text of ['one', 'two', 'three']) await expect(again.log.getByText(text, { exact: true })).toHaveCount(1);
  await expect.poll(() => companion.messages.map((message) => message.kind === 'said' && message.text)).toEqual(['one', 'two', 'three']);
  await expect(log).toBeVisible();
});

test('blocked storage leaves a working chat', async () => {
  const { log, say } = await visit('light', async (page) => void await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('blocked', 'SecurityError'); } });
  }));
  await say('hello');
  await expect(log.getByText('hello', { exact: true })).toHaveCount(1);
});

for (const scheme of ['light', 'dark'] as const) {
  test(`every state says what is so and has no axe violation, ${scheme}`, async () => {
    test.setTimeout(40_000);
    const { page, log, say, button } = await visit(scheme);
    const look = async (name: string): Promise<void> => {
      await page.screenshot({ path: `test-results/widget/${name}-${scheme}.png`, animations: 'disabled' });
      const found = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
      expect(found.violations.map(({ id, nodes }) => `${name}: ${id} ${nodes[0]?.html}`)).toEqual([]);
    };
    await say('Where is my tent? <b>bold</b>');
    companion.say(said('bot', 'Orders ship in two days: https://example.com/shipping.', { sources: [{ id: 'k', title: 'Shipping' }] }));
    await expect(log).toContainText('From: Shipping');
    await look('answer');
    await button('Helpful').click();
    await expect.poll(() => companion.received.some((frame) => frame.type === 'feedback')).toBe(true);
    companion.say(said('bot', "I'm not finding an answer.", { offer: { reason: 'miss', answer: null } }));
    await expect(button('Keep trying')).toBeVisible();
    await look('offer');
    await button('Yes, a person').click();
    await expect.poll(() => companion.received.some((frame) => frame.type === 'offer')).toBe(true);
    companion.conversation({ status: 'escalated', floor: 'team', waiting: { since: Date.now(), place: 2 } });
    await expect(button('Back to the assistant')).toBeVisible();
    await expect(button('Talk to a person')).toHaveCount(0);
    await look('waiting');
    companion.conversation({ waiting: { since: Date.now() - 200_000, place: 2 } });
    await expect(page.getByText('Everyone is busy.')).toBeVisible();
    await look('too-long');
    companion.conversation({ floor: 'bot', waiting: null, offline: true });
    await page.getByRole('textbox', { name: 'Your email' }).fill('ana@');
    await button('Leave email').click();
    await expect(page.getByRole('alert')).toContainText('email address');
    await look('bad-email');
    await page.getByRole('textbox', { name: 'Your email' }).fill('ana@example.com');
    await button('Leave email').click();
    companion.conversation({ email: 'ana@example.com' });
    await expect(page.getByText("We'll reply by email to ana@example.com")).toBeVisible();
    await look('thanks');
    companion.conversation({ floor: 'team', offline: false, agentLabel: 'Sarah from Support' });
    companion.say({ kind: 'happened', what: { type: 'joined', label: 'Sarah from Support' } });
    companion.say(said('agent', 'Hello, I will look.'));
    companion.send({ type: 'typing', by: 'agent', on: true });
    await expect(log).toContainText('Sarah from Support joined');
    await look('agent');
  });
}
