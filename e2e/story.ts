import { test as base, expect, type Page } from '@playwright/test';
import { type Product, startProduct } from './product.ts';

interface StoryFixtures {
  /** Signed in as the owner, in a browser of its own. */
  readonly page: Page;
  /** Makes the story fail on what a browser complains of. */
  readonly complaints: string[];
}

/** Complaints that a story provokes itself are taken off this list by it, one by one. */
export const test = base.extend<StoryFixtures, { readonly product: Product }>({
  product: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures out of this pattern.
    async ({}, use) => {
      const product = await startProduct();
      await use(product);
      await product.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: the same.
  complaints: async ({}, use) => {
    const complaints: string[] = [];
    await use(complaints);
    expect(complaints, 'what the browser complained of').toEqual([]);
  },
  page: async ({ page, product, complaints }, use) => {
    listen(page, complaints);
    await signIn(page, product);
    await use(page);
  },
});

export { expect };

/** Every page of a story is listened to: errors, and violations of the content security policy. */
export function listen(page: Page, complaints: string[]): void {
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()} (${message.location().url})`);
  });
}

/** Signs in by a one-time link and waits for the product. */
export async function signIn(page: Page, product: Product): Promise<void> {
  await page.goto(await product.makeSignInLink());
  await expect(page.getByRole('navigation', { name: 'Pages' })).toBeVisible();
}
