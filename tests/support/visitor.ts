import { chromium, type Browser, type BrowserContext, type Locator, type Page } from '@playwright/test';
import { findBrowser } from '#lib/start/find-browser.ts';

/** A visitor in a browser of their own (a context: own storage), on a page that embeds the widget. */
export interface Visitor {
  page: Page; log: Locator;
  say(text: string): Promise<void>;
  button(name: string): Locator;
  close(): Promise<void>;
}

/** One browser for all visitors of a test file. */
export async function launchVisitorBrowser(): Promise<Browser> {
  const executablePath = findBrowser();
  if (!executablePath) throw new Error('No browser of the Chromium family; `npm test` installs one.');
  return await chromium.launch({ executablePath, headless: true, args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'] });
}

/** Opens the chat on `page`: the launcher is the only button of the widget until then. */
export async function openChat(page: Page): Promise<Visitor> {
  await page.getByRole('button', { name: /chat/i }).first().click();
  const log = page.getByRole('log');
  await log.waitFor();
  const box = page.getByRole('textbox', { name: /message/i });
  return {
    page, log,
    async say(text) {
      await box.fill(text);
      await box.press('Enter');
    },
    button: (name) => page.getByRole('button', { name, exact: true }),
    close: () => page.context().close(),
  };
}

export async function openVisitor(browser: Browser, url: string, prepare?: (context: BrowserContext) => Promise<void>): Promise<Visitor> {
  const context = await browser.newContext();
  await prepare?.(context);
  const page = await context.newPage();
  await page.goto(url);
  return await openChat(page);
}

/** The demo shop's bot, as its own page embeds it. */
export async function demoBot(companion: string): Promise<string> {
  const html = await (await fetch(`${companion}/demo`)).text();
  const id = /data-bot="([^"]+)"/.exec(html)?.[1];
  if (!id) throw new Error('The demo shop embeds no bot');
  return id;
}
