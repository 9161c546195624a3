import type { Browser, Page } from '@playwright/test';
import { expect, test as base } from '../support/browser.ts';
import { startTestCompanion } from '../support/companion.ts';
import { startModelServer, streams, type ModelServer } from '../support/model-server.ts';
import { demoBot, launchVisitorBrowser, openVisitor } from '../support/visitor.ts';

const test = base.extend<{ model: ModelServer }>({
  model: async ({}, use) => {
    const model = await startModelServer();
    await use(model);
    await model.close();
  },
  companion: async ({ model }, use) => {
    const companion = await startTestCompanion({ DEMO: '1', OUTGOING_HOSTS: model.host });
    await use(companion);
    await companion.close();
  },
});

let visitors: Browser;
test.beforeAll(async () => { visitors = await launchVisitorBrowser(); });
test.afterAll(async () => { await visitors.close(); });

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const save = async (page: Page): Promise<void> => {
  await button(page, 'Save changes').click();
  await expect(page.getByText('Saved. Open widgets show it now.')).toBeVisible();
  await button(page, 'Close this message').click();
};

test('Engine: an admin makes a chat model answer; its key is used and never shown or sent back; bad addresses are named', async ({ companion, hostPage, launch, model }) => {
  const bot = await demoBot(companion.url);
  const admin = await launch();
  await admin.pairAs(companion, 'admin');
  const page = await admin.openPage(`options.html#/bots/${bot}/engine`);
  await page.getByRole('radio', { name: 'Chat model' }).check();
  await page.getByRole('textbox', { name: 'Base URL', exact: true }).fill('models.example');
  await button(page, 'Save changes').click();
  await expect(page.getByText('An address looks like https://api.example.com/v1').first()).toBeVisible();
  await page.getByRole('textbox', { name: 'Base URL', exact: true }).fill(model.baseUrl);
  await page.getByRole('textbox', { name: 'Model', exact: true }).fill('scripted');
  await save(page);
  const seen: string[] = [];
  page.on('response', (response) => { void response.text().then((text) => seen.push(text), () => undefined); });
  const key = page.getByRole('group', { name: 'API key' });
  await key.getByRole('button', { name: 'Set' }).click();
  await key.getByLabel('API key').fill('sk-demo-engine-key');
  await key.getByRole('button', { name: 'Save api key' }).click();
  await expect(key.getByText(/^Set on /)).toBeVisible();
  await page.reload();
  await expect(page.getByRole('group', { name: 'API key' }).getByText(/^Set on /)).toBeVisible();
  expect(seen.join('')).not.toContain('sk-demo-engine-key');
  expect(await page.content()).not.toContain('sk-demo-engine-key');

  const visitor = await openVisitor(visitors, hostPage.url(bot));
  model.script(streams({ answer: 'Parcels travel by tram.' }));
  await visitor.say('How long does shipping take?');
  await expect(visitor.log).toContainText('Parcels travel by tram.');
  expect(model.requests[0]?.headers['authorization']).toBe('Bearer sk-demo-engine-key');

  await page.getByRole('radio', { name: 'Your own bot' }).check();
  await page.getByRole('textbox', { name: 'Webhook URL' }).fill('https://bot.example/baton');
  const secret = page.getByRole('group', { name: 'Signing secret' });
  await secret.getByRole('button', { name: 'Make a new secret' }).click();
  await expect(secret.getByText(/^whsec_/)).toBeVisible();
  await secret.getByRole('button', { name: 'Done' }).click();
  await expect(secret.getByText(/^whsec_/)).toHaveCount(0);
  // What was typed for the model is there again.
  await page.getByRole('radio', { name: 'Chat model' }).check();
  await expect(page.getByRole('textbox', { name: 'Base URL', exact: true })).toHaveValue(model.baseUrl);
  await visitor.close();
});

test('Support: words that bring a person do so from the moment they are saved', async ({ companion, hostPage, launch }) => {
  const bot = await demoBot(companion.url);
  const admin = await launch();
  await admin.pairAs(companion, 'admin');
  const page = await admin.openPage(`options.html#/bots/${bot}/support`);
  await page.getByRole('textbox', { name: 'Words or phrase' }).fill('call my lawyer');
  await page.getByRole('combobox', { name: 'What happens' }).selectOption('Fetch a person at once');
  await button(page, 'Add words').click();
  await page.getByRole('slider', { name: 'Offer a person' }).press('ArrowRight');
  await expect(page.getByText(/About 1 in 6 questions/)).toBeVisible();
  await save(page);
  const visitor = await openVisitor(visitors, hostPage.url(bot));
  await visitor.say('I will call my LAWYER about this tent');
  await expect(visitor.page.getByRole('dialog')).toContainText(/queue|join|offline/i);
  await page.getByRole('button', { name: 'Remove call my lawyer' }).click();
  await save(page);
  const other = await openVisitor(visitors, hostPage.url(bot));
  await other.say('I will call my lawyer about this tent');
  await expect(other.log).toContainText(/don't (know|have) /i);
  await Promise.all([visitor.close(), other.close()]);
});
