import { WirebookError } from '@wirebook/errors';

/** A template taken apart; texts and expressions take turns, beginning and ending with a text. */
export interface TemplateParts<Compiled> {
  readonly texts: readonly string[];
  readonly expressions: readonly Compiled[];
}

/**
 * Splits `text {{ expression }} text`. An expression may itself hold `}}`, in a text or at the end of objects: it ends at the first
 * `}}` before which it compiles.
 *
 * @param compile throws FLOW_EXPRESSION_INVALID for what is no expression.
 * @throws FLOW_EXPRESSION_INVALID for a `{{` without end and for the error of the shortest candidate.
 */
export function parseTemplate<Compiled>(
  template: string,
  { place, compile }: { readonly place: string; readonly compile: (expression: string) => Compiled },
): TemplateParts<Compiled> {
  const texts: string[] = [];
  const expressions: Compiled[] = [];
  let position = 0;
  for (;;) {
    const open = template.indexOf('{{', position);
    if (open === -1) break;
    texts.push(template.slice(position, open));
    const found = compileFirst(template, open, { place, compile });
    expressions.push(found.compiled);
    position = found.end;
  }
  texts.push(template.slice(position));
  return { texts, expressions };
}

function compileFirst<Compiled>(
  template: string,
  open: number,
  { place, compile }: { readonly place: string; readonly compile: (expression: string) => Compiled },
): { compiled: Compiled; end: number } {
  let firstError: unknown;
  for (let close = template.indexOf('}}', open + 2); close !== -1; close = template.indexOf('}}', close + 1)) {
    try {
      return { compiled: compile(template.slice(open + 2, close)), end: close + 2 };
    } catch (error) {
      if (!(error instanceof WirebookError) || error.code !== 'FLOW_EXPRESSION_INVALID') throw error;
      firstError ??= error;
    }
  }
  throw (
    firstError ?? new WirebookError('FLOW_EXPRESSION_INVALID', `${place}: the {{ at position ${open} has no }}; write {{ expression }}`)
  );
}
