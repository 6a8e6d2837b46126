import { isJsonObject, type JsonObject, ownValue } from '../json-value.ts';
import { requireObject } from '../platform/incident-state.ts';
import type { Organisation } from '../platform/organisation.ts';
import { toPrincipalDto } from '../platform/principal.ts';
import { refusal } from '../platform/rest-refusal.ts';
import { addWikiPage, changeWikiPage, type WikiPage } from '../platform/wiki-pages.ts';
import { idParam, type OrgRequest, type OrgRoute, ok } from './rest-route.ts';

/** `/wikis`: titles as a tree, pages one by one. */
export const wikiRoutes: readonly OrgRoute[] = [
  { method: 'get', path: '/wikis', handle: ({ org }) => ok({ entities: childrenOf(org, null) }) },
  {
    method: 'post',
    path: '/wikis',
    handle({ org, place, body }) {
      return ok(toWikiDto(org, addWikiPage(place, readDraft(org, requireObject(body)))));
    },
  },
  { method: 'get', path: '/wikis/:page', handle: (request) => ok(toWikiDto(request.org, requestedPage(request))) },
  {
    method: 'put',
    path: '/wikis/:page',
    handle(request) {
      const { org, place, body } = request;
      return ok(toWikiDto(org, changeWikiPage(place, requestedPage(request), readDraft(org, requireObject(body)))));
    },
  },
];

function readDraft(org: Organisation, body: JsonObject): { title: string; text: string; parentId: number | null } {
  const title = ownValue(body, 'title');
  if (typeof title !== 'string' || title.trim() === '') throw refusal(400, 'Field title is required.', 'field_defs');
  const text = ownValue(body, 'text') ?? '';
  const content = isJsonObject(text) ? ownValue(text, 'content') : text;
  const parentId = ownValue(body, 'parent') ?? null;
  if (parentId !== null && (typeof parentId !== 'number' || !org.wikiPages.has(parentId))) {
    throw refusal(400, `There is no page ${JSON.stringify(parentId)} to stand below.`);
  }
  return { title, text: typeof content === 'string' ? content : '', parentId };
}

function requestedPage(request: OrgRequest): WikiPage {
  const page = request.org.wikiPages.get(idParam(request, 'page'));
  if (page === undefined) throw refusal(404, `Unable to find object with ID ${request.params.page}.`);
  return page;
}

function childrenOf(org: Organisation, parentId: number | null): JsonObject[] {
  return [...org.wikiPages.values()]
    .filter((page) => page.parentId === parentId)
    .map(({ id, title }) => ({ id, title, parent: parentId, children: childrenOf(org, id) }));
}

function toWikiDto(org: Organisation, { id, title, text, parentId, author, createdMs, changedMs }: WikiPage): JsonObject {
  return {
    id,
    title,
    text,
    parent: parentId,
    children: childrenOf(org, id),
    creator: toPrincipalDto(author),
    create_date: createdMs,
    last_modified_time: changedMs,
    perms: { update: true, delete: true },
  };
}
