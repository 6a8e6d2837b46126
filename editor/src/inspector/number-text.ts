const numberText = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/;

/** What was typed into a field for numbers: a number, nothing, or else the text itself, which the check of the config then names. */
export function readNumberText(text: string): number | string | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  const number = Number(trimmed);
  return numberText.test(trimmed) && Number.isFinite(number) ? number : text;
}

export function showNumberText(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
