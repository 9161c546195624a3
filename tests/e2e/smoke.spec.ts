import { expect, test } from '../support/browser.ts';

test('a paired extension: the real side panel and the real popup open, and the worker comes back after it was stopped', async ({ agent, companion }) => {
  const panel = await agent.openSidePanel();
  await expect(panel.locator('[data-conversation]').first()).toBeVisible();
  const options = await agent.openPage('options.html');
  const popup = await agent.openPopup();
  await expect(popup.getByRole('switch', { name: 'Agents available' })).toBeVisible();
  await options.close();
  await agent.stopWorker();
  await agent.openPage('options.html');
  await expect.poll(() => companion.operator.connected()).toBe(1);
});
