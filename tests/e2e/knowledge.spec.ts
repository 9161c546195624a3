import type { Browser, Page } from '@playwright/test';
import { expect, test, type ExtensionBrowser } from '../support/browser.ts';
import { demoBot, launchVisitorBrowser, openVisitor } from '../support/visitor.ts';

let visitors: Browser;
test.beforeAll(async () => { visitors = await launchVisitorBrowser(); });
test.afterAll(async () => { await visitors.close(); });

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
const knowledge = (of: ExtensionBrowser, bot: string): Promise<Page> => of.openPage(`options.html#/bots/${bot}/knowledge`);
const upload = (page: Page, name: string, text: string): Promise<void> => page.getByLabel('Knowledge files').setInputFiles([{ name, mimeType: 'text/plain', buffer: Buffer.from(text) }]);
const shot = async (page: Page, name: string): Promise<void> => { if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${name}.png`, fullPage: true }); };

test('a table and a page are learnt, read again as they changed, and edited in place; of two who edit the slower one is told', async ({ companion, hostPage, launch }) => {
  test.setTimeout(120_000);
  const bot = await demoBot(companion.url);
  const admin = await launch();
  await admin.pairAs(companion, 'admin');
  const page = await knowledge(admin, bot);
  const read = page.getByRole('status', { name: 'Files read' });
  await upload(page, 'rental.csv', 'Frage;Antwort;Phrasing 1\nDo you lend snow sleds?;Sleds are lent by the barn, 5 euros.;hire a sledge|toboggan\nDo you lend skates?;Skates are lent at the pond.;\n');
  await expect(read).toContainText('rental.csv: 2 added.');
  await upload(page, 'care.html', '<nav>Home</nav><h1>Care</h1><h2>Washing a down jacket</h2><p>Cold &amp; slow, with two tennis balls.</p><script>alert(1)</script>');
  await expect(read).toContainText('care.html: 1 added.');
  await expect(page.getByText('Cold & slow, with two tennis balls.')).toBeVisible();
  await upload(page, 'rental.csv', 'Frage;Antwort\nDo you lend snow sleds?;Sleds are lent by the red barn, 6 euros.\n');
  await expect(read).toContainText('rental.csv: 1 changed, 1 removed.');
  await upload(page, 'rental.csv', 'Frage;Antwort\nDo you lend snow sleds?;Sleds are lent by the red barn, 6 euros.\n');
  await expect(read).toContainText('rental.csv: 1 unchanged.');
  await expect(page.getByText('Skates are lent at the pond.')).toHaveCount(0);
  await upload(page, 'latin.csv', '');
  await expect(page.getByRole('alert').filter({ hasText: 'Not added' })).toContainText('latin.csv: It is empty.');

  const second = await knowledge(admin, bot);
  for (const one of [page, second]) await button(one, 'Edit Do you lend snow sleds?').click();
  const form = (one: Page) => one.getByRole('listitem').filter({ has: one.getByRole('textbox', { name: 'Answer' }) });
  await expect(form(page).getByRole('textbox', { name: 'Other ways to ask' })).toHaveValue('hire a sledge\ntoboggan');
  await form(page).getByRole('textbox', { name: 'Answer' }).fill('Sleds are lent by the green barn.');
  await form(page).getByRole('textbox', { name: 'Other ways to ask' }).fill('hire a sledge\ntoboggan\nborrow a bobsleigh');
  await shot(page, 'knowledge-edit');
  await button(page, 'Save').click();
  await expect(page.getByText('Saved.')).toBeVisible();
  await form(second).getByRole('textbox', { name: 'Answer' }).fill('No sleds.');
  await button(second, 'Save').click();
  await expect(form(second).getByRole('alert')).toContainText('Somebody changed this entry');
  await expect(form(second).getByRole('alert')).toContainText('green barn');
  await expect(form(second).getByRole('textbox', { name: 'Answer' })).toHaveValue('No sleds.');
  await shot(second, 'knowledge-stale');
  await button(second, 'Cancel').click();

  const visitor = await openVisitor(visitors, hostPage.url(bot));
  await visitor.say('can I borrow a bobsleigh');
  await expect(visitor.log).toContainText('green barn');
  await visitor.close();
});

const MISSED = 'Can parrots be insured at your branch in Lisbon?';
const ANSWER = 'Yes: parrots are insured in Lisbon for 9 euros a month.';

test('what the bot missed is listed; an agent’s answer is proposed on resolve, accepted by an admin, and then given by the bot', async ({ companion, hostPage, launch }) => {
  test.setTimeout(120_000);
  const bot = await demoBot(companion.url);
  const [admin, agent] = await Promise.all([launch(), launch()]);
  await admin.pairAs(companion, 'admin');
  await agent.pairAs(companion, 'agent');
  const visitor = await openVisitor(visitors, hostPage.url(bot));
  await visitor.say(MISSED);
  await expect(visitor.log.getByText(/./).last()).toBeVisible();
  await visitor.say('I want to talk to a human');
  await expect(visitor.button('Back to the assistant')).toBeVisible();

  const page = await knowledge(admin, bot);
  const missed = page.getByRole('region', { name: 'Questions nobody could answer' }).getByRole('listitem', { name: MISSED });
  await expect(missed).toContainText('Asked once');
  await shot(page, 'knowledge-unanswered');
  await button(page, `Answer ${MISSED}`).click();
  await expect(page.getByRole('textbox', { name: 'Question' })).toHaveValue(MISSED);
  const [inbox] = await Promise.all([page.context().waitForEvent('page'), missed.getByRole('link', { name: `Open ${MISSED}` }).click()]);
  await expect(inbox.getByText(MISSED).first()).toBeVisible();
  await inbox.close();

  const panel = await agent.openSidePanel();
  await panel.getByText('I want to talk to a human').first().click();
  await button(panel, 'Claim').click();
  await panel.getByRole('textbox', { name: /reply/i }).fill(ANSWER);
  await button(panel, 'Send reply').click();
  await expect(visitor.log).toContainText(ANSWER);
  await button(panel, 'Resolve').click();
  const card = panel.getByRole('form', { name: 'Teach the bot this answer?' });
  await expect(card.getByRole('textbox', { name: 'When visitors ask' })).toHaveValue(MISSED);
  await expect(card.getByRole('textbox', { name: /answers/ })).toHaveValue(ANSWER);
  // Resolved already, whatever becomes of the card.
  await expect(button(panel, 'Reopen')).toBeVisible();
  await shot(panel, 'teach-card');
  await card.getByRole('button', { name: 'Propose' }).click();
  await expect(panel.getByText('Proposed. A lead or an admin decides.')).toBeVisible();
  await expect(card).toHaveCount(0);

  const early = await openVisitor(visitors, hostPage.url(bot));
  await early.say(MISSED);
  await expect(early.log).not.toContainText('9 euros a month');
  await page.reload();
  const proposed = page.getByRole('region', { name: 'Proposed answers' });
  await expect(proposed).toContainText(ANSWER);
  await expect(proposed).toContainText('Proposed by');
  await shot(page, 'knowledge-proposed');
  const colleague = await knowledge(agent, bot);
  await expect(colleague.getByRole('region', { name: 'Proposed answers' })).toContainText('before a lead or an admin accepts it');
  await expect(button(colleague, `Accept ${MISSED}`)).toHaveCount(0);
  await button(page, `Accept ${MISSED}`).click();
  await expect(page.getByText('Accepted. The bot answers with it.')).toBeVisible();
  await expect(proposed).toHaveCount(0);
  await expect(page.getByText('Learning…')).toHaveCount(0);
  await expect(missed).toHaveCount(0);

  const later = await openVisitor(visitors, hostPage.url(bot));
  await later.say(MISSED);
  await expect(later.log).toContainText('9 euros a month');
  for (const one of [visitor, early, later]) await one.close();
});
