import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from '@playwright/test';
import { freePort } from '#lib/start/free-port.ts';
import { addBot } from '../support/add-bot.ts';
import { expect, test, type ExtensionBrowser } from '../support/browser.ts';
import { demoBot, launchVisitorBrowser, openChat, openVisitor } from '../support/visitor.ts';

let visitors: Browser;
test.beforeAll(async () => { visitors = await launchVisitorBrowser(); });
test.afterAll(async () => { await visitors.close(); });

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const save = async (page: Page): Promise<void> => {
  await button(page, 'Save changes').click();
  await expect(page.getByText('Saved. Open widgets show it now.')).toBeVisible();
  await button(page, 'Close this message').click();
};
const settings = (browser: ExtensionBrowser, bot: string, tab: string): Promise<Page> => browser.openPage(`options.html#/bots/${bot}/${tab}`);

/** A server that answers every request, and is no companion. */
async function startStranger(): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((_, response) => { response.end('hello'); }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: async () => { server.closeAllConnections(); server.close(); await once(server, 'close'); } };
}

test('Connection: each way it can fail has its own words; then it connects, and Disconnect ends it', async ({ companion, launch }) => {
  const stranger = await startStranger();
  const browser = await launch();
  const page = await browser.openPage('options.html#/connection');
  const connect = async (address: string, code: string): Promise<void> => {
    await page.getByRole('textbox', { name: 'Companion address' }).fill(address);
    await page.getByRole('textbox', { name: 'Pairing code' }).fill(code);
    await button(page, 'Connect').click();
  };
  const code = await companion.operator.code('admin');
  const tries: [address: string, code: string, words: RegExp][] = [
    ['', 'ABCD-EFGH', /Type the address an admin gave you/], [companion.url, 'ABC', /eight letters or digits/],
    ['http://', code, /This is not an address/], ['http://chat.example', code, /Use https/],
    [`http://127.0.0.1:${await freePort(0)}`, code, /Nothing answered at this address/], [stranger.url, code, /it is not a Baton companion/],
    [companion.url, 'ABCD-EFGH', /does not know this code/],
  ];
  for (const [address, typed, words] of tries) {
    await connect(address, typed);
    await expect(page.getByText(words).first()).toBeVisible();
    for (const [, , other] of tries) if (other !== words) await expect(page.getByText(other)).toHaveCount(0);
  }
  await connect(companion.url, code);
  await expect(page.getByRole('heading', { name: /^Connected to/ })).toBeVisible();
  await expect.poll(() => companion.operator.connected()).toBe(1);
  await button(page, 'Disconnect').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Disconnect' }).click();
  await expect(page.getByRole('textbox', { name: 'Pairing code' })).toBeVisible();
  await expect.poll(() => companion.operator.connected()).toBe(0);
  await connect(companion.url, code);
  await expect(page.getByText(/used already/).first()).toBeVisible();
  await stranger.close();
});

test('Enable human handoff and Trigger mode change an open widget without reload', async ({ companion, hostPage, launch }) => {
  const bot = await demoBot(companion.url);
  const admin = await launch();
  await admin.pairAs(companion, 'admin');
  const visitor = await openVisitor(visitors, hostPage.url(bot));
  const talk = visitor.button('Talk to a person');
  await expect(talk).toBeVisible();
  const page = await settings(admin, bot, 'support');
  const handoff = page.getByRole('switch', { name: 'Enable human handoff' });
  const mode = (name: string) => page.getByRole('radiogroup', { name: 'Trigger mode' }).getByRole('radio', { name, exact: true });
  await handoff.click();
  await save(page);
  await expect(talk).toHaveCount(0);
  await visitor.say('I want a human');
  await expect(visitor.log).toContainText("I can't connect you to a person in this chat");
  await handoff.click();
  await mode('Button').check();
  await save(page);
  await expect(talk).toBeVisible();
  await visitor.say('I want to talk to a human');
  await expect(visitor.log).toContainText('You can reach a person with the "Talk to a person" button');
  await expect(talk).toBeVisible();
  await mode('Auto').check();
  await save(page);
  await expect(talk).toHaveCount(0);
  await visitor.say('Do you lease industrial espresso machines?');
  await expect(visitor.log).toContainText(/don't (know|have) /i);
  await visitor.say('Can parrots be insured at your branch in Lisbon?');
  await expect(visitor.button('Yes, a person')).toBeVisible();
  await visitor.button('Keep trying').click();
  await expect(visitor.button('Yes, a person')).toHaveCount(0);
  await mode('Both').check();
  await save(page);
  await expect(talk).toBeVisible();
  await visitor.close();
});

test('Agent label and Offline message are what visitors read; the preview shows them before they are saved', async ({ companion, hostPage, launch }) => {
  const bot = await demoBot(companion.url);
  const admin = await launch();
  await admin.pairAs(companion, 'admin');
  const page = await settings(admin, bot, 'support');
  const label = page.getByRole('textbox', { name: 'Agent label' }), offline = page.getByRole('textbox', { name: 'Offline message' });
  const preview = page.getByRole('region', { name: 'What visitors see' });
  await expect(preview.getByRole('button', { name: 'Talk to a person' })).toBeVisible();
  await offline.fill('x'.repeat(501));
  await label.fill('y'.repeat(61));
  await expect(page.getByText('501/500')).toBeVisible();
  await expect(page.getByText('61/60')).toBeVisible();
  await button(page, 'Save changes').click();
  await expect(page.getByText(/1 character too long; 500 fit/).first()).toBeVisible();
  await expect(page.getByText(/1 character too long; 60 fit/).first()).toBeVisible();
  await label.fill('Sarah from Support');
  await offline.fill('Back on Monday at nine.');
  await preview.getByRole('button', { name: 'Agent' }).click();
  await expect(preview.getByText('Sarah from Support joined')).toBeVisible();
  await preview.getByRole('button', { name: 'Offline' }).click();
  await expect(preview.getByText('Back on Monday at nine.')).toBeVisible();
  await save(page);

  const visitor = await openVisitor(visitors, hostPage.url(bot));
  await visitor.say('I want a human, my stove leaks');
  await expect(visitor.button('Back to the assistant')).toBeVisible();
  const desk = await admin.openPage('inbox.html');
  await desk.getByText('I want a human, my stove leaks').first().click();
  await button(desk, 'Claim').click();
  await expect(visitor.log).toContainText('Sarah from Support joined');
  await desk.getByRole('textbox', { name: /reply/i }).fill('Close the valve first.');
  await button(desk, 'Send reply').click();
  await expect(visitor.log.locator('.bubble.agent')).toHaveText(/^Sarah from Support\s*Close the valve first\.$/);

  await page.bringToFront();
  await page.getByRole('switch', { name: 'Agents available' }).click();
  await expect(page.getByRole('switch', { name: 'Agents available' })).not.toBeChecked();
  const late = await openVisitor(visitors, hostPage.url(bot));
  await late.say('hello');
  await late.button('Talk to a person').click();
  await expect(late.log).toContainText('Back on Monday at nine.');
  await offline.fill('');
  await save(page);
  const last = await openVisitor(visitors, hostPage.url(bot));
  await last.say('hello');
  await last.button('Talk to a person').click();
  await expect(last.log).toContainText("Our team is offline right now. Leave your email and we'll get back to you.");
  await Promise.all([visitor.close(), late.close(), last.close()]);
});

test('General: the snippet names bot and companion, and only listed sites may embed it', async ({ companion, hostPage, launch }) => {
  const bot = await demoBot(companion.url);
  const admin = await launch();
  await admin.pairAs(companion, 'admin');
  const page = await settings(admin, bot, 'general');
  await expect(page.getByText(`<script async src="${companion.url}/widget.js" data-bot="${bot}"></script>`)).toBeVisible();
  await expect(button(page, 'Copy')).toBeVisible();
  const addSite = async (site: string): Promise<void> => {
    await page.getByRole('textbox', { name: 'Add a site' }).fill(site);
    await button(page, 'Add site').click();
  };
  await button(page, 'Remove *').click();
  await addSite('shop.example');
  await expect(page.getByText(/Begin with https/)).toBeVisible();
  await addSite('https://shop.example/cart');
  await save(page);
  const context = await visitors.newContext();
  const guest = await context.newPage();
  await guest.goto(hostPage.url(bot));
  await guest.getByRole('button', { name: /chat/i }).first().click();
  await expect(guest.getByText('This chat is not available on this site.')).toBeVisible();
  await addSite(hostPage.origin);
  await save(page);
  await guest.reload();
  const visitor = await openChat(guest);
  await visitor.say('How long does shipping take?');
  await expect(visitor.log).toContainText('2 to 4 working days');
  await context.close();
});

test('Knowledge: typed questions and files at once, a bad file named and the rest kept, and the bot answers with its source', async ({ companion, hostPage, launch }) => {
  const bot = await demoBot(companion.url);
  const admin = await launch();
  await admin.pairAs(companion, 'admin');
  const page = await settings(admin, bot, 'knowledge');
  await page.getByRole('textbox', { name: 'Question' }).fill('Do you repair zippers?');
  await page.getByRole('textbox', { name: 'Answer' }).fill('Zippers are repaired in our Bergen workshop for 12 euros.');
  await button(page, 'Add question').click();
  await expect(page.getByText('Do you repair zippers?').first()).toBeVisible();
  await page.getByLabel('Knowledge files').setInputFiles([
    { name: 'kayaks.md', mimeType: 'text/markdown', buffer: Buffer.from('# Kayak rental\n\nKayaks are rented from the blue boathouse, 40 euros a day.\n') },
    { name: 'photo.txt', mimeType: 'text/plain', buffer: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 0xff, 0xfe, 0]) },
    { name: 'empty.md', mimeType: 'text/markdown', buffer: Buffer.alloc(0) },
  ]);
  const refused = page.getByRole('alert').filter({ hasText: 'Not added' });
  await expect(refused).toContainText('photo.txt');
  await expect(refused).toContainText('empty.md');
  await expect(refused).not.toContainText('kayaks.md');
  await expect(page.getByText('Kayak rental').first()).toBeVisible();
  const visitor = await openVisitor(visitors, hostPage.url(bot));
  await visitor.say('Can I rent a kayak?');
  await expect(visitor.log).toContainText('blue boathouse');
  await expect(visitor.log).toContainText(/From: .*Kayak rental/);
  await visitor.say('Do you repair zippers?');
  await expect(visitor.log).toContainText('Bergen workshop');
  await visitor.close();
});

test('Bots: Add bot and Edit; an agent reads but cannot change', async ({ companion, launch }) => {
  const [admin, agent] = await Promise.all([launch(), launch()]);
  await admin.pairAs(companion, 'admin');
  await agent.pairAs(companion, 'agent');
  const page = await admin.openPage('options.html#/bots');
  await addBot(page, 'Night helper');
  await page.getByRole('link', { name: 'Bots', exact: true }).click();
  const row = page.getByRole('listitem', { name: 'Night helper' });
  await expect(row).toContainText('Handoff on, Both');
  await row.getByRole('button', { name: 'Edit', exact: true }).click();
  await expect(page.getByRole('switch', { name: 'Enable human handoff' })).toBeChecked();
  await page.getByRole('switch', { name: 'Enable human handoff' }).click();
  await save(page);
  await page.goto(page.url().replace(/#.*/, '#/bots'));
  await expect(row).toContainText('Handoff off');

  const reader = await settings(agent, await demoBot(companion.url), 'support');
  await expect(reader.getByText('Only admins can change these.')).toBeVisible();
  await expect(reader.getByRole('switch', { name: 'Enable human handoff' })).toBeDisabled();
  await expect(reader.getByRole('textbox', { name: 'Offline message' })).toBeDisabled();
  await expect(reader.getByRole('radio', { name: 'Auto' })).toBeDisabled();
});

test('Team: a new member pairs with the code; revoked, their browser is told within seconds; the last admin stays', async ({ companion, launch }) => {
  const [admin, other] = await Promise.all([launch(), launch()]);
  await admin.pairAs(companion, 'admin');
  const page = await admin.openPage('options.html#/team');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Mara');
  await page.getByRole('combobox', { name: 'Role', exact: true }).selectOption('lead');
  await button(page, 'Add member').click();
  await expect(page.getByRole('heading', { name: 'Pairing code for Mara' })).toBeVisible();
  const code = await page.locator('[data-pairing-code]').innerText();
  await (await other.openPage(`welcome.html#server=${encodeURIComponent(companion.url)}&code=${encodeURIComponent(code)}`)).getByText('Connected as Mara').waitFor();
  const panel = await other.openSidePanel();
  await expect(panel.getByRole('button', { name: 'Claim', exact: true }).or(panel.getByRole('tab', { name: /Waiting/ })).first()).toBeVisible();
  const row = page.getByRole('listitem', { name: 'Mara' });
  await expect(row).toContainText('Connected');
  await row.getByRole('button', { name: 'Revoke Mara' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke', exact: true }).click();
  await expect(panel.getByText(/access was revoked/)).toBeVisible({ timeout: 2_000 });
  await expect(row).toContainText('Revoked');
  await page.getByRole('button', { name: 'Revoke You' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke', exact: true }).click();
  await expect(page.getByText('This is the last admin. Make somebody else an admin first.')).toBeVisible();
  await expect(page.getByRole('listitem', { name: 'You' })).not.toContainText('Revoked');
});
