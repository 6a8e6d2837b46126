/** One step into a value: a key of an object, or an index of a list. */
export type PathStep = string | number;

/** These would be read as something else than a name. */
const words: ReadonlySet<string> = new Set(['and', 'or', 'in', 'true', 'false', 'null', 'function']);

/**
 * The expression (JSONata) that leads from a root to a part of it: `model.parts[0]`, `` $steps.`Find the model`.model ``.
 *
 * @param root an expression; '' for the message itself
 */
export function toExpressionPath(root: string, steps: readonly PathStep[]): string {
  if (steps.length === 0) return root === '' ? '$' : root;
  let path = root;
  for (const step of steps) {
    if (typeof step === 'number') path = `${path === '' ? '$' : path}[${step}]`;
    else if (path === '') path = isQuotable(step) ? quote(step) : `$.${quote(step)}`;
    else path += `.${quote(step)}`;
  }
  return path;
}

/** The first expression names a step of the flow whose output is looked at. */
export function toStepRoot(nodeName: string): string {
  return `$steps.${quote(nodeName)}`;
}

function quote(name: string): string {
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !words.has(name)) return name;
  return isQuotable(name) ? `\`${name}\`` : JSON.stringify(name);
}

/** A name with a back quote, and the empty one, can only be written as a text; a text alone would be no path. */
function isQuotable(name: string): boolean {
  return name !== '' && !name.includes('`');
}
