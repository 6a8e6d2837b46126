import { endFaults, fire, injectFault } from '../pages/control-port.ts';
import { flowScreen } from '../pages/flow-screen.ts';
import { expect, test } from '../story.ts';

test('(k) a run that hangs is stopped by a person: it ends at once, and the analyst reads who stopped it', async ({ page, product }) => {
  await flowScreen(page, product.url).open('create-ticket');
  await injectFault(product.controlUrl, {
    kind: 'rest-delay',
    method: 'GET',
    path: '*/incidents/2104/table_data/*',
    count: 1,
    delayMs: 60_000,
  });
  await fire(product.controlUrl, 'Create Ticket', 2104, { ticket_priority: 'High' });
  const run = page.getByRole('grid', { name: 'Runs' }).getByRole('row').filter({ hasText: '2104' }).first();
  await expect(run).toContainText('Running');
  await run.click();
  await page.getByRole('button', { name: 'Stop run' }).click();
  const dialog = page.getByRole('dialog', { name: 'Stop this run for good?' });
  await dialog.getByRole('button', { name: 'Stop run' }).click();
  await expect(dialog).toBeHidden();
  const detail = page.getByRole('region', { name: /^Run / });
  await expect(detail).toContainText('Cancelled');
  await expect(detail.getByText('the run was stopped by owner').first()).toBeVisible();
  await expect(page.getByRole('listbox', { name: 'Steps' }).getByRole('option', { name: /Read the ticket log/ })).not.toContainText(
    'Running',
  );
  await endFaults(product.controlUrl);

  await page.goto(`${product.url}/console/2104`);
  await page.getByRole('tab', { name: 'Action Status' }).click();
  const row = page.getByRole('row').filter({ hasText: 'Create Ticket' }).first();
  await expect(row).toContainText('Error');
  await expect(row).toContainText('stopped by owner');
});
