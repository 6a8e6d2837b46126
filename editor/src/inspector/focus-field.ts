const focusable = 'input:not([type="hidden"]), textarea, select, [contenteditable="true"], button, [tabindex]:not([tabindex="-1"])';

/** Gives the keyboard to a field by its path, or to the nearest one around it that is drawn. False when there is none. */
export function focusField(host: ParentNode, path: string): boolean {
  for (let place = path; place !== ''; place = place.replace(/(?:\.[^.[]*|\[\d+\]|^[^.[]+)$/, '')) {
    const field = host.querySelector<HTMLElement>(`[data-field="${CSS.escape(place)}"]`);
    if (field !== null) {
      for (let fold = field.closest('details'); fold !== null; fold = fold.parentElement?.closest('details') ?? null) fold.open = true;
      field.scrollIntoView({ block: 'center' });
      (field.querySelector<HTMLElement>('[data-code-editor]') ?? field.querySelector<HTMLElement>(focusable) ?? field).focus({
        preventScroll: true,
      });
      return true;
    }
  }
  return false;
}
