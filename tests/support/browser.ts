import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test as base, chromium, type Browser, type BrowserContext, type CDPSession, type Page, type Worker } from '@playwright/test';
import { findBrowser } from '#lib/start/find-browser.ts';
import { freePort } from '#lib/start/free-port.ts';
import type { Role } from '#lib/start/operator.ts';
import { EXTENSION } from '#lib/start/paths.ts';
import { startTestCompanion, until, type TestCompanion } from './companion.ts';
import { startHostPage, type HostPage } from './host-page.ts';

const CDP_MS = 10_000;

/** One person's browser with the built extension in it. */
export interface ExtensionBrowser {
  context: BrowserContext; extensionId: string;
  /** The running worker; started again when it was stopped. */
  worker(): Promise<Worker>;
  /** An extension page in a tab, for instance `options.html#/bots`. */
  openPage(path: string): Promise<Page>;
  /** The REAL side panel, opened by a real click. One per browser. */
  openSidePanel(): Promise<Page>;
  /** The REAL popup, as the toolbar opens it. It closes when something else takes the focus. */
  openPopup(): Promise<Page>;
  /** Pairs through the welcome page and waits until the companion has the connection. */
  pairAs(companion: TestCompanion, role: Role): Promise<void>;
  /** Ends the worker as the browser does after idling. */
  stopWorker(): Promise<void>;
  close(): Promise<void>;
}

function within<T>(what: string, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout;
  const late = new Promise<never>((_, reject) => { timer = setTimeout(() => reject(new Error(`${what}: no answer within ${CDP_MS} ms`)), CDP_MS); });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** A second connection beside Playwright's own pipe: it sees side panel and popup as ordinary pages. */
async function pageAt(port: number, url: string, seen: Browser[]): Promise<Page> {
  let found: Page | undefined;
  await until(`a page ${url}`, async () => {
    const over = await within('connectOverCDP', chromium.connectOverCDP(`http://127.0.0.1:${port}`));
    found = over.contexts().flatMap((context) => context.pages()).find((page) => page.url().startsWith(url));
    if (found) seen.push(over);
    else await over.close();
    return found !== undefined;
  });
  return found!;
}

async function openSidePanel(context: BrowserContext, origin: string, port: number, seen: Browser[]): Promise<Page> {
  const opener = await context.newPage();
  await opener.goto(`${origin}/welcome.html`);
  await opener.evaluate(() => {
    const button = document.createElement('button');
    button.textContent = 'test: open the side panel';
    document.body.prepend(button);
    // The window is looked up before the click: awaiting inside of it would lose the gesture.
    void chrome.windows.getCurrent().then(({ id }) => {
      button.onclick = () => void chrome.sidePanel.open({ windowId: id! });
      button.dataset.ready = '1';
    });
  });
  await opener.locator('button[data-ready="1"]').click();
  const panel = await pageAt(port, `${origin}/sidepanel.html`, seen);
  await opener.close();
  return panel;
}

async function openPopup(context: BrowserContext, extensionId: string, port: number, seen: Browser[], cdp: CDPSession): Promise<Page> {
  const page = context.pages().at(-1) ?? await context.newPage();
  await page.bringToFront();
  const { targetInfos } = await within('Target.getTargets', cdp.send('Target.getTargets', { filter: [{}] }));
  const tabs = targetInfos.filter((target) => target.type === 'tab' && target.url === page.url());
  const send = cdp.send.bind(cdp) as unknown as (method: string, params: object) => Promise<unknown>;
  await within('Extensions.triggerAction', send('Extensions.triggerAction', { id: extensionId, targetId: tabs[0]?.targetId }));
  return await pageAt(port, `chrome-extension://${extensionId}/popup.html`, seen);
}

async function stopWorker(context: BrowserContext, extensionId: string, port: number): Promise<void> {
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await within('ServiceWorker.enable', cdp.send('ServiceWorker.enable'));
  await within('ServiceWorker.stopAllWorkers', cdp.send('ServiceWorker.stopAllWorkers'));
  await page.close();
  const isWorker = (target: { type: string; url: string }): boolean => target.type === 'service_worker' && target.url.includes(extensionId);
  await until('the worker stops', async () => {
    const targets = await (await fetch(`http://127.0.0.1:${port}/json/list`)).json() as { type: string; url: string }[];
    return !targets.some(isWorker);
  }).catch(() => undefined); // it may have been woken again already
}

async function pairAs(companion: TestCompanion, role: Role, openPage: (path: string) => Promise<Page>): Promise<void> {
  const before = await companion.operator.connected();
  const page = await openPage(`welcome.html#server=${encodeURIComponent(companion.url)}&code=${encodeURIComponent(await companion.operator.code(role))}`);
  await until(`paired as ${role}`, async () => await companion.operator.connected() > before);
  await page.close();
}

/** The tab that a fresh installation opens: arriving late, it would take the front from the page under test, whose frames then stop. */
async function closeWelcome(context: BrowserContext, origin: string): Promise<void> {
  const isWelcome = (page: Page): boolean => page.url().startsWith(`${origin}/welcome.html`);
  await until('the welcome tab opens', () => context.pages().some(isWelcome));
  for (const page of context.pages().filter(isWelcome)) await page.close();
}

/**
 * @param profile a folder to keep; empty: a fresh one that goes with the browser
 * @throws when there is no browser, or the extension is not built (`npm run build`)
 */
export async function launchExtensionBrowser(extension = EXTENSION, profile = ''): Promise<ExtensionBrowser> {
  const executablePath = findBrowser();
  if (!executablePath) throw new Error('No browser of the Chromium family; `npm test` installs one.');
  const port = await freePort(0);
  // Only a first start installs the extension, which opens its welcome page.
  const isFirst = profile === '' || !existsSync(join(profile, 'Default'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath, headless: true, viewport: null,
    args: [`--disable-extensions-except=${extension}`, `--load-extension=${extension}`, `--remote-debugging-port=${port}`, '--enable-unsafe-extension-debugging',
      '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  });
  const worker = async (): Promise<Worker> => context.serviceWorkers()[0] ?? await context.waitForEvent('serviceworker', { timeout: 15_000 });
  const extensionId = new URL((await worker()).url()).host;
  const origin = `chrome-extension://${extensionId}`;
  if (isFirst) await closeWelcome(context, origin);
  const cdp = await context.browser()!.newBrowserCDPSession();
  const seen: Browser[] = [];
  const openPage = async (path: string): Promise<Page> => {
    const page = await context.newPage();
    await page.goto(`${origin}/${path}`);
    return page;
  };
  const close = async (): Promise<void> => {
    await Promise.all(seen.map((over) => over.close()));
    await context.close();
  };
  return {
    context, extensionId, worker, openPage, close,
    openSidePanel: () => openSidePanel(context, origin, port, seen), openPopup: () => openPopup(context, extensionId, port, seen, cdp),
    pairAs: (companion, role) => pairAs(companion, role, openPage), stopWorker: () => stopWorker(context, extensionId, port),
  };
}

interface Fixtures {
  /** With the demo workspace. A fresh one for each test. */
  companion: TestCompanion; hostPage: HostPage;
  /** More browsers by `launch()`, for two agents at once; all are closed after the test. */
  launch: () => Promise<ExtensionBrowser>;
  agent: ExtensionBrowser;
}

/** `test` with a companion, a customer's page, and an agent's browser that is paired. */
export const test = base.extend<Fixtures>({
  companion: async ({}, use) => {
    const companion = await startTestCompanion({ DEMO: '1' });
    await use(companion);
    await companion.close();
  },
  hostPage: async ({ companion }, use) => {
    const page = await startHostPage(companion.url);
    await use(page);
    await page.close();
  },
  launch: async ({}, use) => {
    const open: ExtensionBrowser[] = [];
    await use(async () => {
      const browser = await launchExtensionBrowser();
      open.push(browser);
      return browser;
    });
    await Promise.all(open.map((browser) => browser.close()));
  },
  agent: async ({ launch, companion }, use) => {
    const browser = await launch();
    await browser.pairAs(companion, 'agent');
    await use(browser);
  },
});
export { expect } from '@playwright/test';
