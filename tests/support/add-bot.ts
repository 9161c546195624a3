import type { Page } from '@playwright/test';

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** Through the wizard, from the Bots page, with everything as it is proposed, to its last step. */
export async function addBot(page: Page, name: string): Promise<void> {
  await button(page, 'Add bot').click();
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await button(page, 'Next').click();
  await button(page, 'Next').click();
  await button(page, 'Create bot').click();
  await page.getByText(`${name} is ready`).waitFor();
}
