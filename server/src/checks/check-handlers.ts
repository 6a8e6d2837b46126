import { checkFlowDocument, type FlowDocument, type FlowProblem, parseFlowValue } from '@wirebook/flow';
import type { RouteHandlers } from '../http/route-handlers.ts';
import type { ValuePreviews } from './value-preview.ts';

export interface CheckHandlersOptions {
  readonly checkFlow: (document: FlowDocument) => Promise<readonly FlowProblem[]>;
  readonly previews: ValuePreviews;
}

export function createCheckHandlers({ checkFlow, previews }: CheckHandlersOptions): Pick<RouteHandlers, 'checkFlow' | 'previewValue'> {
  return {
    checkFlow: async ({ body }) => {
      const problems = checkFlowDocument(body.document);
      return { problems: problems.length > 0 ? problems : await checkFlow(parseFlowValue(body.document)) };
    },
    previewValue: ({ body }) => previews.preview(body),
  };
}
