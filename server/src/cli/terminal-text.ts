export function toOneLine(text: string): string {
  return toPrintable(text).replace(/\s+/g, ' ');
}

/** What came from outside must not steer the terminal. */
export function toPrintable(text: string): string {
  return text.replace(/[^\P{C}\n\t]/gu, '\uFFFD');
}
