import type { Browser } from '@playwright/test';
import { expect, test as base } from '../support/browser.ts';
import { startTestCompanion, type TestCompanion } from '../support/companion.ts';
import { breaksOff, pausesAfter, startModelServer, streams, type ModelServer } from '../support/model-server.ts';
import { connectRole } from '../support/socket-client.ts';
import { demoBot, launchVisitorBrowser, openVisitor } from '../support/visitor.ts';

/** The demo shop's bot answers by a chat model that the companion may reach. */
const test = base.extend<{ model: ModelServer }>({
  model: async ({}, use) => {
    const model = await startModelServer();
    await use(model);
    await model.close();
  },
  companion: async ({ model }, use) => {
    const companion = await startTestCompanion({ DEMO: '1', OUTGOING_HOSTS: model.host });
    await useModel(companion, model);
    await use(companion);
    await companion.close();
  },
});

async function useModel(companion: TestCompanion, model: ModelServer): Promise<void> {
  const admin = await connectRole(companion, 'admin');
  const id = await demoBot(companion.url);
  const row = [...admin.rows.values()].find((one) => one.kind === 'bot' && one.row.id === id);
  if (row?.kind !== 'bot') throw new Error('The demo has no bot');
  const { name, greeting, sites, handoff, seq } = row.row;
  const saved = await admin.command({ type: 'bot.save', botId: id, baseSeq: seq, settings: { name, greeting, sites, handoff, engine: { kind: 'model', baseUrl: model.baseUrl, model: 'scripted', instructions: 'Be brief.' } } });
  expect(saved.type).toBe('ack');
  await admin.close();
}

let visitors: Browser;
test.beforeAll(async () => { visitors = await launchVisitorBrowser(); });
test.afterAll(async () => { await visitors.close(); });

test('a chat model streams its answer with sources, hands over to an agent, and answers again when the agent returns it', async ({ companion, hostPage, agent, model }) => {
  const visitor = await openVisitor(visitors, hostPage.url(await demoBot(companion.url)));
  const go = Promise.withResolvers<void>();
  model.script(pausesAfter('by tram. ', { answer: 'Parcels travel by tram. Then they walk.' }, go.promise));
  await visitor.say('How long does shipping take?');
  const growing = visitor.log.locator('[aria-busy="true"]');
  await expect(growing).toHaveText('Parcels travel by tram.');
  go.resolve();
  await expect(visitor.log).toContainText('Parcels travel by tram. Then they walk.');
  await expect(growing).toHaveCount(0);
  await expect(visitor.log).toContainText(/From: .*shipping/i);
  await expect(visitor.log.getByText('Parcels travel by tram.')).toHaveCount(1);

  const panel = await agent.openSidePanel();
  await visitor.say('I want to talk to a human please');
  await expect(visitor.page.getByRole('dialog')).toContainText(/queue|join/i);
  expect(model.requests).toHaveLength(1);
  await panel.getByText('I want to talk to a human please').first().click();
  await panel.getByRole('button', { name: 'Claim', exact: true }).click();
  await expect(visitor.log).toContainText('joined');
  await panel.getByRole('button', { name: 'Return to bot' }).click();
  await expect(visitor.log).toContainText(/back with the assistant/i);

  model.script(streams({ answer: 'Yes, by hot-air balloon.' }));
  await visitor.say('Do you ship abroad?');
  await expect(visitor.log).toContainText('Yes, by hot-air balloon.');
  await visitor.close();
});

test('a streamed answer vanishes when an agent claims, and when the model stops in the middle the knowledge base answers', async ({ companion, hostPage, agent, model }) => {
  const visitor = await openVisitor(visitors, hostPage.url(await demoBot(companion.url)));
  const growing = visitor.log.locator('[aria-busy="true"]');
  const panel = await agent.openSidePanel();
  const [claim, giveBack] = [panel.getByRole('button', { name: 'Claim', exact: true }), panel.getByRole('button', { name: 'Return to bot' })];
  const [joined, returned] = [visitor.log.getByText(/ joined/), visitor.log.getByText(/back with the assistant/i)];
  await visitor.say('I want to talk to a human please');
  await panel.getByText('I want to talk to a human please').first().click();
  await claim.click();
  await expect(joined).toHaveCount(1);
  await giveBack.click();
  await expect(returned).toHaveCount(1);

  model.script(pausesAfter('by tram. ', { answer: 'Parcels travel by tram. Then they walk.' }, new Promise(() => undefined)));
  await visitor.say('How long does shipping take?');
  await expect(growing).toHaveText('Parcels travel by tram.');
  await claim.click();
  await expect(joined).toHaveCount(2);
  await expect(visitor.log).not.toContainText('Parcels travel');
  await giveBack.click();
  await expect(returned).toHaveCount(2);

  model.script(breaksOff('{"answerable":"yes","cited_ids":["x"],"answer":"Parcels travel by boat. '));
  await visitor.say('How long does shipping take?');
  await expect(visitor.log).toContainText('2 to 4 working days');
  await expect(visitor.log).not.toContainText('Parcels travel');

  await model.close();
  await visitor.say('Let me speak to a human agent');
  await expect(visitor.page.getByRole('dialog')).toContainText(/queue|join/i);
  await claim.click();
  await expect(joined).toHaveCount(3);
  await giveBack.click();
  await expect(returned).toHaveCount(3);
  await visitor.say('How do I return something?');
  await expect(visitor.log).toContainText(/30 days/);
  await visitor.close();
});
