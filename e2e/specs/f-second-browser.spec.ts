import { flowScreen } from '../pages/flow-screen.ts';
import { expect, listen, signIn, test } from '../story.ts';

test('(f) a second browser takes the flow over, and neither loses work', async ({ browser, page, product, complaints }) => {
  const first = flowScreen(page, product.url);
  await first.create('Written by two');
  await first.add('Debug');
  await expect(first.node('Debug')).toHaveCount(1);
  await first.saved();
  const flowId = new URL(page.url()).pathname.split('/').at(-1) ?? '';

  const context = await browser.newContext();
  const otherPage = await context.newPage();
  listen(otherPage, complaints);
  await signIn(otherPage, product);
  const second = flowScreen(otherPage, product.url);
  await otherPage.goto(`${product.url}/flows/${flowId}`);
  await expect(second.node('Debug')).toHaveCount(1);
  await expect(otherPage.getByText(/in another window/)).toBeVisible();

  // What the first writes is read live by the second.
  await first.add('Set');
  await expect(second.node('Set')).toHaveCount(1);

  await otherPage.getByRole('button', { name: 'Take over' }).click();
  await second.saved();
  await expect(page.getByText(/in another window/)).toBeVisible();
  await second.add('JavaScript');
  await second.saved();
  await expect(first.node('JavaScript')).toHaveCount(1);

  await page.getByRole('button', { name: /Take over|Write here/ }).click();
  await first.saved();
  await first.add('Switch');
  await first.saved();
  await expect(async () => {
    await second.showAll();
    await expect(second.node('Switch')).toHaveCount(1, { timeout: 500 });
  }).toPass();
  await first.showAll();
  for (const screen of [first, second])
    for (const name of ['Debug', 'Set', 'JavaScript', 'Switch']) await expect(screen.node(name)).toHaveCount(1);

  // What the first has not saved when it is too late is kept as a draft of its own.
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/changes', async (route) => {
    await released;
    await route.continue();
  });
  await first.add('Function result');
  await expect(first.node('Function result')).toHaveCount(1);
  await expect(page.getByText(/^(saving|not saved yet)/)).toBeVisible();
  await otherPage.getByRole('button', { name: 'Take over' }).click();
  await second.saved();
  await expect(second.node('Function result')).toHaveCount(0);
  await second.add('Catch');
  await second.saved();
  release();
  await expect(page.getByText('What was not saved here is kept as a draft of its own.')).toBeVisible();
  await page.getByRole('button', { name: 'Look at it' }).click();
  await expect(page.getByText(/had not saved, kept/)).toBeVisible();
  await first.showAll();
  await expect(first.node('Function result')).toHaveCount(1);
  await expect(first.node('Catch')).toHaveCount(0);
  await second.showAll();
  await expect(second.node('Catch')).toHaveCount(1);
  await expect(second.node('Function result')).toHaveCount(0);
  await context.close();
});
