import { fire } from '../pages/control-port.ts';
import { flowScreen } from '../pages/flow-screen.ts';
import { expect, test } from '../story.ts';

test('(d) a broken expression shows where, blocks the deployment, and is repaired while the preview is watched', async ({
  page,
  product,
}) => {
  const flow = flowScreen(page, product.url);
  await flow.open('create-ticket');
  // What the preview computes on.
  const runs = page.getByRole('grid', { name: 'Runs' }).getByRole('row');
  const before = await runs.count();
  await fire(product.controlUrl, 'Create Ticket', 2104, { ticket_priority: 'High' });
  const run = runs.filter({ hasText: '2104' }).first();
  await expect(run).toContainText('Succeeded');
  expect(await runs.count()).toBeGreaterThan(before);

  const node = flow.node('Number the ticket');
  const badge = node.locator('[data-severity="error"]');
  await flow.select('Number the ticket');
  const field = page.locator('[data-field="fields[0].value"]');
  const expression = field.getByRole('textbox', { name: 'Value' });
  const right = await expression.inputValue();
  const preview = field.locator('pre');
  await expect(preview).toHaveText(/^SD-260400$/);
  await expect(field).toContainText('on the message of run');

  await expression.press('Control+End');
  await expression.pressSequentially(' & (');
  await expect(expression).toHaveAttribute('aria-invalid', 'true');
  await expect(field).toContainText('Position 75: Expected ")" before end of expression');
  await expect(badge).toHaveText('1');
  await expect(node).toHaveAccessibleName(/1 error$/);

  // From somewhere else on the page the list of problems leads back to the field.
  await flow.select('Acknowledge');
  await expect(expression).toBeHidden();
  await page.getByRole('tab', { name: /^Problems/ }).click();
  const problem = page.getByRole('tabpanel', { name: /^Problems/ }).getByRole('button', { name: /^Error Number the ticket/ });
  await expect(problem).toContainText('Expected ")" before end of expression');
  await problem.click();
  await expect(page.getByRole('textbox', { name: 'Name of the node' })).toHaveValue('Number the ticket');
  await expect(expression).toBeFocused();

  await flow.saved();
  await page.getByRole('button', { name: 'Deploy', exact: true }).click();
  const dialog = page.getByRole('dialog');
  const refusal = dialog.getByRole('list', { name: 'Problems' }).getByRole('button');
  await expect(refusal).toContainText('Number the ticket');
  await expect(refusal).toContainText('Expected ")" before end of expression');
  await expect(refusal).not.toContainText('"ticket"');
  await expect(dialog.getByRole('button', { name: /^Deploy/ })).toBeDisabled();
  await refusal.click();
  await expect(dialog).toBeHidden();
  await expect(expression).toBeFocused();

  await expression.press('Control+End');
  await expression.pressSequentially('$count(rows) + 7)');
  await expect(preview).toHaveText(/^SD-2604007$/);
  await expect(field).not.toContainText('Position');
  await expect(badge).toBeHidden();
  await expect(problem).toBeHidden();
  await expect(page.getByText('No problems: this flow can be deployed.')).toBeVisible();
  await flow.saved();
  await flow.deploy();
  await fire(product.controlUrl, 'Create Ticket', 2105, { ticket_priority: 'High' });
  await page.getByRole('tab', { name: 'Runs' }).click();
  await expect(runs.filter({ hasText: '2105' }).first()).toContainText('Succeeded');

  // Other stories find the product as it was.
  await expression.fill(right);
  await flow.saved();
  await flow.deploy();
});
