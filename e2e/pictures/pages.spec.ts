import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { flowScreen } from '../pages/flow-screen.ts';
import { expect, test } from '../story.ts';

const folder = fileURLToPath(new URL('../../docs/images/', import.meta.url));

const themes = ['light', 'dark'] as const;

for (const theme of themes) {
  test(`pictures of each page, ${theme}`, async ({ page, product }) => {
    await page.emulateMedia({ colorScheme: theme });
    const show = async (name: string) => {
      await settle(page);
      await page.screenshot({ path: `${folder}${name}-${theme}.png` });
    };

    await page.goto(`${product.url}/console`);
    await page.getByRole('link', { name: /2101/ }).first().click();
    await page.getByRole('tab', { name: /Artifacts/ }).click();
    await show('console');
    await fire(product.controlUrl, { rule: 'Create Ticket', incident: 2101, properties: { ticket_priority: 'High' } });
    await fire(product.controlUrl, { rule: 'Create Ticket', incident: 2102, properties: { ticket_priority: 'Low' } });
    await page.getByRole('tab', { name: 'Action Status' }).click();
    await expect(page.getByText('Complete').first()).toBeVisible();
    await show('action-status');

    await page.goto(`${product.url}/flows`);
    await expect(page.getByText('Succeeded').first()).toBeVisible();
    await show('flows');

    const flow = flowScreen(page, product.url);
    await flow.open('create-ticket');
    await expect(page.getByText('Succeeded').first()).toBeVisible();
    await flow.select('Tell the analyst');
    await show('flow');
    await page.keyboard.press('d');
    await expect(page.getByText(/change.* not deployed/)).toBeVisible();
    await page.getByRole('button', { name: 'Deploy', exact: true }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await show('deploy');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^Undo/ }).click();

    await page.goto(`${product.url}/runs`);
    await page.getByText('Create ticket').first().click();
    await page.getByText('Add to the ticket log').first().click();
    await show('run');

    await page.goto(`${product.url}/connections`);
    await expect(page.getByText('REST connected')).toBeVisible();
    await show('connections');

    await page.context().clearCookies();
    await page.goto(`${product.url}/flows`);
    await expect(page.getByRole('heading', { name: 'Sign in to Wirebook' })).toBeVisible();
    await show('sign-in');
  });
}

/** Fonts are there and nothing moves any more. */
async function settle(page: Page): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(800);
}

async function fire(controlUrl: string, body: object): Promise<void> {
  const answer = await fetch(`${controlUrl}/invocations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(answer.status).toBe(201);
}
