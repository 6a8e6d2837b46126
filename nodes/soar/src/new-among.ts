import { isJsonObject, type JsonObject, type JsonValue, WirebookError } from '@wirebook/errors';
import type { WriteCheck, WriteCheckContext } from '@wirebook/node-kit';

export interface NewAmong<Config> {
  /** Below the organisation; answers a list. */
  readonly path: (config: Config) => string;
  readonly isSame: (object: JsonObject, config: Config) => boolean;
  /** Of several, e.g. `tasks`. */
  readonly word: string;
}

/**
 * Finds what a step would have written by what it would be like: those that are there before the write are kept with the intent, a further
 * one is the step's own.
 */
export function findNewAmong<Config>({ path, isSame, word }: NewAmong<Config>): WriteCheck<Config, 'out'> {
  async function list({ config, services }: WriteCheckContext<Config>): Promise<readonly JsonObject[]> {
    const { body } = await services.platform.request({ method: 'GET', path: path(config) });
    if (!Array.isArray(body)) throw new WirebookError('SOAR_RESPONSE_INVALID', `GET ${path(config)}: the answer is no list of ${word}`);
    return body.filter(isJsonObject).filter((object) => isSame(object, config));
  }

  return {
    mark: async (context) => ({ idsBefore: (await list(context)).map(({ id }) => id ?? null) }),
    find: async (context, { mark }) => {
      const idsBefore: readonly JsonValue[] | undefined = isJsonObject(mark) && Array.isArray(mark.idsBefore) ? mark.idsBefore : undefined;
      if (idsBefore === undefined) return { written: 'unknown', reason: `it is not on record which ${word} were there before` };
      const [found, ...others] = (await list(context)).filter(({ id }) => !idsBefore.includes(id ?? null));
      if (found === undefined) return { written: false };
      if (others.length > 0) return { written: 'unknown', reason: `there are ${others.length + 1} further ${word} like it` };
      return { written: true, emissions: [{ port: 'out', message: found }] };
    },
  };
}
