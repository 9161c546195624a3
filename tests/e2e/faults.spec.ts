import type { Browser, Locator } from '@playwright/test';
import { expect, test } from '../support/browser.ts';
import { createProxy } from '../chaos/proxy.ts';
import { demoBot, launchVisitorBrowser, openVisitor } from '../support/visitor.ts';

let visitors: Browser;
test.beforeAll(async () => { visitors = await launchVisitorBrowser(); });
test.afterAll(async () => { await visitors.close(); });

/** Where each text stands in a transcript; -1 when missing. Each must be there exactly once. */
async function inOrder(log: Locator, texts: string[]): Promise<void> {
  for (const text of texts) await expect(log.getByText(text)).toHaveCount(1);
  const all = await log.innerText();
  const places = texts.map((text) => all.indexOf(text));
  expect(places).toEqual([...places].sort((a, b) => a - b));
}

test('the companion is killed mid-conversation, three replies are written meanwhile: each arrives once, in order', async ({ companion, hostPage, agent }) => {
  const visitor = await openVisitor(visitors, hostPage.url(await demoBot(companion.url)));
  await visitor.say('I want to talk to a human please');
  const panel = await agent.openSidePanel();
  await panel.getByText('I want to talk to a human please').first().click();
  await panel.getByRole('textbox', { name: /reply/i }).fill('reply zero');
  await panel.getByRole('button', { name: 'Claim and reply' }).click();
  await expect(visitor.log).toContainText('reply zero');
  // The panel too has heard that the claim is its own.
  await expect(panel.getByRole('button', { name: 'Send reply' })).toBeVisible();
  await companion.kill();
  const replies = ['reply one', 'reply two', 'reply three'];
  for (const text of replies) {
    await panel.getByRole('textbox', { name: /reply/i }).fill(text);
    await panel.getByRole('button', { name: 'Send reply' }).click();
    await expect(panel.getByRole('log')).toContainText(text);
  }
  await visitor.say('are you still there?');
  await companion.start();
  await inOrderWithin(visitor.log, ['reply zero', ...replies]);
  await expect(panel.getByRole('log')).toContainText('are you still there?', { timeout: 45_000 });
  await inOrder(panel.getByRole('log'), ['reply zero', ...replies]);
  await visitor.close();
});

async function inOrderWithin(log: Locator, texts: string[]): Promise<void> {
  for (const text of texts) await expect(log).toContainText(text, { timeout: 45_000 });
  await inOrder(log, texts);
}

test('the worker is stopped mid-conversation: the next reply and the next visitor line still arrive once', async ({ companion, hostPage, agent }) => {
  const visitor = await openVisitor(visitors, hostPage.url(await demoBot(companion.url)));
  await visitor.say('I want to talk to a human please');
  const panel = await agent.openSidePanel();
  await panel.getByText('I want to talk to a human please').first().click();
  await panel.getByRole('button', { name: 'Claim', exact: true }).click();
  await expect(visitor.log).toContainText('joined');
  await agent.stopWorker();
  await panel.getByRole('textbox', { name: /reply/i }).fill('after the worker died');
  await panel.getByRole('button', { name: 'Send reply' }).click();
  await expect(visitor.log.getByText('after the worker died')).toHaveCount(1, { timeout: 45_000 });
  await agent.stopWorker();
  await visitor.say('and I answer');
  await expect(panel.getByRole('log')).toContainText('and I answer', { timeout: 45_000 });
  await visitor.close();
});

test('the agent\'s network is off, three replies are written, network on: each arrives once, in order; the inbox stays readable', async ({ companion, hostPage, launch }) => {
  const network = await createProxy(companion.url);
  const agent = await launch();
  await agent.pairAs({ ...companion, url: network.url }, 'agent');
  const visitor = await openVisitor(visitors, hostPage.url(await demoBot(companion.url)));
  await visitor.say('I want to talk to a human please');
  const panel = await agent.openSidePanel();
  await panel.getByText('I want to talk to a human please').first().click();
  await panel.getByRole('button', { name: 'Claim', exact: true }).click();
  await expect(visitor.log).toContainText('joined');
  network.cut();
  const replies = ['offline reply one', 'offline reply two', 'offline reply three'];
  for (const text of replies) {
    await panel.getByRole('textbox', { name: /reply/i }).fill(text);
    await panel.getByRole('button', { name: 'Send reply' }).click();
    await expect(panel.getByRole('log')).toContainText(text);
  }
  await panel.reload();
  await expect(panel.locator('[data-conversation]').first()).toBeVisible();
  expect(await visitor.log.innerText()).not.toContain('offline reply');
  network.restore();
  await inOrderWithin(visitor.log, replies);
  await visitor.close();
  await network.close();
});
