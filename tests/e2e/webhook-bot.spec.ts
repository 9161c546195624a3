import type { Browser } from '@playwright/test';
import { freePort } from '#lib/start/free-port.ts';
import { expect, test as base } from '../support/browser.ts';
import { startTestCompanion } from '../support/companion.ts';
import { startExampleBot } from '../support/example-bot.ts';
import { connectRole } from '../support/socket-client.ts';
import { demoBot, launchVisitorBrowser, openVisitor } from '../support/visitor.ts';
import { useWebhook } from '../support/webhook-server.ts';

/** The demo shop, answered by the example bot of the documentation. */
const test = base.extend({
  companion: async ({}, use) => {
    const port = await freePort(0);
    const companion = await startTestCompanion({ DEMO: '1', OUTGOING_HOSTS: `127.0.0.1:${port}` });
    const bot = await startExampleBot(companion.url, port);
    const admin = await connectRole(companion, 'admin');
    await useWebhook(companion.url, admin, bot.url);
    await admin.close();
    await use(companion);
    await bot.close();
    await companion.close();
  },
});

let visitors: Browser;
test.beforeAll(async () => { visitors = await launchVisitorBrowser(); });
test.afterAll(async () => { await visitors.close(); });

test('the example bot answers, now and later, hands over to an agent, and answers again when it is returned', async ({ companion, hostPage, agent }) => {
  const visitor = await openVisitor(visitors, hostPage.url(await demoBot(companion.url)));
  await visitor.say('Can you repair my tent?');
  await expect(visitor.log).toContainText('We repair zips, seams and poles');
  await visitor.say('Is the Larch in stock?');
  await expect(visitor.page.getByText(/is typing/)).toBeVisible();
  await expect(visitor.log).toContainText('12 left in the warehouse');
  await expect(visitor.page.getByText(/is typing/)).toHaveCount(0);

  await visitor.say('Then I have a complaint about my order 8812');
  await expect(visitor.log).toContainText('I am sorry to hear that.');
  await expect(visitor.page.getByRole('dialog')).toContainText(/queue|join/i);
  const panel = await agent.openSidePanel();
  await panel.getByText('Then I have a complaint about my order 8812').first().click();
  await expect(panel.getByText('The bot asked for a person').last()).toBeVisible();
  await panel.getByRole('textbox', { name: /reply/i }).fill('Hello, I will look after it.');
  await panel.getByRole('button', { name: 'Claim and reply' }).click();
  await expect(visitor.log).toContainText('Hello, I will look after it.');
  await visitor.say('Can you repair it as well?');
  await expect(panel.getByRole('log')).toContainText('Can you repair it as well?');
  await expect(visitor.log.getByText('We repair zips, seams and poles')).toHaveCount(1);

  await panel.getByRole('button', { name: 'Return to bot' }).click();
  await expect(visitor.log).toContainText(/back with the assistant/i);
  await visitor.say('And how do I wash the canvas?');
  await expect(visitor.log).toContainText('Wax canvas twice a year');
  await visitor.close();
});

test('the example bot offers a person; the visitor who says yes is in the queue', async ({ companion, hostPage, agent }) => {
  void agent; // connected, so that a person can be reached
  const visitor = await openVisitor(visitors, hostPage.url(await demoBot(companion.url)));
  await visitor.say('Do you have wholesale prices?');
  await expect(visitor.log).toContainText('Prices for many pieces are made by hand.');
  await visitor.button('Yes, a person').click();
  await expect(visitor.page.getByRole('dialog')).toContainText(/queue|join/i);
  await visitor.close();
});
