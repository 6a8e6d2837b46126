import { endFaults, fire, injectFault } from '../pages/control-port.ts';
import { flowScreen } from '../pages/flow-screen.ts';
import { expect, test } from '../story.ts';

test('(g) the engine is killed in the middle of a run: the editor says so, and the run goes on as a second attempt', async ({
  page,
  product,
}) => {
  await flowScreen(page, product.url).open('create-ticket');
  const runs = page.getByRole('grid', { name: 'Runs' }).getByRole('row');
  await injectFault(product.controlUrl, {
    kind: 'rest-delay',
    method: 'GET',
    path: '*/incidents/2103/table_data/*',
    count: 1,
    delayMs: 20_000,
  });
  await fire(product.controlUrl, 'Create Ticket', 2103, { ticket_priority: 'High' });
  const run = runs.filter({ hasText: '2103' });
  await expect(run).toContainText('Running');

  const killed = await product.enginePids();
  expect(killed.length).toBeGreaterThan(0);
  for (const pid of killed) process.kill(pid, 'SIGKILL');
  await expect(page.getByText('The engine is starting again')).toBeVisible();
  await endFaults(product.controlUrl);

  await expect(run).toContainText('Succeeded', { timeout: 40_000 });
  await expect(run).toContainText('2 attempts');
  await expect(page.getByText('The engine is starting again')).toBeHidden();
  await run.click();
  const steps = page.getByRole('listbox', { name: 'Steps' });
  await expect(steps.getByTitle('Attempt 2').first()).toBeVisible();
  const now = await product.enginePids();
  expect(now.filter((pid) => killed.includes(pid))).toEqual([]);
});
