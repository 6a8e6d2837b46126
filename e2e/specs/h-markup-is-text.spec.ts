import type { Locator, Page } from '@playwright/test';
import { fire } from '../pages/control-port.ts';
import { flowList } from '../pages/flow-list.ts';
import { flowScreen } from '../pages/flow-screen.ts';
import { expectNoEffect, listenForPicture, markup } from '../pages/markup.ts';
import { openPlatformRest, type PlatformRest } from '../pages/platform-rest.ts';
import { expect, test } from '../story.ts';

const incidentName = `Incident ${markup}`;
const flowName = `Flow ${markup}`.slice(0, 200);

test('(h) markup in whatever a person or a platform writes is text on every page', async ({ page, product, complaints }) => {
  listenForPicture(page, complaints);
  const list = flowList(page, product.url);
  const flow = flowScreen(page, product.url);
  const look = (where: string) => expectNoEffect(page, where);
  const incidentId = await makeIncident(await openPlatformRest(product.dataDir));

  await test.step('a flow whose names, notes and texts are markup is imported and deployed', async () => {
    await list.undeploy('Create ticket');
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Import' }).click();
    await (await chooser).setFiles({
      name: 'markup.flow.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify(makeFlow())),
    });
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(flowName);
    await flow.saved();
    await page.getByRole('button', { name: 'Deploy', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText(markup);
    await dialog.getByRole('textbox', { name: 'Note' }).fill(markup);
    await look('deploy dialog');
    await dialog.getByRole('button', { name: /^Deploy/ }).click();
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await expect(dialog).toBeHidden();
  });
  const flowUrl = page.url();

  await test.step('the console', async () => {
    await page.goto(`${product.url}/console`);
    await expect(page.getByRole('navigation', { name: 'Incidents' })).toContainText(incidentName);
    await look('incidents');
    await page.goto(`${product.url}/console/${incidentId}`);
    await expect(page.getByRole('heading', { level: 2 })).toHaveText(incidentName);
    await expect(page.getByText(`Branch ${markup}`)).toBeVisible();
    await expectRichText(page, page.getByRole('region', { name: 'Description' }));
    await look('details');
    await openTab(page, 'Artifacts');
    await expect(page.getByRole('heading', { level: 3, name: `Artifact ${markup}` })).toBeVisible();
    await look('artifacts');
    await openTab(page, 'Notes');
    await expectRichText(page, page.getByRole('tabpanel', { name: /^Notes/ }));
    await look('notes');
    await openTab(page, 'Data tables');
    await expect(page.getByRole('cell', { name: `Cell ${markup}` })).toBeVisible();
    await look('data tables');
  });

  await test.step('an action with markup in its field, and its answer', async () => {
    await page.getByRole('button', { name: 'Actions', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Create Ticket' }).click();
    const form = page.getByRole('dialog');
    await expect(form).toContainText(markup);
    await form
      .getByRole('combobox', { name: 'Ticket Priority' })
      .or(form.getByRole('textbox', { name: 'Ticket Priority' }))
      .click();
    await page.getByRole('option', { name: 'High' }).click();
    await form.getByRole('textbox', { name: 'Comment for the Desk' }).fill(`Comment ${markup}`);
    await look('action dialog');
    await form.locator('button[type=submit]').click();
    await expect(form).toBeHidden();
    await openTab(page, 'Action Status');
    const row = page.getByRole('row').filter({ hasText: 'Create Ticket' }).first();
    await expect(row).toContainText('Complete');
    await expect(row).toContainText(`Answer Comment ${markup}`);
    await page
      .getByRole('button', { name: /^Details of/ })
      .first()
      .click();
    await expect(page.getByRole('region', { name: 'Messages' })).toContainText(`Status ${incidentName}`);
    await look('Action Status');
  });

  await test.step('a function whose input and result are markup', async () => {
    await openTab(page, 'Artifacts');
    await page
      .getByRole('button', { name: /^Actions of artifact|artifact Artifact/ })
      .first()
      .click();
    await page.getByRole('menuitem', { name: 'Lookup Model' }).click();
    await openTab(page, 'Action Status');
    const row = page.getByRole('row').filter({ hasText: 'Lookup Model' }).first();
    await expect(row).toContainText('Complete');
    await page
      .getByRole('button', { name: /^Details of/ })
      .first()
      .click();
    await expect(page.getByRole('region', { name: 'Result' })).toContainText('window.pwned=1');
    await look('result of a function');
    await openTab(page, 'Notes');
    await expect(page.getByRole('tabpanel', { name: /^Notes/ }).locator('li')).toHaveCount(2);
    await look('notes of the workflow');
  });

  await test.step('the flows, the canvas and the outline', async () => {
    await page.goto(`${product.url}/flows`);
    await expect(page.getByRole('link', { name: flowName, exact: true })).toBeVisible();
    await look('flows');
    await page.goto(flowUrl);
    await flow.saved();
    await expect(flow.node(`Set ${markup}`)).toBeVisible();
    await page.getByRole('tab', { name: 'Outline' }).click();
    await expect(page.getByRole('tree', { name: 'Outline of the flow' })).toContainText(`Set ${markup}`);
    await look('canvas and outline');
    await flow.select(`Set ${markup}`);
    await expect(page.getByRole('textbox', { name: 'Notes, in Markdown' })).toHaveValue(`Notes ${markup}`);
    await expect(page.locator('[data-field="fields[0].value"] pre')).toContainText(markup);
    await look('inspector');
    for (const tab of ['Input', 'Output', 'Help']) {
      await page.getByRole('tab', { name: tab, exact: true }).click();
      await expect(page.getByRole('tabpanel', { name: tab, exact: true })).not.toBeEmpty();
      await look(`inspector, ${tab}`);
    }
  });

  await test.step('the runs, the steps, and what is printed', async () => {
    await openRunAndSteps(page, look);
    await page.getByRole('tab', { name: 'Replies' }).click();
    await expect(page.getByRole('tabpanel', { name: 'Replies' })).toContainText(markup);
    await look('replies');
    await page.getByRole('tab', { name: 'Trace' }).click();
    await fire(product.controlUrl, 'Create Ticket', incidentId, { ticket_priority: 'High', ticket_comment: `Comment ${markup}` });
    await expect(page.getByRole('log', { name: 'Debug lines' })).toContainText(markup);
    await look('debug lines');

    await page.goto(`${product.url}/runs`);
    await expect(page.getByRole('grid', { name: 'Runs' })).toContainText(flowName);
    await look('Runs');
    await openRunAndSteps(page, look);
  });

  await page.goto(flowUrl);
  await page.getByRole('button', { name: 'More about this flow' }).click();
  await page.getByRole('menuitem', { name: 'Versions' }).click();
  await expect(page.getByRole('dialog')).toContainText(markup);
  await look('versions');

  // Other stories find the product as it was.
  await list.undeploy(flowName);
  await flow.open('create-ticket');
  await flow.deploy();
});

async function openTab(page: Page, name: string): Promise<void> {
  await page.getByRole('tab', { name: new RegExp(`^${name}`) }).click();
}

/** Rich text keeps its words and its form, and loses what acts. */
async function expectRichText(page: Page, place: Locator): Promise<void> {
  const frame = place.locator('iframe').first();
  await expect(frame).toHaveAttribute('sandbox', '');
  const text = frame.contentFrame();
  await expect(text.locator('b')).toHaveText('bold words');
  await expect(text.locator('body')).toContainText('open (javascript:window.pwned=1)');
  await text.getByText('open (javascript').click();
  await expectNoEffect(page, 'rich text');
  const source = place.getByRole('button', { name: 'Show source' }).first();
  await source.click();
  await expect(place.getByText(markup).first()).toBeVisible();
  await expectNoEffect(page, 'source of rich text');
}

/** Opens the newest run, and each of its steps. */
async function openRunAndSteps(page: Page, look: (where: string) => Promise<void>): Promise<void> {
  const runs = page.getByRole('tab', { name: 'Runs' });
  if (await runs.isVisible()) await runs.click();
  await page
    .getByRole('grid', { name: 'Runs' })
    .locator('[data-run]')
    .filter({ hasText: /Create Ticket|Flow </ })
    .first()
    .click();
  const steps = page.getByRole('listbox', { name: 'Steps' }).getByRole('option');
  await expect(steps).toHaveCount(5);
  for (const step of await steps.all()) {
    await step.click();
    const panel = page.getByRole('region', { name: /^Step / });
    await expect(panel.getByRole('tree').first()).toBeVisible();
    for (const tree of await panel.getByRole('tree').all()) await openSome(tree);
    await expect(panel).toContainText(markup);
    await look(`step ${await step.textContent()}`);
  }
}

/** Opens some lines of a tree from above, of a message its incident. */
async function openSome(tree: Locator): Promise<void> {
  const closed = tree.locator('[aria-expanded="false"]');
  for (let opened = 0; opened < 6 && (await closed.count()) > 0; opened += 1) await closed.first().press('ArrowRight');
}

/** An incident whose every word is markup. Gives its id. */
async function makeIncident(platform: PlatformRest): Promise<number> {
  const rich = `<div><b>bold words</b> ${markup}</div>`;
  const { id } = await platform.post('/incidents', {
    name: incidentName,
    discovered_date: 1_700_000_000_000,
    description: { format: 'html', content: rich },
    severity_code: 'High',
    properties: { branch_name: `Branch ${markup}`, analyst_summary: { format: 'html', content: rich } },
  });
  await platform.post(`/incidents/${id}/comments`, { text: { format: 'html', content: rich } });
  await platform.post(`/incidents/${id}/artifacts`, { type: 'System Name', value: `Artifact ${markup}`, description: markup });
  await platform.post(`/incidents/${id}/table_data/ticket_log/row_data?handle_format=names`, {
    cells: { ticket: { value: `Cell ${markup}` }, is_open: { value: true } },
  });
  expect(typeof id).toBe('number');
  return Number(id);
}

function makeFlow() {
  const names = ['Rule', 'Set', 'Debug', 'Status', 'Answer'];
  const name = (word: string) => `${word} ${markup}`.slice(0, 200);
  const node = (id: string, word: string, type: string, config: object) => ({
    id,
    type,
    typeVersion: 1,
    name: name(word),
    notes: `Notes ${markup}`,
    config,
  });
  return {
    format: 1,
    id: 'markup',
    name: flowName,
    description: `Description ${markup}`,
    nodes: [
      node('n1', 'Rule', 'soar.destination', { destination: 'ticket_desk', rules: ['Create Ticket'] }),
      node('n2', 'Set', 'core.set', {
        keep: false,
        fields: [{ path: 'said', value: { $expr: '$trigger.body.properties.ticket_comment' } }],
      }),
      node('n3', 'Debug', 'core.debug', { label: name('Label') }),
      node('n4', 'Status', 'soar.status', { text: { $template: 'Status {{ $trigger.body.incident.name }}' } }),
      node('n5', 'Answer', 'soar.ack', { text: { $template: 'Answer {{ said }}' } }),
    ],
    wires: [1, 2, 3, 4].map((at) => ({ from: `n${at}.out`, to: `n${at + 1}.in` })),
    layout: { nodes: Object.fromEntries(names.map((_, at) => [`n${at + 1}`, [80 + at * 260, 120]])) },
  };
}
