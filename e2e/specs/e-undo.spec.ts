import type { Page } from '@playwright/test';
import { flowScreen } from '../pages/flow-screen.ts';
import { expect, test } from '../story.ts';

interface Draft {
  readonly document: Readonly<Record<string, unknown>>;
}

test('(e) undo and redo over twenty mixed changes return to the identical document', async ({ page, product }) => {
  const flow = flowScreen(page, product.url);
  await flow.create('Changed often');
  const flowId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  const read = () => readDraft(page, `${product.url}/api/flows/${flowId}/draft`);
  const before = await read();
  const undo = page.getByRole('button', { name: 'Undo', exact: true });
  const redo = page.getByRole('button', { name: 'Redo', exact: true });

  for (const label of ['Debug', 'Set', 'JavaScript', 'Switch']) {
    await flow.add(label);
    await expect(flow.node(label)).toHaveCount(1);
  }
  await flow.showAll();
  for (const name of ['Debug', 'Set', 'JavaScript', 'Switch']) {
    await flow.select(name);
    await page.keyboard.press('d');
    await page.keyboard.press('Control+ArrowDown');
    await page.keyboard.press('Control+ArrowRight');
  }
  await flow.select('Debug');
  await page.keyboard.press('Alt+d');
  await expect(flow.node('Debug')).toHaveCount(2);
  await flow.showAll();
  await flow.select('Switch');
  await page.keyboard.press('Alt+d');
  await expect(flow.node('Switch')).toHaveCount(2);
  await flow.showAll();
  await flow.select('JavaScript');
  await page.keyboard.press('Delete');
  await expect(flow.node('JavaScript')).toHaveCount(0);
  await flow.select('Set');
  await page.keyboard.press('Delete');
  await expect(flow.node('Set')).toHaveCount(0);
  await flow.showAll();
  await flow.select('Debug 2');
  await page.getByRole('textbox', { name: 'Name of the node' }).fill('Renamed');
  await page.keyboard.press('Enter');
  await expect(flow.node('Renamed')).toHaveCount(1);
  await flow.wire('Renamed', 'Debug');
  await expect(page.locator('[data-testid^="rf__edge-"]')).toHaveCount(1);
  await flow.select('Renamed');
  await page.getByRole('textbox', { name: 'Label' }).fill('configured');
  await page.getByRole('button', { name: 'Add notes' }).click();
  await page.getByRole('textbox', { name: 'Notes, in Markdown' }).fill('A note');
  await flow.select('Renamed');
  await page.keyboard.press('Control+c');
  await page.keyboard.press('Control+v');
  await expect(flow.node('Renamed')).toHaveCount(2);
  await flow.saved();
  const after = await read();
  expect(after).not.toEqual(before);

  let steps = 0;
  while (await undo.isEnabled()) {
    await undo.click();
    steps += 1;
  }
  expect(steps).toBeGreaterThanOrEqual(20);
  await flow.saved();
  await expect.poll(read).toEqual(before);
  for (let step = 0; step < steps; step += 1) await redo.click();
  await expect(redo).toBeDisabled();
  await flow.saved();
  await expect.poll(read).toEqual(after);
});

/** The document as the server keeps it, text for text. */
async function readDraft(page: Page, address: string): Promise<string> {
  const answer = await page.request.get(address);
  expect(answer.ok()).toBe(true);
  const draft: Draft = await answer.json();
  return JSON.stringify(draft.document);
}
