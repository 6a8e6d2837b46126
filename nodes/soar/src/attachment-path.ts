/** Below the organisation. */
export function attachmentPath({ at, objectId }: { readonly at: 'incident' | 'task'; readonly objectId: number }): string {
  return `/${at === 'task' ? 'tasks' : 'incidents'}/${objectId}/attachments`;
}
