import type { WritePlace } from './incident-writes.ts';
import type { Principal } from './principal.ts';

/** A page of the organisation's wiki. */
export interface WikiPage {
  readonly id: number;
  readonly title: string;
  /** HTML. */
  readonly text: string;
  /** Null: at the top. */
  readonly parentId: number | null;
  readonly author: Principal;
  readonly createdMs: number;
  readonly changedMs: number;
}

type WikiDraft = Pick<WikiPage, 'title' | 'text' | 'parentId'>;

export function addWikiPage({ platform, org, actor }: WritePlace, draft: WikiDraft): WikiPage {
  const nowMs = platform.clock.now();
  const page = { ...draft, id: platform.counters.nextObjectId('wiki'), author: actor.principal, createdMs: nowMs, changedMs: nowMs };
  org.wikiPages.set(page.id, page);
  return page;
}

export function changeWikiPage({ platform, org }: WritePlace, page: WikiPage, draft: WikiDraft): WikiPage {
  const changed = { ...page, ...draft, changedMs: platform.clock.now() };
  org.wikiPages.set(page.id, changed);
  return changed;
}
