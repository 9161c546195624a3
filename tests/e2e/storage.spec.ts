import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator, Page } from '@playwright/test';
import { EXTENSION } from '#lib/start/paths.ts';
import { expect, launchExtensionBrowser, test, type ExtensionBrowser } from '../support/browser.ts';
import { createProxy } from '../chaos/proxy.ts';
import { damage, DAMAGES } from '../support/storage-damage.ts';
import { demoBot, launchVisitorBrowser, openVisitor, type Visitor } from '../support/visitor.ts';

let visitors: Browser;
test.beforeAll(async () => { visitors = await launchVisitorBrowser(); });
test.afterAll(async () => { await visitors.close(); });

const box = (panel: Page): Locator => panel.getByRole('textbox', { name: /reply/i });
const reply = async (panel: Page, text: string): Promise<void> => {
  await box(panel).fill(text);
  await panel.getByRole('button', { name: 'Send reply' }).click();
};
/** A storage command of the DevTools protocol, on the extension's own origin. An override lasts while that session does: until the page closes. */
async function storage(browser: ExtensionBrowser, page: Page, command: 'overrideQuotaForOrigin' | 'clearDataForOrigin', more: object = {}): Promise<void> {
  const cdp = await browser.context.newCDPSession(page);
  const send = cdp.send.bind(cdp) as unknown as (method: string, params: object) => Promise<unknown>;
  await send(`Storage.${command}`, { origin: `chrome-extension://${browser.extensionId}`, ...more });
}

async function claimed(browser: ExtensionBrowser, visitor: Visitor): Promise<Page> {
  await visitor.say('I want to talk to a human please');
  const panel = await browser.openPage('sidepanel.html');
  await panel.getByText('I want to talk to a human please').first().click();
  await panel.getByRole('button', { name: 'Claim', exact: true }).click();
  await expect(visitor.log).toContainText('joined');
  return panel;
}
async function once(log: Locator, texts: string[]): Promise<void> {
  for (const text of texts) await expect(log.getByText(text)).toHaveCount(1, { timeout: 20_000 });
  const all = await log.innerText();
  const places = texts.map((text) => all.indexOf(text));
  expect(places).toEqual([...places].sort((a, b) => a - b));
}

test('the browser\'s database is cleared while replies wait to be sent: the agent is told, each arrives once, the inbox comes back', async ({ companion, hostPage, launch }) => {
  test.setTimeout(90_000);
  const network = await createProxy(() => companion.url);
  const agent = await launch();
  await agent.pairAs({ ...companion, url: network.url }, 'agent');
  const visitor = await openVisitor(visitors, hostPage.url(await demoBot(companion.url)));
  const panel = await claimed(agent, visitor);
  network.cut();
  const replies = ['kept reply one', 'kept reply two'];
  for (const text of replies) { await reply(panel, text); await expect(panel.getByRole('log')).toContainText(text); }
  await storage(agent, panel, 'clearDataForOrigin', { storageTypes: 'indexeddb' });
  const told = panel.getByText(/2 unsent replies were kept and are being sent/);
  // At once as a rule; at the latest when the worker dials again.
  await expect(told).toBeVisible({ timeout: 35_000 });
  network.restore();
  await once(visitor.log, replies);
  await expect(told).toContainText('to Visitor');
  await once(panel.getByRole('log'), replies);
  await panel.getByRole('button', { name: 'Dismiss' }).click();
  await expect(told).toHaveCount(0);
  await visitor.close();
  await network.close();
});

test('the database is cleared while nothing waits: everything comes back by itself, and nobody is alarmed', async ({ companion, hostPage, agent }) => {
  const visitor = await openVisitor(visitors, hostPage.url(await demoBot(companion.url)));
  const panel = await claimed(agent, visitor);
  await reply(panel, 'before the clearing');
  // The visitor may read it before we are told that it was taken; cleared in between, it would rightly count as unsent.
  for (const log of [visitor.log, panel.getByRole('log')]) await expect(log).toContainText('before the clearing');
  await expect(panel.getByText('Sending…')).toHaveCount(0);
  await storage(agent, panel, 'clearDataForOrigin', { storageTypes: 'indexeddb' });
  await visitor.say('and after it');
  // Found out with the next ping at the latest, every 20 s; until then the page shows what it had.
  for (const text of ['and after it', 'before the clearing']) await expect(panel.getByRole('log')).toContainText(text, { timeout: 35_000 });
  await expect(panel.getByText(/unsent repl/)).toHaveCount(0);
  await visitor.close();
});

/** The built extension without its permission to fill the disk: a quota stands for a disk that is full. */
function withoutUnlimitedStorage(): string {
  const folder = mkdtempSync(join(tmpdir(), 'baton-limited-'));
  cpSync(EXTENSION, folder, { recursive: true });
  const file = join(folder, 'manifest.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as { permissions: string[] };
  writeFileSync(file, JSON.stringify({ ...manifest, permissions: manifest.permissions.filter((one) => one !== 'unlimitedStorage') }));
  return folder;
}

/** Writes into another database of the same origin until not even a small row finds room. */
async function fill(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('filling', 1);
      request.onupgradeneeded = () => request.result.createObjectStore('junk', { autoIncrement: true });
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(new Error(String(request.error)));
    });
    const put = async (size: number): Promise<boolean> => await new Promise((resolve) => {
      const write = db.transaction('junk', 'readwrite');
      write.objectStore('junk').put(crypto.getRandomValues(new Uint8Array(size)));
      write.oncomplete = () => resolve(true);
      write.onabort = () => resolve(false);
    });
    for (const size of [60_000, 4_000, 200]) for (let isRoom = true, rounds = 0; isRoom && rounds < 500; rounds++) isRoom = await put(size);
  });
}

test('no space left: first old conversations make room; then a reply stays in the box and what is new is said to be missing; with space again both arrive', async ({ companion, hostPage }) => {
  const limited = withoutUnlimitedStorage();
  const agent = await launchExtensionBrowser(limited);
  const filler = await agent.openPage('welcome.html');
  await storage(agent, filler, 'overrideQuotaForOrigin', { quotaSize: 2_000_000 });
  // The browser remembers for half a minute how much room there was, unless there is nothing any more.
  await storage(agent, filler, 'clearDataForOrigin', { storageTypes: 'indexeddb' });
  await agent.pairAs(companion, 'agent');
  const visitor = await openVisitor(visitors, hostPage.url(await demoBot(companion.url)));
  const panel = await claimed(agent, visitor);
  const finished = () => filler.evaluate(async () => await new Promise<number>((resolve) => {
    const request = indexedDB.open('baton');
    request.onsuccess = () => {
      const rows = request.result.transaction('conversation').objectStore('conversation').getAll();
      rows.onsuccess = () => { request.result.close(); resolve((rows.result as { status: string }[]).filter(({ status }) => status === 'resolved' || status === 'archived').length); };
    };
  }));
  expect(await finished()).toBeGreaterThan(0);
  const words = panel.getByText(/no space left for Baton on this computer, so this was not stored/i);
  const sent: string[] = [];
  // The browser finds a little room again and again (it compacts its files), until it does not.
  for (let round = 0; await words.count() === 0; round++) {
    expect(round).toBeLessThan(20);
    await fill(filler);
    sent.push(`no room for this ${round}`);
    await reply(panel, sent.at(-1)!);
    await expect.poll(async () => await words.count() + await visitor.log.getByText(sent.at(-1)!).count(), { timeout: 15_000 }).toBeGreaterThan(0);
  }
  expect(await finished()).toBe(0);
  await expect(box(panel)).toHaveValue(sent.at(-1)!);
  await visitor.say('a line while the disk is full');
  const full = panel.getByText(/What is new cannot be kept here/);
  await expect(full).toBeVisible();
  await filler.close();
  await visitor.say('a line with space again');
  await expect(panel.getByRole('log')).toContainText('a line while the disk is full', { timeout: 25_000 });
  await expect(panel.getByRole('log')).toContainText('a line with space again');
  await expect(full).toHaveCount(0);
  await panel.getByRole('button', { name: 'Send reply' }).click();
  await once(visitor.log, sent);
  await visitor.close();
  await agent.close();
  rmSync(limited, { recursive: true });
});

test('another page upgrades the database: Baton lets go at once, and goes on afterwards', async ({ companion, hostPage, agent }) => {
  const visitor = await openVisitor(visitors, hostPage.url(await demoBot(companion.url)));
  const panel = await claimed(agent, visitor);
  const other = await agent.openPage('welcome.html');
  const waited = await other.evaluate(async () => await new Promise<number>((resolve, reject) => {
    const from = performance.now();
    const request = indexedDB.open('baton', 999);
    request.onsuccess = () => { request.result.close(); resolve(performance.now() - from); };
    request.onerror = () => reject(new Error(String(request.error)));
  }));
  expect(waited).toBeLessThan(5_000);
  await visitor.say('after the upgrade');
  await expect(panel.getByRole('log')).toContainText('after the upgrade', { timeout: 25_000 });
  await reply(panel, 'and a reply');
  await once(visitor.log, ['and a reply']);
  await visitor.close();
});

test('a page that does not let go of the database: the agent is told what to do, and all is well when it is closed', async ({ companion, hostPage, agent }) => {
  const visitor = await openVisitor(visitors, hostPage.url(await demoBot(companion.url)));
  await visitor.say('I want to talk to a human please');
  // A page of ours would let go; this one stands for one that hangs. A database that somebody wants deleted opens for nobody.
  const holder = await agent.context.newPage();
  await holder.goto(`chrome-extension://${agent.extensionId}/icon/128.png`);
  await holder.evaluate(async () => await new Promise<void>((resolve) => {
    const request = indexedDB.open('baton');
    request.onsuccess = () => { indexedDB.deleteDatabase('baton'); resolve(); };
  }));
  await agent.stopWorker();
  const panel = await agent.openPage('sidepanel.html');
  await expect(panel.getByText(/storage in this browser does not open/)).toBeVisible({ timeout: 15_000 });
  await holder.close();
  await panel.reload();
  await expect(panel.getByText('I want to talk to a human please').first()).toBeVisible({ timeout: 10_000 });
  await expect(panel.getByText(/storage in this browser does not open/)).toHaveCount(0);
  await visitor.close();
});

test('damaged on disk while the browser was closed, in four ways: unsent replies arrive once, and whoever lost something is told', async ({ companion, hostPage }) => {
  test.setTimeout(120_000);
  const root = mkdtempSync(join(tmpdir(), 'baton-damage-'));
  const network = await createProxy(() => companion.url);
  const first = await launchExtensionBrowser(EXTENSION, join(root, 'whole'));
  await first.pairAs({ ...companion, url: network.url }, 'agent');
  const visitor = await openVisitor(visitors, hostPage.url(await demoBot(companion.url)));
  const panel = await claimed(first, visitor);
  network.cut();
  const replies = ['written before the damage', 'and another'];
  for (const text of replies) { await reply(panel, text); await expect(panel.getByRole('log')).toContainText(text); }
  await first.close();
  network.restore();
  const told: Record<string, boolean> = {};
  for (const how of DAMAGES) {
    const profile = join(root, how.replaceAll(' ', '-'));
    cpSync(join(root, 'whole'), profile, { recursive: true });
    damage(profile, first.extensionId, how);
    const browser = await launchExtensionBrowser(EXTENSION, profile);
    const page = await browser.openPage('sidepanel.html');
    await page.getByRole('tab', { name: /Mine/ }).click();
    await page.getByRole('listitem').getByRole('button').first().click();
    await once(page.getByRole('log'), replies);
    told[how] = await page.getByText(/2 unsent replies were kept/).isVisible();
    await browser.close();
  }
  await once(visitor.log, replies);
  expect(told).toEqual({ 'manifest garbage': true, 'log garbage': true, 'log cut in half': true, 'current deleted': false });
  await visitor.close();
  await network.close();
  rmSync(root, { recursive: true, force: true });
});
