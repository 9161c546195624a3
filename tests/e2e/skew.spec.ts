import type { Page } from '@playwright/test';
import { expect, test as base } from '../support/browser.ts';
import { until } from '../support/companion.ts';
import { startScriptedCompanion, type ScriptedCompanion } from '../support/scripted-agent-companion.ts';

const test = base.extend<{ other: ScriptedCompanion }>({
  other: async ({}, use) => {
    const other = await startScriptedCompanion();
    await use(other);
    await other.close();
  },
});

async function pair(page: Page, url: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Companion address' }).fill(url);
  await page.getByRole('textbox', { name: 'Pairing code' }).fill('ABCD-1234');
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
}

test('with a companion of the protocol before: pairing, reading and replying work; a newer one\'s strange rows stop nothing, broken ones are said', async ({ other, launch }) => {
  const agent = await launch();
  await pair(await agent.openPage('options.html#/connection'), other.url);
  const panel = await agent.openPage('sidepanel.html');
  await panel.getByRole('tab', { name: 'All' }).click();
  await panel.getByRole('listitem').filter({ hasText: 'Visitor 24A' }).getByRole('button').click();
  await expect(panel.getByRole('log')).toContainText('How long does shipping take?');
  await panel.getByRole('button', { name: 'Add note' }).click();
  await panel.getByRole('textbox', { name: /note/i }).fill('Read by an old one');
  await panel.getByRole('textbox', { name: /note/i }).press('Enter');
  await until('the note arrives', () => other.received.some((frame) => frame.type === 'command' && frame.command.type === 'note.add'));
  const strip = panel.getByText(/could not be read, so conversations here may be incomplete/);
  const member = (id: string, name: unknown) => ({ kind: 'member', row: { id, seq: 76, name, role: 'agent', revokedAt: null } });
  other.send({ type: 'poll', of: 'tomorrow' });
  other.send({ type: 'feed', from: 75, to: 76, rows: [{ kind: 'tag', row: { id: 't', seq: 76 } }, member('kim', 'Kim Demo')] });
  await until('what is known is applied', () => other.received.some((frame) => frame.type === 'applied' && frame.seq === 76));
  await expect(strip).toHaveCount(0);
  other.send({ type: 'feed', from: 76, to: 77, rows: [member('lee', 7)] });
  await expect(strip).toBeVisible();
  await until('the cursor moves on', () => other.received.some((frame) => frame.type === 'applied' && frame.seq === 77));
});

test('too old in either direction is said in words: when pairing, on the Connection page, in the side panel and in the popup', async ({ other, launch }) => {
  const agent = await launch();
  const options = await agent.openPage('options.html#/connection');
  other.protocol = 0;
  await pair(options, other.url);
  await expect(options.getByText(/companion is older than the extension understands/).first()).toBeVisible();
  other.protocol = 1;
  await pair(options, other.url);
  await expect(options.getByText('Connected to Pinewood Outdoor (demo)')).toBeVisible();

  other.refuses = true;
  other.cut();
  await expect(options.getByText('This extension is too old for the companion. Update it.')).toBeVisible({ timeout: 20_000 });
  const panel = await agent.openPage('sidepanel.html');
  await expect(panel.getByText(/extension is too old for the companion. Update the extension/)).toBeVisible();
  await panel.close();
  await options.bringToFront();
  const popup = await agent.openPopup();
  await expect(popup.getByText('Update needed')).toBeVisible();
  await expect(popup.getByText(/extension is too old for the companion/)).toBeVisible();

  other.refuses = false;
  other.protocol = 0;
  await agent.stopWorker();
  await options.reload();
  await expect(options.getByText('The companion is too old for this extension. Ask who runs it to update it.')).toBeVisible({ timeout: 40_000 });
});
