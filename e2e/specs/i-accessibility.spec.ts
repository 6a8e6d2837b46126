import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import { fire } from '../pages/control-port.ts';
import { flowScreen } from '../pages/flow-screen.ts';
import { expect, test } from '../story.ts';

interface AxeReport {
  readonly violations: readonly {
    readonly id: string;
    readonly impact: string | null;
    readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary?: string }[];
  }[];
}

declare const axe: { run(): Promise<AxeReport> };

const axeSource = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe calls serious or critical, one line for each element. */
async function findBarriers(page: Page, where: string): Promise<readonly string[]> {
  await page.evaluate(await axeSource);
  const report = await page.evaluate(() => axe.run());
  return report.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${where}: ${id} at ${node.target.join(' ')}: ${node.failureSummary ?? ''}`));
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`(i) axe finds no serious barrier on any page, ${colorScheme}`, async ({ browser, page, product }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const barriers: string[] = [];
    const look = async (where: string, at: Page = page): Promise<void> => {
      barriers.push(...(await findBarriers(at, where)));
    };

    const stranger = await (await browser.newContext({ colorScheme, reducedMotion: 'reduce' })).newPage();
    await stranger.goto(`${product.url}/sign-in`);
    await expect(stranger.getByRole('heading', { name: 'Sign in to Wirebook' })).toBeVisible();
    await look('sign-in', stranger);
    await stranger.context().close();

    await page.goto(`${product.url}/flows`);
    await expect(page.getByRole('link', { name: 'Create ticket' })).toBeVisible();
    await look('flows');

    const screen = flowScreen(page, product.url);
    await screen.open('create-ticket');
    await screen.select('Number the ticket');
    await look('flow with a form');
    await page.getByRole('button', { name: 'Deploy', exact: true }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await look('deploy dialog');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();

    // Single letters act only while the canvas has the keyboard.
    await page.getByRole('application', { name: 'Canvas' }).focus();
    await page.keyboard.press('?');
    await expect(page.getByRole('textbox', { name: 'Search keys' })).toBeVisible();
    await look('keys');
    await page.keyboard.press('Escape');

    await fire(product.controlUrl, 'Create Ticket', 2103, { ticket_priority: 'High' });
    await page.goto(`${product.url}/runs`);
    const run = page.getByRole('grid', { name: 'Runs' }).locator('[data-run]').first();
    await expect(run).toBeVisible();
    await look('runs');
    await run.click();
    await page.getByRole('listbox', { name: 'Steps' }).getByRole('option').nth(1).click();
    await expect(page.getByRole('region', { name: /^Step / })).toBeVisible();
    await look('run with a step');
    await page.getByRole('button', { name: /^Account of/ }).click();
    await page.getByRole('menuitem', { name: 'People' }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await look('people');
    await page.keyboard.press('Escape');

    await page.goto(`${product.url}/console`);
    await page.getByRole('link', { name: /2101/ }).first().click();
    await expect(page.getByRole('tab', { name: /Artifacts/ })).toBeVisible();
    await look('console incident');
    await page.getByRole('button', { name: 'Actions' }).click();
    await page.getByRole('menuitem', { name: 'Create Ticket' }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog).toBeVisible();
    await look('action dialog');
    await page.keyboard.press('Escape');

    await page.goto(`${product.url}/connections`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await look('connections');

    expect(barriers).toEqual([]);
  });
}
