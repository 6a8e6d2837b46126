const longestName = 200;
const fallbackName = 'file';
const unprintable = /[\p{Cc}\p{Cf}]/gu;

/** A plain name of a file out of what somebody sent as one: without path, control characters and marks that turn the direction of text. */
export function toPlainFileName(text: string): string {
  const name = text.replaceAll(unprintable, '').split(/[/\\]/).at(-1)?.trim() ?? '';
  if (name === '' || name === '.' || name === '..') return fallbackName;
  if (name.length <= longestName) return name;
  const ending = /\.[A-Za-z0-9]{1,12}$/.exec(name)?.[0] ?? '';
  return `${name.slice(0, longestName - ending.length)}${ending}`;
}
