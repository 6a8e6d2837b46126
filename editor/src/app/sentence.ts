/** Messages of errors begin in lower case, to stand behind others. */
export function toSentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
