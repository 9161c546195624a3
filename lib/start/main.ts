import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openBrowser, type Browser } from './browser.ts';
import { build } from './build.ts';
import { startCompanion, type Companion } from './companion.ts';
import { findBrowser, hasDisplay } from './find-browser.ts';
import { BadFlag, parseFlags, type Flags } from './flags.ts';
import { freePort } from './free-port.ts';
import { createOperator, type Operator } from './operator.ts';
import { onParentGone } from './parent.ts';
import { EXTENSION } from './paths.ts';
import { watchSources } from './watch.ts';
import { byHandWords, runningWords } from './words.ts';

/** An extension that was opened with a code is connected before this many ms, or the start has failed. */
const PAIRED_MS = 30_000;
const say = (text: string): boolean => process.stderr.write(`${text}\n`);
/** Newest last; ended in the opposite order. */
const running: { close(): Promise<void> | void }[] = [];
let ending = false;

async function end(code: number): Promise<void> {
  if (ending) return;
  ending = true;
  setTimeout(() => process.exit(code || 1), 8000).unref();
  for (const part of running.reverse()) await part.close();
  process.exit(code);
}

/** Which browser to open, or in words why none. */
function chooseBrowser(flags: Flags): { path: string } | { why: string } {
  if (!flags.browser) return { why: 'No browser was opened (--no-browser).' };
  const path = findBrowser();
  if (!path) return { why: 'No browser of the Chromium family was found (CHROME_PATH can name one).' };
  if (!flags.headless && !hasDisplay()) return { why: 'There is no display to open a browser on (--headless does without).' };
  return { path };
}

async function openPaired(path: string, flags: Flags, companion: Companion, operator: Operator): Promise<Browser> {
  const browser = await openBrowser(path, EXTENSION, join(flags.data, 'chromium'), flags.headless);
  running.push(browser);
  if (flags.demo) await browser.open(`${companion.url}/demo`);
  const code = await operator.code('admin');
  await browser.open(`chrome-extension://${browser.extensionId}/welcome.html#server=${encodeURIComponent(companion.url)}&code=${encodeURIComponent(code)}`);
  const until = performance.now() + PAIRED_MS;
  while (await operator.connected() === 0) {
    if (performance.now() > until) throw new Error(`The extension was opened in ${path}, but did not connect to ${companion.url} within ${PAIRED_MS / 1000} s.`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  void browser.ended.then((why) => { if (!ending) say(`The browser was closed (${why}); the companion goes on at ${companion.url}.`); });
  return browser;
}

async function start(flags: Flags): Promise<void> {
  const chosen = chooseBrowser(flags);
  mkdirSync(flags.data, { recursive: true });
  const [port] = await Promise.all([freePort(flags.port), build()]);
  const companionData = join(flags.data, 'companion');
  const companion = await startCompanion(port, companionData, { demo: flags.demo, watch: flags.watch });
  running.push(companion);
  void companion.ended.then((why) => {
    if (ending) return;
    say(`The companion stopped: ${why}. Its last words are above; the conversations are in ${flags.data}.`);
    return end(1);
  });
  const operator = createOperator(companion.url, companionData);
  const browser = 'path' in chosen ? await openPaired(chosen.path, flags, companion, operator) : null;
  if (flags.watch) running.push(watchSources(async (names) => {
    if (names.includes('extension')) await browser?.reload();
    say(`Built ${names.join(' and ')} again.`);
  }, (error) => say(String(error))));
  const demo = flags.demo ? `${companion.url}/demo` : null;
  say(runningWords({ companion: companion.url, demo, data: flags.data, extension: EXTENSION, browser: browser?.version ?? null, extensionId: browser?.extensionId ?? null }));
  if ('why' in chosen) say(byHandWords(chosen.why, { companion: companion.url, extension: EXTENSION, code: await operator.code('admin') }));
  if (flags.json) process.stdout.write(`${JSON.stringify({ companion: companion.url, demo, extension: EXTENSION, pairing: await operator.codes() })}\n`);
}

async function main(): Promise<void> {
  try {
    const flags = parseFlags(process.argv.slice(2), process.cwd());
    process.once('SIGINT', () => void end(0));
    process.once('SIGTERM', () => void end(0));
    process.once('SIGHUP', () => void end(0));
    onParentGone(() => void end(0));
    await start(flags);
  } catch (error) {
    if (ending) return; // the way out was chosen already, and what was under way broke because of it
    say(error instanceof Error ? error.message : String(error));
    await end(error instanceof BadFlag ? 2 : 1);
  }
}

await main();
