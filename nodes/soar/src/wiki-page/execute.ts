import { isJsonObject, type JsonValue, WirebookError } from '@wirebook/errors';
import { describeValue, type Execute, type PlatformCalls } from '@wirebook/node-kit';
import { findText, toPlainText } from '../plain-text.ts';
import type { soarWikiPage } from './descriptor.ts';

export const executeWikiPage: Execute<typeof soarWikiPage> = async ({ config, services, emit }) => {
  const id = await findPageId(services.platform, config.page ?? null);
  const { body } = await services.platform.request({ method: 'GET', path: `/wikis/${id}` });
  if (!isJsonObject(body)) throw new WirebookError('SOAR_RESPONSE_INVALID', `GET /wikis/${id}: the answer is no page`);
  emit('out', { ...body, plain_text: toPlainText(findText(body.text) ?? '') });
};

interface Titled {
  readonly id: number;
  /** Titles from the top. */
  readonly titles: readonly string[];
}

async function findPageId(platform: PlatformCalls, page: JsonValue): Promise<number> {
  if (typeof page === 'number' && Number.isSafeInteger(page) && page > 0) return page;
  if (typeof page !== 'string' || page.trim() === '') {
    throw new WirebookError('NODE_INPUT_INVALID', `field "page": it got ${describeValue(page)}; give a title or an id`);
  }
  const { body } = await platform.request({ method: 'GET', path: '/wikis' });
  const pages = listTitled(isJsonObject(body) ? (body.entities ?? null) : body, []);
  const wanted = page.trim();
  const whole = pages.filter(({ titles }) => titles.join('/') === wanted);
  const found = whole.length > 0 ? whole : pages.filter(({ titles }) => titles.at(-1) === wanted);
  const [only] = found;
  if (only === undefined) {
    const known = pages.map(({ titles }) => titles.join('/'));
    throw new WirebookError('NODE_INPUT_INVALID', `field "page": there is no page "${wanted}"; there are ${known.join(', ') || 'none'}`);
  }
  if (found.length > 1) {
    const choices = found.map(({ titles, id }) => `"${titles.join('/')}" (${id})`).join(', ');
    throw new WirebookError(
      'NODE_INPUT_INVALID',
      `field "page": ${found.length} pages have the title "${wanted}": ${choices}; name one of them`,
    );
  }
  return only.id;
}

function listTitled(pages: JsonValue, above: readonly string[]): readonly Titled[] {
  return (Array.isArray(pages) ? pages : []).filter(isJsonObject).flatMap(({ id, title, children }) => {
    if (typeof id !== 'number' || typeof title !== 'string') return [];
    const titles = [...above, title];
    return [{ id, titles }, ...listTitled(children ?? null, titles)];
  });
}
