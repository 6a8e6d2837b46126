import { expect, type Page } from '@playwright/test';

declare global {
  interface Window {
    /** Set by markup that was taken for more than text. */
    pwned?: number;
  }
}

/** What somebody writes who wants a page to run it. */
export const markup = [
  '<img src="/markup-was-drawn" onerror="window.pwned=1">',
  '<script>window.pwned=1</script>',
  '<svg onload="window.pwned=1"></svg>',
  '<a href="javascript:window.pwned=1">open</a>',
].join('');

/** Elements that the markup would become. */
const drawn = 'img[src*="markup-was-drawn"], script:not([src]), [onload], [onerror], a[href^="javascript:"]';

/** Asks a page and every frame in it whether the markup had an effect. */
export async function expectNoEffect(page: Page, where: string): Promise<void> {
  for (const frame of page.frames()) {
    const found = await frame.evaluate((selector) => {
      const elements = [...document.querySelectorAll(selector)].map((element) => element.outerHTML);
      return { pwned: window.pwned, elements };
    }, drawn);
    expect(found, where).toEqual({ pwned: undefined, elements: [] });
  }
}

/** The markup's picture is asked for by whoever draws it. */
export function listenForPicture(page: Page, complaints: string[]): void {
  page.on('request', (request) => {
    if (request.url().includes('markup-was-drawn')) complaints.push(`the picture was asked for by ${request.frame().url()}`);
  });
  page.on('dialog', (dialog) => complaints.push(`a dialog: ${dialog.message()}`));
}
