/** How a node that finds several hands them on: as one list, or each as a part of its own. */
export function handsOnFields<const One extends string, const Words extends string, const AtATime extends number>(texts: {
  /** One of them with its article, e.g. `an incident`. */
  readonly one: One;
  readonly words: Words;
  readonly parallel: AtATime;
}) {
  return {
    output: {
      type: 'string',
      enum: ['list', 'each'],
      default: 'list',
      title: 'Hands on',
      description: `list: one message with all of them; each: one message ${texts.one}, through the port "each", for a Join to bring together.`,
    },
    parallel: {
      type: 'integer',
      minimum: 1,
      maximum: 100,
      default: texts.parallel,
      title: 'At a time',
      description: `So many ${texts.words} are under way at a time.`,
      'x-shown-when': { field: 'output', is: ['each'] },
    },
  } as const;
}
