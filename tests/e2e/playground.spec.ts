import type { Browser, Page } from '@playwright/test';
import { expect, test } from '../support/browser.ts';
import { demoBot, launchVisitorBrowser, openVisitor } from '../support/visitor.ts';
import { addBot } from '../support/add-bot.ts';

let visitors: Browser;
test.beforeAll(async () => { visitors = await launchVisitorBrowser(); });
test.afterAll(async () => { await visitors.close(); });

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const chat = (page: Page) => {
  const box = page.getByRole('textbox', { name: 'Your message' });
  return { log: page.getByRole('log'), say: async (text: string) => { await box.fill(text); await box.press('Enter'); } };
};
const tryIt = async (page: Page, text: string, earlier = ''): Promise<void> => {
  await page.getByRole('textbox', { name: 'Earlier messages (optional)' }).fill(earlier);
  await page.getByRole('textbox', { name: 'Message', exact: true }).fill(text);
  await button(page, 'Try').click();
};
const detector = (page: Page) => page.getByRole('region', { name: 'Try the detector' });

test('wizard to Playground to a live handoff: the new bot answers at once with its source, its settings are a gear away, and an agent takes over', async ({ companion, hostPage, launch }) => {
  test.setTimeout(120_000);
  const [admin, agent] = await Promise.all([launch(), launch()]);
  await admin.pairAs(companion, 'admin');
  await agent.pairAs(companion, 'agent');
  const page = await admin.openPage('options.html#/bots');
  await button(page, 'Add bot').click();
  const steps = page.getByRole('list', { name: 'Steps' });
  await expect(steps.locator('[aria-current=step]')).toHaveText(/Basics/);

  await button(page, 'Next').click();
  await expect(page.getByText('Give the bot a name')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Name' })).toBeFocused();
  await page.getByRole('textbox', { name: 'Name' }).fill('Boathouse helper');
  await page.keyboard.press('Enter');

  await expect(page.getByRole('heading', { name: 'Knowledge' })).toBeFocused();
  await page.getByRole('textbox', { name: 'Question' }).fill('Do you repair zippers?');
  await page.getByRole('textbox', { name: 'Answer' }).fill('Zippers are repaired in our Bergen workshop for 12 euros.');
  await page.getByLabel('Knowledge files').setInputFiles([
    { name: 'kayaks.md', mimeType: 'text/markdown', buffer: Buffer.from('# Kayak rental\n\nKayaks are rented from the blue boathouse, 40 euros a day.\n') },
    { name: 'photo.txt', mimeType: 'text/plain', buffer: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 0xff]) },
  ]);
  await expect(page.getByRole('alert').filter({ hasText: 'Not added' })).toContainText('photo.txt');
  await button(page, 'Next').click();

  await expect(page.getByRole('switch', { name: 'Enable human handoff' })).toBeChecked();
  await expect(page.getByRole('radio', { name: 'Both' })).toBeChecked();
  await expect(page.getByRole('textbox', { name: 'Agent label' })).toHaveValue('Support Agent');
  await expect(page.getByRole('switch', { name: 'Agents available' })).not.toBeChecked();
  await expect(page.getByRole('region', { name: 'What visitors see' }).getByRole('button', { name: 'Talk to a person' })).toBeVisible();
  await page.getByRole('switch', { name: 'Agents available' }).click();

  // Nothing is lost by going back, nor by a look at another page.
  await button(page, 'Back').click();
  await expect(page.getByText('Do you repair zippers?')).toBeVisible();
  await page.getByRole('link', { name: 'Team', exact: true }).click();
  await page.goBack();
  await expect(page.getByText('kayaks.md')).toBeVisible();
  await button(page, 'Back').click();
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue('Boathouse helper');
  await button(page, 'Next').click();
  await button(page, 'Next').click();
  await expect(page.getByRole('switch', { name: 'Agents available' })).toBeChecked();
  await button(page, 'Create bot').click();
  await expect(page.getByText('Boathouse helper is ready')).toBeVisible();
  await page.getByRole('link', { name: 'Open the Playground' }).click();

  const { log, say } = chat(page);
  await expect(log).toContainText('Boathouse helper');
  await say('Can I rent a kayak?');
  await expect(log).toContainText('blue boathouse');
  await expect(log).toContainText(/From: .*Kayak rental/);
  await say('Do you repair zippers?');
  await expect(log).toContainText('Bergen workshop');
  await page.getByRole('link', { name: 'Settings of Boathouse helper' }).click();
  await expect(page.getByRole('tab', { name: 'Support' })).toHaveAttribute('aria-selected', 'true');

  const bot = /bots\/([^/]+)\/support/.exec(page.url())?.[1] ?? '';
  await page.getByRole('tab', { name: 'General' }).click();
  await page.getByRole('textbox', { name: 'Add a site' }).fill(hostPage.origin);
  await button(page, 'Add site').click();
  await button(page, 'Save changes').click();
  await expect(page.getByText('Saved. Open widgets show it now.')).toBeVisible();
  const panel = await agent.openSidePanel();
  const visitor = await openVisitor(visitors, hostPage.url(bot));
  await visitor.say('Can I rent a kayak?');
  await expect(visitor.log).toContainText('blue boathouse');
  await visitor.say('I want to talk to a human about my kayak');
  await expect(visitor.button('Back to the assistant')).toBeVisible();
  await panel.getByText('I want to talk to a human about my kayak').first().click();
  await button(panel, 'Claim').click();
  await expect(visitor.log).toContainText('Support Agent joined');
  await panel.getByRole('textbox', { name: /reply/i }).fill('Take the red one.');
  await button(panel, 'Send reply').click();
  await expect(visitor.log).toContainText('Take the red one.');
  await visitor.close();
});

test('Cancel leaves no bot behind, and a reload asks first', async ({ companion, launch }) => {
  const admin = await launch();
  await admin.pairAs(companion, 'admin');
  const page = await admin.openPage('options.html#/bots');
  await button(page, 'Add bot').click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Nobody');
  const asked = page.waitForEvent('dialog');
  const reload = page.reload({ timeout: 2_000 }).catch(() => null);
  const dialog = await asked;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.dismiss();
  await reload;
  await button(page, 'Cancel').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Leave' }).click();
  await expect(page.getByRole('heading', { name: 'Bots' })).toBeVisible();
  await expect(page.getByRole('listitem', { name: 'Nobody' })).toHaveCount(0);
  await button(page, 'Add bot').click();
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue('');
});

test('a creation that is cut in the middle goes on where it stopped, and does nothing twice', async ({ companion, launch }) => {
  const admin = await launch();
  await admin.pairAs(companion, 'admin');
  const page = await admin.openPage('options.html#/bots');
  let cut = 0;
  await page.route('**/knowledge', async (route) => {
    if (route.request().method() !== 'POST' || (cut += 1) > 1) return await route.continue();
    // It was kept, and the answer is lost on the way.
    await route.fetch();
    return await route.abort();
  });
  await button(page, 'Add bot').click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Twice');
  await button(page, 'Next').click();
  await page.getByRole('textbox', { name: 'Question' }).fill('Do you sell tea?');
  await page.getByRole('textbox', { name: 'Answer' }).fill('Green and black.');
  await button(page, 'Next').click();
  await button(page, 'Create bot').click();
  await expect(page.getByText('Twice was added, but is not complete.')).toBeVisible();
  await expect(page.getByText(/could not be reached/)).toBeVisible();
  await button(page, 'Try again').click();
  await expect(page.getByText('Twice is ready')).toBeVisible();
  await page.getByRole('link', { name: 'Its settings' }).click();
  await page.getByRole('tab', { name: 'Knowledge' }).click();
  await expect(page.getByText('1 entry')).toBeVisible();
  await page.getByRole('link', { name: 'Bots', exact: true }).click();
  await expect(page.getByRole('listitem', { name: 'Twice' })).toHaveCount(1);
});

test('Try the detector shows a request with its evidence, and an offer after two misses; a role that may not add bots may try them', async ({ companion, agent }) => {
  const page = await agent.openPage('options.html#/playground');
  const result = detector(page);
  await tryIt(page, 'I want to talk to a human');
  await expect(result.getByRole('status')).toContainText('Would hand over to a person');
  await expect(result.getByRole('status')).toContainText(/asks for a person: “.*human.*”/);
  await tryIt(page, 'How long does shipping take?');
  await expect(result.getByRole('status')).toContainText('is a good answer');
  await expect(result.getByRole('region', { name: 'The visitor would read' })).toContainText('2 to 4 working days');
  await expect(result.getByRole('region', { name: 'Best entries' })).toContainText('How long does shipping take?');
  await expect(result.getByRole('region', { name: 'Scores' })).toContainText('Frustration');
  await tryIt(page, 'Can parrots be insured at your branch in Lisbon?', 'Do you lease industrial espresso machines?');
  await expect(result.getByRole('status')).toContainText('Would offer a person');
  await expect(result.getByRole('status')).toContainText('after 2 unanswered questions');
  await expect(result.getByRole('region', { name: 'Before it' })).toContainText('Do you lease industrial espresso machines?');
  await expect(result.getByRole('region', { name: 'Meter' })).toContainText('an offer stands');

  const { log, say } = chat(page);
  await say('How much is shipping?');
  await expect(log).toContainText('€4.90');
  await button(page, 'Take the chat’s messages').click();
  await expect(page.getByRole('textbox', { name: 'Message', exact: true })).toHaveValue('How much is shipping?');

  await page.goto(page.url().replace(/#.*/, '#/bots/new'));
  await expect(page.getByText('Only admins can add bots.')).toBeVisible();
  await expect.poll(() => companion.operator.connected()).toBe(1);
});

test('an escalation in the Playground shows what a visitor would see and alerts nobody; Start over is a new visitor', async ({ companion, hostPage, launch }) => {
  const admin = await launch();
  await admin.pairAs(companion, 'admin');
  const page = await admin.openPage('options.html#/playground');
  const notified = () => page.evaluate(async () => Object.keys(await chrome.notifications.getAll()).length);
  const waiting = async () => Number(await page.evaluate(async () => await chrome.action.getBadgeText({})));
  await expect.poll(waiting).toBeGreaterThan(0);
  const before = await waiting();
  const { log, say } = chat(page);
  await say('My tent has a hole, I want to talk to a human');
  await expect(button(page, 'Back to the assistant')).toBeVisible();
  await expect(page.getByRole('log').getByText("You're in the queue.")).toBeVisible();
  // What comes after it through the same feed has come: only then is silence a finding.
  const visitor = await openVisitor(visitors, hostPage.url(await demoBot(companion.url)));
  await visitor.say('I want a human, my stove leaks');
  await expect(visitor.button('Back to the assistant')).toBeVisible();
  await expect.poll(notified).toBe(1);
  expect(await waiting()).toBe(before + 1);
  const inbox = await admin.openPage('inbox.html');
  await expect(inbox.getByText('I want a human, my stove leaks').first()).toBeVisible();
  await expect(inbox.getByText('My tent has a hole')).toHaveCount(0);
  await inbox.getByRole('tab', { name: 'All' }).click();
  await expect(inbox.getByText('My tent has a hole')).toHaveCount(0);
  await inbox.getByRole('combobox', { name: 'Channel' }).selectOption({ label: 'Playground' });
  await expect(inbox.getByText('My tent has a hole').first()).toBeVisible();

  await page.bringToFront();
  await page.reload();
  await expect(log).toContainText('My tent has a hole');
  await button(page, 'Start over').click();
  await expect(log).not.toContainText('My tent has a hole');
  await say('How much is shipping?');
  await expect(log).toContainText('€4.90');
  expect([await notified(), await waiting()]).toEqual([1, before + 1]);
  await visitor.close();
});

test('with several bots the Playground asks which', async ({ companion, launch }) => {
  const admin = await launch();
  await admin.pairAs(companion, 'admin');
  const page = await admin.openPage('options.html#/bots');
  await addBot(page, 'Night helper');
  await page.getByRole('link', { name: 'Playground', exact: true }).first().click();
  await page.getByRole('combobox', { name: 'Bot' }).selectOption('Night helper');
  await expect(page.getByRole('log')).toContainText('Night helper');
  await expect(page.getByRole('link', { name: 'Settings of Night helper' })).toBeVisible();
});
