import { flowList } from '../pages/flow-list.ts';
import { flowScreen } from '../pages/flow-screen.ts';
import { expect, test } from '../story.ts';

test('(b) a flow drawn from nothing answers a function that an analyst calls from the menu of an artifact', async ({ page, product }) => {
  await flowList(page, product.url).undeploy('Lookup model');
  const flow = flowScreen(page, product.url);
  await flow.create('My lookup');

  await flow.add('Function');
  const picker = page.getByRole('textbox', { name: /^Function/ }).last();
  await picker.click();
  await page.getByRole('option', { name: /lookup_model_by_id/ }).click();
  await expect(page.getByText(/on fn_models/).first()).toBeVisible();

  await flow.add('JavaScript');
  await page.locator('.view-lines').last().click();
  await page.keyboard.type('return { owner: "desk 7", asked: $inputs.model_id };');
  await flow.select('JavaScript');

  // Nothing is selected, so nothing is wired: the wire to the result is drawn by hand.
  await flow.showAll();
  await page.keyboard.press('Escape');
  await flow.add('Function result');
  await flow.showAll();
  const from = flow.node('JavaScript').getByRole('img', { name: /^out/ });
  const to = flow.node('Function result').getByRole('img', { name: /^in/ });
  const wires = page.locator('[data-testid^="rf__edge-"]');
  const drawn = await wires.count();
  if (drawn < 2) await from.dragTo(to, { force: true });
  await expect(wires).toHaveCount(2);
  await flow.saved();
  await flow.deploy();

  await page.goto(`${product.url}/console/2101`);
  await page.getByRole('tab', { name: /Artifacts/ }).click();
  await page
    .getByRole('button', { name: /payroll-check/ })
    .first()
    .click();
  await page.getByRole('menuitem', { name: 'Lookup Model' }).click();
  await page.getByRole('tab', { name: 'Action Status' }).click();
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
