import { readFileSync } from 'node:fs';
import type { Browser, Page } from '@playwright/test';
import { addBot } from '../support/add-bot.ts';
import { expect, test } from '../support/browser.ts';
import { demoBot, launchVisitorBrowser, openVisitor, type Visitor } from '../support/visitor.ts';

let visitors: Browser;
test.beforeAll(async () => { visitors = await launchVisitorBrowser(); });
test.afterAll(async () => { await visitors.close(); });

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const rows = (page: Page) => page.getByRole('list', { name: 'All' }).getByRole('listitem');
const pick = (page: Page, label: string, option: string) => page.getByRole('combobox', { name: label, exact: true }).selectOption({ label: option });

/** A visitor whose first question the bot cannot answer and whose second it can: found by a word of the first. */
async function askAboutQuokkas(companion: string, host: (bot: string) => string): Promise<Visitor> {
  const visitor = await openVisitor(visitors, host(await demoBot(companion)));
  await visitor.say('Can a quokka ride my ferry to Perth?');
  await expect(visitor.log).toContainText(/don't (know|have) /i);
  await visitor.say('How long does shipping take?');
  await expect(visitor.log).toContainText('2 to 4 working days');
  return visitor;
}
const search = (page: Page, text: string) => page.getByRole('searchbox', { name: 'Search conversations' }).fill(text);

test('Conversations: each status is reached by its button and found by the status filter', async ({ companion, hostPage, launch }) => {
  const lead = await launch();
  await lead.pairAs(companion, 'lead');
  const visitor = await askAboutQuokkas(companion.url, hostPage.url);
  const page = await lead.openPage('inbox.html');
  await expect(page.getByRole('heading', { name: 'Conversations' })).toBeVisible();
  await search(page, 'quokka');
  await expect(rows(page)).toHaveCount(1);
  const isNow = async (status: string, other: string): Promise<void> => {
    await pick(page, 'Status', other);
    await expect(rows(page)).toHaveCount(0);
    await pick(page, 'Status', status);
    await expect(rows(page)).toHaveCount(1);
    await expect(rows(page)).toContainText(status);
  };
  await isNow('Open', 'Escalated');
  await rows(page).getByRole('button').click();
  await expect(page.getByRole('log')).toContainText('Can a quokka ride my ferry to Perth?');
  await button(page, 'Claim').click();
  await expect(button(page, 'Release')).toBeVisible();
  await isNow('Escalated', 'Open');
  await button(page, 'Release').click();
  await button(page, 'Claim').click();
  await button(page, 'Resolve').click();
  await expect(button(page, 'Archive')).toBeVisible();
  await isNow('Resolved', 'Escalated');
  await button(page, 'Archive').click();
  await expect(button(page, 'Archive')).toHaveCount(0);
  await isNow('Archived', 'Resolved');
  await button(page, 'Reopen').click();
  await expect(button(page, 'Return to bot')).toBeVisible();
  await isNow('Escalated', 'Archived');
  await button(page, 'Return to bot').click();
  await expect(button(page, 'Claim')).toBeVisible();
  await isNow('Open', 'Escalated');
  await visitor.close();
});

test('Conversations: filters by bot and channel, and a search that finds an older message', async ({ companion, hostPage, launch }) => {
  const admin = await launch();
  await admin.pairAs(companion, 'admin');
  const bots = await admin.openPage('options.html#/bots');
  await addBot(bots, 'Night helper');
  await bots.close();
  const visitor = await askAboutQuokkas(companion.url, hostPage.url);
  const page = await admin.openPage('inbox.html');
  const ours = rows(page).filter({ hasText: 'working days' }).or(rows(page).filter({ hasText: 'How long does shipping take?' }));
  await expect(ours.first()).toBeVisible();
  await pick(page, 'Bot', 'Night helper');
  await expect(rows(page)).toHaveCount(0);
  await pick(page, 'Bot', 'Pinewood helper');
  await expect(ours.first()).toBeVisible();
  await pick(page, 'Channel', 'Playground');
  await expect(rows(page)).toHaveCount(0);
  await pick(page, 'Channel', 'Widget');
  await expect(ours.first()).toBeVisible();
  await search(page, 'quokka');
  await expect(rows(page)).toHaveCount(1);
  await rows(page).getByRole('button').click();
  await expect(page.getByRole('log')).toContainText('Can a quokka ride my ferry to Perth?');
  await search(page, 'wombat');
  await expect(rows(page)).toHaveCount(0);
  await visitor.close();
});

test('Export CSV: a lead gets every message with its time and feedback; an agent has no such button', async ({ companion, hostPage, agent, launch }) => {
  const lead = await launch();
  await lead.pairAs(companion, 'lead');
  const visitor = await openVisitor(visitors, hostPage.url(await demoBot(companion.url)));
  await visitor.say('=How long does "shipping" take, please?');
  await expect(visitor.log).toContainText('2 to 4 working days');
  await visitor.button('Helpful').last().click();
  await expect(visitor.button('Helpful').last()).toHaveAttribute('aria-pressed', 'true');
  const page = await lead.openPage('inbox.html');
  await expect(rows(page).first()).toBeVisible();
  const [download] = await Promise.all([page.waitForEvent('download'), button(page, 'Export CSV').click()]);
  const csv = readFileSync(await download.path(), 'utf8');
  expect(download.suggestedFilename()).toMatch(/\.csv$/);
  expect(csv).toMatch(/How long does ""shipping"" take, please\?/);
  expect(csv).toContain('2 to 4 working days');
  expect(csv).toMatch(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/);
  const answer = csv.split('\n').find((line) => line.includes('2 to 4 working days'));
  expect(answer).toMatch(/\bup\b/);
  // A spreadsheet would run a cell that begins like a formula.
  expect(csv).not.toMatch(/(^|,)"?=/m);
  const plain = await agent.openPage('inbox.html');
  await expect(rows(plain).first()).toBeVisible();
  await expect(button(plain, 'Export CSV')).toHaveCount(0);
  await visitor.close();
});

test('Agents available by a lead shows in another browser who switched it and when; two bots that differ are mixed', async ({ companion, agent, launch }) => {
  const [lead, admin] = await Promise.all([launch(), launch()]);
  await lead.pairAs(companion, 'lead');
  await admin.pairAs(companion, 'admin');
  const panel = await agent.openSidePanel();
  const everywhere = panel.getByRole('switch', { name: 'Agents available' });
  await expect(everywhere).toBeChecked();
  const popup = await lead.openPopup();
  await popup.getByRole('switch', { name: 'Agents available' }).click();
  await button(popup, 'Turn off').click();
  await expect(everywhere).not.toBeChecked();
  const who = /Turned off by Priya Demo, \d\d?:\d\d/;
  await expect(panel.getByTitle(who).or(panel.getByText(who)).first()).toBeVisible();

  const page = await admin.openPage('options.html#/bots');
  await addBot(page, 'Night helper');
  await page.getByRole('link', { name: 'Its settings' }).click();
  await page.getByRole('tab', { name: 'Support' }).click();
  await page.getByRole('switch', { name: 'Agents available' }).click();
  await expect(panel.getByText('On for Night helper. Off for Pinewood helper.')).toBeVisible();
  await button(panel, 'All on').click();
  await expect(everywhere).toBeChecked();
  await expect(panel.getByText('On for Night helper. Off for Pinewood helper.')).toHaveCount(0);
  await page.getByRole('switch', { name: 'Agents available' }).click();
  await expect(panel.getByText('On for Pinewood helper. Off for Night helper.')).toBeVisible();
  await button(panel, 'All off').click();
  await button(panel, 'Turn off').click();
  await expect(everywhere).not.toBeChecked();
});
