import { MINUTE, SECOND } from '#lib/base/time.ts';
import { EXTENSION } from '#lib/start/paths.ts';
import { launchExtensionBrowser } from './browser.ts';
import { until, type TestCompanion } from './companion.ts';
import { createQuietBrowser, type QuietBrowser } from './quiet-browser.ts';

/** An agent's browser with nobody attached and no page of ours open: only the worker, woken by the browser's start. */
export async function startQuietAgent(companion: TestCompanion): Promise<QuietBrowser> {
  const browser = createQuietBrowser();
  // Pairing needs a page, and a page from a command line is refused; so once with a debugger, in the same profile.
  const paired = await launchExtensionBrowser(EXTENSION, browser.profile);
  await paired.pairAs(companion, 'agent');
  await paired.close();
  await until('the browser left', async () => await companion.operator.connected() === 0, 30 * SECOND);
  await browser.open('about:blank');
  await until('connected again after the browser restarted', async () => await companion.operator.connected() > 0, MINUTE);
  return browser;
}

/** The worker's own word, in the companion's log: rows stored, badge set, notification raised. `time`: epoch ms. */
export interface Applied { badge: string; alerted: string[]; workerId: string; time: number }

export const applied = (companion: TestCompanion): Applied[] =>
  // The first line kept may have lost its beginning, the last one still lack its end.
  companion.log().split('\n').filter((line) => line.startsWith('{') && line.endsWith('}') && line.includes('"alerted"')).map((line) => JSON.parse(line) as Applied);
