import { expect, type Page } from '@playwright/test';

/** The page with all flows. */
export interface FlowList {
  /** Stops a flow from the menu in its row. */
  undeploy(name: string): Promise<void>;
}

export function flowList(page: Page, url: string): FlowList {
  return {
    undeploy: async (name) => {
      await page.goto(`${url}/flows`);
      const more = page.getByRole('button', { name: `More for ${name}`, exact: true });
      await more.click();
      await page.getByRole('menuitem', { name: 'Undeploy' }).click();
      await expect(page.getByRole('menu')).toBeHidden();
      await more.click();
      await expect(page.getByRole('menuitem', { name: 'Rename' })).toBeVisible();
      await expect(page.getByRole('menuitem', { name: 'Undeploy' })).toBeHidden();
      await page.keyboard.press('Escape');
    },
  };
}
