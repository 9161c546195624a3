import type { Browser, Locator, Page } from '@playwright/test';
import { expect, test } from '../support/browser.ts';
import { demoBot, launchVisitorBrowser, openVisitor } from '../support/visitor.ts';

let visitors: Browser;
test.beforeAll(async () => { visitors = await launchVisitorBrowser(); });
test.afterAll(async () => { await visitors.close(); });

test('a visitor talks to the bot, asks for a person, and an agent answers from the side panel', async ({ companion, hostPage, agent }) => {
  const visitor = await openVisitor(visitors, hostPage.url(await demoBot(companion.url)));
  await visitor.say('How long does shipping take?');
  await expect(visitor.log).toContainText(/days/i);
  await visitor.say('My tent pole broke, order 8812');
  const panel = await agent.openSidePanel();
  await visitor.button('Talk to a person').click();
  await expect(visitor.page.getByRole('dialog')).toContainText(/queue|join/i);
  await panel.getByText('My tent pole broke, order 8812').first().click();
  await expect(panel.getByText(/why it.s here/i)).toBeVisible();
  await expect(panel.getByText(/pressed .?Talk to a person/i).last()).toBeVisible();
  await panel.getByRole('textbox', { name: /reply/i }).fill('Hello, I will send a new pole today.');
  await panel.getByRole('button', { name: 'Claim and reply' }).click();
  await expect(visitor.log).toContainText('Support Agent joined');
  await expect(visitor.log).toContainText('Hello, I will send a new pole today.');
  await visitor.say('Thank you so much');
  await expect(panel.getByRole('log')).toContainText('Thank you so much');
  await panel.getByRole('textbox', { name: /reply/i }).fill('Anything else?');
  await panel.getByRole('button', { name: 'Send reply' }).click();
  await expect(visitor.log).toContainText('Anything else?');
  await expect(visitor.log.getByText('Anything else?')).toHaveCount(1);
  await panel.getByRole('button', { name: 'Resolve' }).click();
  await expect(visitor.log).toContainText(/resolved|closed/i);
  await visitor.close();
});

test('an agent adds a note that no visitor sees, and returns the conversation to the bot, which answers again', async ({ companion, hostPage, agent }) => {
  const visitor = await openVisitor(visitors, hostPage.url(await demoBot(companion.url)));
  await visitor.say('I want to talk to a human please');
  await expect(visitor.page.getByRole('dialog')).toContainText(/queue|join/i);
  const panel = await agent.openSidePanel();
  await panel.getByText('I want to talk to a human please').first().click();
  await panel.getByRole('button', { name: 'Claim', exact: true }).click();
  await expect(visitor.log).toContainText('joined');
  await panel.getByRole('button', { name: 'Add note' }).click();
  await panel.getByRole('textbox', { name: /note about/i }).fill('secret-note-7731');
  await panel.getByRole('button', { name: 'Add note' }).click();
  await expect(panel.getByText('secret-note-7731').last()).toBeVisible();
  await panel.getByRole('button', { name: 'Return to bot' }).click();
  await expect(visitor.log).toContainText(/back with the assistant/i);
  await visitor.say('How long does shipping take?');
  await expect(visitor.log).toContainText(/days/i);
  await visitor.page.reload();
  const again = await openVisitorAgain(visitor.page);
  await expect(again).toContainText('I want to talk to a human please');
  expect(await again.innerText()).not.toContain('secret-note-7731');
  await visitor.close();
});

async function openVisitorAgain(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: /chat/i }).first().click();
  return page.getByRole('log');
}

test('two visitors and two agents at once: one owner each, the loser is told who won and keeps the draft', async ({ companion, hostPage, agent, launch }) => {
  const bot = await demoBot(companion.url);
  const other = await launch();
  await other.pairAs(companion, 'lead');
  const [ana, ben] = await Promise.all([openVisitor(visitors, hostPage.url(bot)), openVisitor(visitors, hostPage.url(bot))]);
  await Promise.all([ana.say('Ana wants a human agent please'), ben.say('Ben wants a human agent please')]);
  const [left, right] = await Promise.all([agent.openSidePanel(), other.openSidePanel()]);
  await left.getByText('Ana wants a human agent please').first().click();
  await right.getByText('Ana wants a human agent please').first().click();
  await left.getByRole('textbox', { name: /reply/i }).fill('left says hello');
  await right.getByRole('textbox', { name: /reply/i }).fill('right says hello');
  await Promise.all([
    left.getByRole('button', { name: 'Claim and reply' }).click(),
    right.getByRole('button', { name: 'Claim and reply' }).click(),
  ]);
  await expect(ana.log).toContainText('says hello');
  const leftWon = (await ana.log.innerText()).includes('left says hello');
  const loser = leftWon ? right : left;
  await expect(loser.getByText(/(claimed this first|has this conversation|replied while you were writing)/).first()).toBeVisible();
  await expect(loser.getByText(leftWon ? 'right says hello' : 'left says hello').or(loser.getByRole('textbox')).first()).toBeVisible();
  expect(await ana.log.innerText()).not.toContain(leftWon ? 'right says hello' : 'left says hello');
  await Promise.all([ana.close(), ben.close()]);
});

test('in Auto and Both the bot offers a person after it could not help, and a declined offer is not repeated', async ({ companion, hostPage, agent }) => {
  void agent; // connected, so that a person can be reached
  const visitor = await openVisitor(visitors, hostPage.url(await demoBot(companion.url)));
  await visitor.say('Do you sell industrial espresso machines on lease?');
  await visitor.say('Leasing an espresso machine for my office, is that possible?');
  await visitor.button('Keep trying').click();
  await visitor.say('How long does shipping take?');
  await expect(visitor.log).toContainText(/days/i);
  await expect(visitor.button('Yes, a person')).toHaveCount(0);
  await visitor.say('let me talk to a real person');
  await expect(visitor.page.getByRole('dialog')).toContainText(/queue|join/i);
  await visitor.button('Back to the assistant').click();
  await expect(visitor.log).toContainText(/back with the assistant/i);
  await visitor.close();
});
