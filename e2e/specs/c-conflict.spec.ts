import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { flowList } from '../pages/flow-list.ts';
import { flowScreen } from '../pages/flow-screen.ts';
import { expect, test } from '../story.ts';

const flowFile = join(fileURLToPath(new URL('.', import.meta.url)), '..', 'flows', 'ticket-desk.flow.json');

test('(c) Create Ticket goes through a conflict: two tries, the first 409, and the analyst is answered', async ({
  page,
  product,
  request,
}) => {
  const list = flowList(page, product.url);
  const screen = flowScreen(page, product.url);
  await list.undeploy('Create ticket');

  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Import' }).click();
  await (await chooser).setFiles(flowFile);
  await expect(page.getByRole('heading', { level: 1, name: 'Ticket desk' })).toBeVisible();
  await screen.saved();
  await screen.deploy();
  const flowUrl = page.url();

  const fault = await request.post(`${product.controlUrl}/faults`, {
    data: { kind: 'rest-conflict', path: '*/incidents/2102*', count: 1 },
  });
  expect(fault.ok()).toBe(true);

  await page.goto(`${product.url}/console/2102`);
  await page.getByRole('button', { name: 'Actions' }).click();
  await page.getByRole('menuitem', { name: 'Create Ticket' }).click();
  const form = page.getByRole('dialog');
  await form
    .getByRole('combobox', { name: 'Ticket Priority' })
    .or(form.getByRole('textbox', { name: 'Ticket Priority' }))
    .click();
  await page.getByRole('option', { name: 'High' }).click();
  await form.locator('button[type=submit]').click();
  await expect(form).toBeHidden();
  await page.getByRole('tab', { name: 'Action Status' }).click();
  const row = page.getByRole('row').filter({ hasText: 'Create Ticket' }).first();
  await expect(row).toContainText('Complete');
  await expect(row).toContainText('Ticket SD-2102 opened');

  await page.goto(flowUrl);
  await page.getByRole('grid', { name: 'Runs' }).locator('[data-run]').first().click();
  await page.getByRole('listbox', { name: 'Steps' }).getByRole('option').filter({ hasText: 'Stamp incident' }).first().click();
  const step = page.getByRole('region', { name: 'Step Stamp incident' });
  const tries = step.getByRole('row').filter({ hasText: /PATCH|PUT/ });
  await expect(tries).toHaveCount(2);
  await expect(tries.first()).toContainText('409');
  await expect(tries.last()).toContainText('200');

  await request.delete(`${product.controlUrl}/faults`);
  await list.undeploy('Ticket desk');
  await screen.open('create-ticket');
  await screen.deploy();
});
