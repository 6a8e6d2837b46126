import { expect, listen, test } from '../story.ts';

test('(a) the printed link signs in once, opens a sample flow, and never again', async ({ browser, product, complaints }) => {
  const page = await (await browser.newContext()).newPage();
  listen(page, complaints);
  await page.goto(product.signInLink);
  await expect(page.getByRole('navigation', { name: 'Pages' })).toBeVisible();
  await expect(page).toHaveURL(/\/flows\/lookup-model/);
  await expect(page.getByText('Lookup model').first()).toBeVisible();
  expect(page.url()).not.toContain('token');

  const other = await (await browser.newContext()).newPage();
  await other.goto(product.signInLink);
  await expect(other.getByRole('heading', { name: 'Sign in to Wirebook' })).toBeVisible();
  await expect(other.getByRole('alert')).toContainText(/link/i);
});

test('(a) without a session every page is the sign-in page, and every answer is refused', async ({ browser, product }) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${product.url}/flows/lookup-model`);
  await expect(page.getByRole('heading', { name: 'Sign in to Wirebook' })).toBeVisible();
  const answer = await context.request.get(`${product.url}/api/flows`);
  expect(answer.status()).toBe(401);
});
