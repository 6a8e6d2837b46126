import type { Page } from '@playwright/test';
import { flowScreen } from '../pages/flow-screen.ts';
import { prepareRenderWatch } from '../pages/render-watch.ts';
import { expect, test } from '../story.ts';

const columns = 50;
const nodeCount = 1500;
const wireCount = 2200;
const moveCount = 120;

test('(j) in a flow of 1,500 nodes a node is dragged, and no other node is drawn again', async ({ page, product }) => {
  // Without a graphics card 1,500 nodes take long to paint.
  test.setTimeout(300_000);
  await prepareRenderWatch(page);
  await page.goto(`${product.url}/flows`);
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Import' }).click();
  await (await chooser).setFiles({
    name: 'many.flow.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(makeFlow())),
  });
  const flow = flowScreen(page, product.url);
  await expect(page.getByRole('heading', { level: 1, name: 'Many nodes' })).toBeVisible();
  await flow.saved();
  const nodes = page.locator('[data-testid^="rf__node-"]');

  for (const [view, at] of [
    ['as it opens', 0.5],
    ['the whole flow', 0.3],
  ] as const) {
    if (view === 'the whole flow') {
      await flow.showAll();
      await expect(nodes).toHaveCount(nodeCount);
    }
    const id = await findNode(page, at);
    const node = page.locator(`[data-testid="rf__node-${id}"]`);
    // Being chosen changes the page around the canvas; that is no part of dragging.
    await node.click();
    await flow.saved();
    await expect(page.getByRole('textbox', { name: 'Name of the node' })).toBeVisible();
    const box = await node.boundingBox();
    if (box === null) throw new Error('the node has no place');
    const from = { x: box.x + box.width / 2, y: box.y + box.height / 4 };
    await page.mouse.move(from.x, from.y);
    await page.evaluate(() => window.watchNodes());
    await page.mouse.down();
    for (let move = 1; move <= moveCount; move += 1) await page.mouse.move(from.x + move, from.y + move / 2);
    await page.mouse.up();
    const { renders, changes, p95FrameMs } = await page.evaluate(() => window.readNodes());
    const drawn = await nodes.count();
    test.info().annotations.push({ type: 'p95 frame', description: `${view}: ${p95FrameMs.toFixed(1)} ms, ${drawn} nodes drawn` });
    expect(renders[id], 'the dragged node follows the pointer').toBeGreaterThan(10);
    expect({ view, renders: Object.keys(renders), changes: Object.keys(changes) }).toEqual({ view, renders: [id], changes: [id] });
    await flow.saved();
  }
});

/** The id of the node that is nearest to a point of the canvas, in half its height. */
async function findNode(page: Page, across: number): Promise<string> {
  return page.evaluate((part) => {
    const canvas = document.querySelector('[data-testid="rf__wrapper"]')?.getBoundingClientRect();
    if (canvas === undefined) throw new Error('there is no canvas');
    const distance = (element: Element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return Math.hypot(x + width / 2 - canvas.x - canvas.width * part, y + height / 2 - canvas.y - canvas.height / 2);
    };
    const [nearest] = [...document.querySelectorAll('[data-testid^="rf__node-"]')].toSorted(
      (left, right) => distance(left) - distance(right),
    );
    return nearest?.getAttribute('data-id') ?? '';
  }, across);
}

/** A grid: each row is a chain, and columns are joined by wires downwards until there are enough. */
function makeFlow() {
  const id = (index: number) => `n${index}`;
  const nodes = Array.from({ length: nodeCount }, (_, index) => ({
    id: id(index),
    type: 'core.set',
    typeVersion: 1,
    name: `Step ${index}`,
    config: { keep: true, fields: [{ path: `value${index}`, value: index }] },
  }));
  const along = nodes.flatMap((_, index) =>
    index % columns === columns - 1 ? [] : [{ from: `${id(index)}.out`, to: `${id(index + 1)}.in` }],
  );
  const down = nodes.flatMap((_, index) =>
    index + columns < nodeCount ? [{ from: `${id(index)}.out`, to: `${id(index + columns)}.in` }] : [],
  );
  const places = nodes.map((_, index) => [id(index), [(index % columns) * 256, Math.floor(index / columns) * 128]]);
  return {
    format: 1,
    id: 'many-nodes',
    name: 'Many nodes',
    nodes,
    wires: [...along, ...down].slice(0, wireCount),
    layout: { nodes: Object.fromEntries(places) },
  };
}
