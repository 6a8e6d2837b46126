import { flowList } from '../pages/flow-list.ts';
import { flowScreen } from '../pages/flow-screen.ts';
import { expect, listen, test } from '../story.ts';

test('(b) a flow drawn from nothing answers a function that an analyst calls from the menu of an artifact', async ({
  page,
  product,
  complaints,
}) => {
  await flowList(page, product.url).undeploy('Lookup model');
  const flow = flowScreen(page, product.url);
  await flow.create('My lookup');

  await flow.add('Function');
  const picker = page.getByRole('textbox', { name: /^Function/ }).last();
  await picker.click();
  await page.getByRole('option', { name: /lookup_model_by_id/ }).click();
  await expect(page.getByText(/on fn_models/).first()).toBeVisible();

  await page.getByRole('textbox', { name: 'Name of the node' }).fill('Asked by an analyst');
  await page.keyboard.press('Enter');
  await expect(flow.node('Asked by an analyst')).toHaveCount(1);

  // Nothing is selected, so nothing is wired by itself.
  const wires = page.locator('[data-testid^="rf__edge-"]');
  for (const label of ['JavaScript', 'Function result']) {
    await flow.showAll();
    await page.getByRole('application', { name: 'Canvas' }).focus();
    await page.keyboard.press('Escape');
    await flow.add(label);
    await flow.showAll();
    await expect(flow.node(label)).toHaveCount(1);
  }
  await expect(wires).toHaveCount(0);
  await flow.wire('Asked by an analyst', 'JavaScript');
  await expect(wires).toHaveCount(1);
  await flow.wire('JavaScript', 'Function result');
  await expect(wires).toHaveCount(2);

  await flow.select('JavaScript');
  await page.locator('.view-lines').last().click();
  await page.keyboard.type('return { owner: "desk 7", asked: $inputs.model_id };');
  await flow.saved();
  await flow.deploy();

  // The flow is watched in a window of its own while the analyst works in this one.
  const watcher = await page.context().newPage();
  listen(watcher, complaints);
  await watcher.goto(page.url());
  const runs = watcher.getByRole('grid', { name: 'Runs' }).locator('[data-run]');
  await expect(watcher.getByRole('tab', { name: 'Runs' })).toBeVisible();
  await expect(runs).toHaveCount(0);

  await page.goto(`${product.url}/console/2101`);
  await page.getByRole('tab', { name: /Artifacts/ }).click();
  await page
    .getByRole('button', { name: /payroll-check/ })
    .first()
    .click();
  await page.getByRole('menuitem', { name: 'Lookup Model' }).click();
  await page.getByRole('tab', { name: 'Action Status' }).click();
  await expect(runs).toHaveCount(1);
  await expect(runs).toContainText('Succeeded');
  await runs.click();
  const steps = watcher.getByRole('listbox', { name: 'Steps' }).getByRole('option');
  await expect(steps).toHaveCount(3);
  for (const name of ['Asked by an analyst', 'JavaScript', 'Function result']) await expect(steps.filter({ hasText: name })).toHaveCount(1);
  await watcher.close();
  await expect(page.getByRole('row', { name: /Complete.*Lookup Model/ }).first()).toBeVisible();
  await page
    .getByRole('button', { name: /Details of/ })
    .first()
    .click();
  await expect(page.getByRole('region', { name: 'Result' })).toContainText('desk 7');
  await page.getByRole('tab', { name: /Notes/ }).click();
  await expect(page.getByText(/desk 7/).first()).toBeVisible();

  // Other stories find the product as it was.
  await flowList(page, product.url).undeploy('My lookup');
  await flow.open('lookup-model');
  await flow.deploy();
});
