/** The event name of a rule whose name is not known. */
export const unnamedRule = '_unnamed_';

/**
 * The event name of a rule: trimmed, lower case, each run of characters that are no letters, digits or underscores replaced by one
 * underscore. Combining marks are no letters here, as in Python's `\W`.
 */
export function toRuleEventName(ruleName: string): string {
  return ruleName
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}_]+/gu, '_');
}
