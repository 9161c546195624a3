import { join } from 'node:path';
import { MINUTE } from '#lib/base/time.ts';
import { EXTENSION } from '#lib/start/paths.ts';
import { launchExtensionBrowser } from '../support/browser.ts';
import { startTestCompanion } from '../support/companion.ts';
import { startHostPage } from '../support/host-page.ts';
import { demoBot, launchVisitorBrowser, openVisitor } from '../support/visitor.ts';
import { blockingFigure } from './blocking.ts';
import { extensionWithEmptyPage } from './empty-page.ts';
import type { Figure } from './figure.ts';
import { fillConversations } from './fill.ts';
import { paintFigures } from './paint.ts';
import { roundTripFigures } from './round-trip.ts';

const FILLED = 100_000;

/** Everything that needs a browser: the way there and back, first paints, and what the widget costs the page. */
export async function browserFigures(print: (figure: Figure) => void): Promise<void> {
  const companion = await startTestCompanion({ DEMO: '1', LOG_LEVEL: 'warn', RATE_LIMITS: 'off' });
  const host = await startHostPage(companion.url);
  const visitors = await launchVisitorBrowser();
  const agent = await launchExtensionBrowser(await extensionWithEmptyPage(EXTENSION));
  try {
    await agent.pairAs(companion, 'agent');
    const visitor = await openVisitor(visitors, host.url(await demoBot(companion.url)));
    await visitor.say('I want to talk to a human please');
    const panel = await agent.openSidePanel();
    await panel.getByText('I want to talk to a human please').first().click();
    await panel.getByRole('button', { name: 'Claim', exact: true }).click();
    await visitor.log.getByText(/joined/).waitFor();
    for (const figure of await roundTripFigures(visitor.page, panel)) print(figure);
    await visitor.close();
    print(await blockingFigure(visitors, `${companion.url}/demo`));
    const page = await agent.openPage('options.html');
    page.setDefaultTimeout(5 * MINUTE);
    await fillConversations(page, FILLED);
    await page.close();
    for (const figure of await paintFigures(agent.context, agent.extensionId)) print(figure);
  } finally {
    await agent.close();
    await visitors.close();
    await host.close();
    await companion.close();
  }
}

export const widgetFolder = join(EXTENSION, '..', 'widget');
