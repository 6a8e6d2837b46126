import type { Page } from '@playwright/test';
import { flowScreen } from '../pages/flow-screen.ts';
import { prepareRenderWatch } from '../pages/render-watch.ts';
import { expect, test } from '../story.ts';

const columns = 50;
const nodeCount = 1500;
const wireCount = 2200;

test('(j) in a flow of 1,500 nodes a node is dragged, and no other node is drawn again', async ({ page, product }) => {
  await prepareRenderWatch(page);
  const flowId = await importFlow(page, product.url);
  const flow = flowScreen(page, product.url);
  await flow.open(flowId);
  const nodes = page.locator('[data-testid^="rf__node-"]');

  // Without a graphics card a picture of many nodes takes long, so they get fewer moves.
  for (const { view, at, leastDrawn, moveCount } of [
    { view: 'as it opens', at: 0.5, leastDrawn: 30, moveCount: 120 },
    { view: 'from afar', at: 0.3, leastDrawn: 300, moveCount: 20 },
  ]) {
    await expect
      .poll(async () => {
        const drawn = await nodes.count();
        if (drawn < leastDrawn) await page.getByRole('button', { name: /Zoom out/ }).click();
        return drawn;
      })
      .toBeGreaterThanOrEqual(leastDrawn);
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
    expect(renders[id], 'the dragged node follows the pointer').toBeGreaterThanOrEqual(10);
    expect({ view, renders: Object.keys(renders), changes: Object.keys(changes) }).toEqual({ view, renders: [id], changes: [id] });
    await flow.saved();
  }
});

/** Makes the flow in the way of the editor's import. Gives its id. */
async function importFlow(page: Page, url: string): Promise<string> {
  const session = await page.request.get(`${url}/api/session`);
  const { csrfToken } = await session.json();
  const document = makeFlow();
  const made = await page.request.post(`${url}/api/flows`, {
    headers: { origin: url, 'x-csrf-token': csrfToken },
    data: { name: document.name, document },
  });
  expect(made.ok(), await made.text()).toBe(true);
  const { id } = await made.json();
  return id;
}

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
