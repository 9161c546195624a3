import type { Browser, Page } from '@playwright/test';
import { expect, test } from '../support/browser.ts';
import { demoBot, launchVisitorBrowser, openVisitor } from '../support/visitor.ts';

let visitors: Browser;
test.beforeAll(async () => { visitors = await launchVisitorBrowser(); });
test.afterAll(async () => { await visitors.close(); });

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const lab = (page: Page) => page.getByRole('region', { name: 'Trigger lab' });
const LINE = 'My lawyer will hear about this tent';

test('an admin sees what unsaved settings would do to past conversations, one by one, opens one, and discards them', async ({ companion, hostPage, launch }) => {
  const bot = await demoBot(companion.url);
  const visitor = await openVisitor(visitors, hostPage.url(bot));
  await visitor.say(LINE);
  await expect(visitor.log).toContainText(/don't have an answer/i);
  const admin = await launch();
  await admin.pairAs(companion, 'admin');
  const page = await admin.openPage(`options.html#/bots/${bot}/support`);
  await lab(page).getByRole('button', { name: 'Run', exact: true }).click();
  await expect(lab(page).getByRole('status')).toContainText('all 6 conversations would go as with the saved ones');
  await expect(lab(page).getByRole('status')).toContainText('Nothing is changed at the moment');

  await page.getByRole('textbox', { name: 'Words or phrase' }).fill('lawyer');
  await page.getByRole('combobox', { name: 'What happens' }).selectOption('Fetch a person at once');
  await button(page, 'Add words').click();
  await expect(lab(page).getByText('The settings changed since.')).toBeVisible();
  await button(page, 'Run again').click();
  await expect(lab(page).getByRole('status')).toContainText('of 6 conversations, 1 would be handed to a person who was not.');
  await expect(lab(page).getByText('The settings changed since.')).toHaveCount(0);
  const row = lab(page).getByRole('region', { name: 'A person would be brought in' }).getByRole('listitem');
  await expect(row).toHaveCount(1);
  await expect(row).toContainText(LINE);
  await expect(row).toContainText(/Saved\s*Would ask back/);
  await expect(row).toContainText(/These\s*Would hand over to a person.*“lawyer”/);

  // The slider moves the other lines, and the detector beside it has the same unsaved settings.
  await page.getByRole('slider', { name: 'Offer a person' }).press('End');
  await button(page, 'Run again').click();
  await expect(lab(page).getByRole('region', { name: 'The bot would say something else' }).getByRole('listitem').first()).toContainText(/These\s*Would ask back/);
  await page.getByRole('textbox', { name: 'Message', exact: true }).fill('I will call my lawyer');
  await button(page, 'Try').click();
  const detector = page.getByRole('region', { name: 'Try the detector' });
  await expect(detector.getByRole('status')).toContainText('Would hand over to a person');

  const [opened] = await Promise.all([admin.context.waitForEvent('page'), row.getByRole('link', { name: 'Open conversation' }).click()]);
  await expect(opened.getByRole('log').getByText(LINE)).toBeVisible();
  await opened.close();

  await button(page, 'Discard').click();
  await expect(detector.getByText('The settings changed since.')).toBeVisible();
  await expect(lab(page).getByText('The settings changed since.')).toBeVisible();
  await visitor.say('What is a lawyer to a tent?');
  await expect(visitor.button('Back to the assistant')).toHaveCount(0);
  await visitor.close();
});

test('a replay can be cancelled, one that fails says why, and a lead who may change nothing may still look', async ({ companion, launch }) => {
  const lead = await launch();
  await lead.pairAs(companion, 'lead');
  const page = await lead.openPage(`options.html#/bots/${await demoBot(companion.url)}/support`);
  await page.route('**/replay', () => new Promise(() => undefined));
  await button(page, 'Run').click();
  await expect(lab(page).getByText('Looking for past conversations…')).toBeVisible();
  await button(page, 'Cancel').click();
  await expect(lab(page).getByRole('status')).toHaveText('Cancelled after 0 of 0.');
  await page.unroute('**/replay');
  await page.route('**/replay', (route) => route.fulfill({ status: 429, json: { code: 'rate_limited', message: 'Others of your team are replaying.' } }));
  await button(page, 'Run again').click();
  await expect(lab(page).getByText('Others of your team are replaying.')).toBeVisible();
  await page.unroute('**/replay');
  await button(page, 'Run again').click();
  await expect(lab(page).getByRole('status')).toContainText('Offered a person: 1 with the saved settings');
});

test('an agent may not run it, and sees on the card of an escalation how the bot came to it', async ({ companion, agent }) => {
  const page = await agent.openPage(`options.html#/bots/${await demoBot(companion.url)}/support`);
  await expect(lab(page).getByText('Only leads and admins can run it.')).toBeVisible();
  await expect(button(page, 'Run')).toHaveCount(0);
  await page.close();
  const panel = await agent.openSidePanel();
  await panel.getByText('The mesh door is torn').first().click();
  const card = panel.getByRole('region', { name: "Why it's here" });
  await card.getByText('How the bot came to this').click();
  const turns = card.getByRole('list', { name: 'Turns of the bot' }).getByRole('listitem');
  await expect(turns).toHaveCount(3);
  await expect(turns.last()).toContainText('“The mesh door is torn, I need a spare panel”');
  await expect(turns.last()).toContainText(/Offered a person\..*Evidence \d\.\d\d, an offer at 1\.50/);
});
