import { expect, type Locator, type Page } from '@playwright/test';

/** The page of one flow. */
export interface FlowScreen {
  /** Opens a flow that is there. */
  open(flowId: string): Promise<void>;
  /** Makes a flow from the list and waits for its canvas. */
  create(name: string): Promise<void>;
  /** The box of a node, found by the text of its title. */
  node(name: string): Locator;
  /** Selects a node, so that its form is open. */
  select(name: string): Promise<void>;
  /** Adds a node from the palette by its label. */
  add(label: string): Promise<void>;
  /** Draws a wire with the mouse, from the output `out` of a node to the input `in` of another. */
  wire(from: string, to: string): Promise<void>;
  /** Brings every node into view: those outside are not drawn. */
  showAll(): Promise<void>;
  /** Waits until the server has everything. */
  saved(): Promise<void>;
  /** Deploys what is open, and closes the dialog. */
  deploy(): Promise<void>;
}

export function flowScreen(page: Page, url: string): FlowScreen {
  const canvas = page.getByTestId('rf__wrapper');

  function node(name: string): Locator {
    return canvas.locator('[data-testid^="rf__node-"]').filter({ hasText: name });
  }

  /** Boxes tell the type too, which may be called as another node is. */
  function named(name: string): Locator {
    return node(name).filter({ has: page.getByTitle(name, { exact: true }) });
  }

  async function settled(): Promise<void> {
    await expect(page.getByText(/^draft saved/)).toBeVisible();
  }

  return {
    open: async (flowId) => {
      await page.goto(`${url}/flows/${flowId}`);
      await expect(canvas).toBeVisible();
      // A window of the story before may hold the draft for a few seconds more.
      const takeOver = page.getByRole('button', { name: 'Take over' });
      await expect(
        page
          .getByText(/^draft saved/)
          .or(takeOver)
          .first(),
      ).toBeVisible();
      if (await takeOver.isVisible()) await takeOver.click();
      await settled();
    },
    create: async (name) => {
      await page.goto(`${url}/flows`);
      await page.getByRole('button', { name: 'New flow' }).first().click();
      await page.getByLabel('Name').fill(name);
      await page.getByRole('button', { name: 'Create flow' }).click();
      await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
      await settled();
    },
    node,
    select: async (name) => {
      await node(name).click({ position: { x: 40, y: 12 } });
      await expect(page.getByRole('tab', { name: 'Configure' })).toBeVisible();
    },
    add: async (label) => {
      const search = page.getByRole('textbox', { name: 'Search nodes' });
      await search.fill(label);
      await page.getByRole('button', { name: label, exact: true }).click();
      await search.fill('');
    },
    wire: async (from, to) => {
      // Hovering waits until the canvas moves no more.
      const start = named(from).getByRole('img', { name: /^out/ });
      await start.hover();
      const { x, y } = await middleOf(start);
      const end = await middleOf(named(to).getByRole('img', { name: /^in/ }));
      await page.mouse.down();
      await page.mouse.move((x + end.x) / 2, (y + end.y) / 2, { steps: 5 });
      await page.mouse.move(end.x, end.y, { steps: 5 });
      await page.mouse.up();
    },
    showAll: () => page.getByRole('button', { name: /Show the whole flow/ }).click(),
    saved: settled,
    deploy: async () => {
      await page.getByRole('button', { name: 'Deploy', exact: true }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: /^Deploy/ }).click();
      await dialog.getByRole('button', { name: 'Close' }).last().click();
      await expect(dialog).toBeHidden();
    },
  };
}

async function middleOf(place: Locator): Promise<{ readonly x: number; readonly y: number }> {
  const box = await place.boundingBox();
  if (box === null) throw new Error('the port is not drawn');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
