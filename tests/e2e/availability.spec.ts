import type { Browser } from '@playwright/test';
import { expect, test } from '../support/browser.ts';
import { demoBot, launchVisitorBrowser, openVisitor } from '../support/visitor.ts';

let visitors: Browser;
test.beforeAll(async () => { visitors = await launchVisitorBrowser(); });
test.afterAll(async () => { await visitors.close(); });

test('a lead switches Agents available off in the real popup: everyone sees it, visitors get the offline message and may leave an e-mail', async ({ companion, hostPage, agent, launch }) => {
  const bot = await demoBot(companion.url);
  const lead = await launch();
  await lead.pairAs(companion, 'lead');
  const panel = await agent.openSidePanel();
  const popup = await lead.openPopup();
  const toggle = popup.getByRole('switch', { name: 'Agents available' });
  await expect(toggle).toBeChecked();
  await toggle.click();
  const ask = popup.getByRole('button', { name: 'Turn off' });
  await ask.click({ timeout: 2_000 }).catch(() => undefined); // asked only while visitors wait
  await expect(toggle).not.toBeChecked();
  await expect(panel.getByRole('switch', { name: 'Agents available' })).not.toBeChecked();
  const visitor = await openVisitor(visitors, hostPage.url(bot));
  await visitor.say('hello');
  await visitor.button('Talk to a person').click();
  await expect(visitor.page.getByRole('dialog')).toContainText('Our team is offline right now');
  await visitor.page.getByRole('textbox', { name: /e-?mail/i }).fill('ana@example.com');
  await visitor.page.getByRole('textbox', { name: /e-?mail/i }).press('Enter');
  await expect(visitor.page.getByRole('dialog')).toContainText('ana@example.com');
  const page = await lead.openPage('inbox.html');
  const row = page.locator('[data-conversation]', { hasText: 'hello' });
  await expect(row).toContainText('Escalated');
  await row.click();
  await expect(page.getByText('ana@example.com').first()).toBeVisible();
  await visitor.close();
});

test('on but nobody connected: visitors get the offline path and the switch stays on', async ({ companion, hostPage }) => {
  // No agent was ever paired here, so nobody holds a lease.
  const visitor = await openVisitor(visitors, hostPage.url(await demoBot(companion.url)));
  await visitor.say('I want to talk to a human');
  await expect(visitor.page.getByRole('dialog')).toContainText('Our team is offline right now');
  await visitor.close();
});
