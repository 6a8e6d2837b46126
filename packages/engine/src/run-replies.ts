import { toErrorRecord, WirebookError } from '@wirebook/errors';
import type { Completion, ReplyService, WebResponse } from '@wirebook/node-kit';
import { acknowledgeReply, errorReply, maxReplyBytes, resultReply, statusReply } from '@wirebook/soar';
import { type Ancestry, toStepKey } from './ancestry.ts';
import type { CompiledNode } from './compiled-flow.ts';
import type { LedgerWriter } from './ledger-writer.ts';
import type { SavedReply } from './ports/ledger.ts';
import type { RunTrace } from './run-trace.ts';
import type { StepMemory } from './step-memory.ts';

/** Where replies to a message go. */
export interface ReplyAddress {
  /** Header reply-to, verbatim. */
  readonly destination: string;
  readonly correlationId: string | null;
}

export function toSavedReply(address: ReplyAddress, body: string): SavedReply {
  return {
    destination: address.destination,
    headers: address.correlationId === null ? {} : { 'correlation-id': address.correlationId },
    body,
  };
}

export interface RunRepliesOptions {
  readonly entryId: number;
  /** Null: nobody waits for a reply, and what nodes reply is only put on record. */
  readonly replyAddress: ReplyAddress | null;
  readonly isCompleted: boolean;
  readonly memory: StepMemory;
  readonly trace: RunTrace;
  readonly runId: string;
  readonly services: { readonly ledger: LedgerWriter; readonly respond: (runId: string, response: WebResponse) => boolean };
  readonly sendStatus: (reply: SavedReply, stepId: number) => void;
  readonly onOversizeReply: (error: WirebookError) => void;
  readonly isOver: () => boolean;
}

interface ReplyingStep {
  readonly stepId: number;
  readonly node: CompiledNode;
  readonly ancestry: Ancestry | null;
}

/** Keeps the one completing reply of a run. */
export interface RunReplies {
  forStep(step: ReplyingStep): ReplyService;
  /** The completing reply that this step made, now that it ended well; null when it made none. */
  takeCompletionOf(stepId: number): SavedReply | null;
  /** Forgets the completing reply of a step that failed after it. */
  dropCompletionOf(stepId: number): void;
}

export function createRunReplies(options: RunRepliesOptions): RunReplies {
  const { trace, replyAddress } = options;
  const unheard = replyAddress === null ? { isUnheard: true } : {};
  let completion: { stepId: number; reply: SavedReply; isTaken: boolean } | null = null;

  function complete(step: ReplyingStep, made: Completion): void {
    const { stepId, node } = step;
    if (options.isCompleted || replyAddress === null) {
      trace.add({ type: 'reply.absorbed', stepId, kind: made.kind, ...unheard });
      return;
    }
    const address = replyAddress;
    if (completion !== null || options.isOver()) {
      const state = completion === null ? 'the run is over' : 'the action was completed before';
      const error = new WirebookError(
        'ENGINE_REPLY_ALREADY_COMPLETED',
        `node "${node.name}": ${state}, so its ${made.kind} reply was not sent`,
      );
      trace.add({ type: 'reply.refused', stepId, error: toErrorRecord(error) });
      throw error;
    }
    const body = toReplyBody(made);
    const sizeBytes = Buffer.byteLength(body);
    if (sizeBytes > maxReplyBytes) {
      const error = new WirebookError(
        'ENGINE_REPLY_TOO_LARGE',
        `node "${node.name}": the reply has ${sizeBytes} bytes, the limit is ${maxReplyBytes}`,
      );
      trace.add({ type: 'reply.refused', stepId, error: toErrorRecord(error) });
      options.onOversizeReply(error);
      throw error;
    }
    trace.add({ type: 'reply.made', stepId, kind: made.kind, text: body, sizeBytes });
    completion = { stepId, reply: toSavedReply(address, body), isTaken: false };
  }

  async function sendStatus(step: ReplyingStep, text: string, statusKey: string): Promise<void> {
    const address = replyAddress;
    if (address === null || options.memory.hasStatus(statusKey)) {
      trace.add({ type: 'reply.absorbed', stepId: step.stepId, kind: 'status', ...unheard });
      return;
    }
    const body = statusReply(text);
    await options.services.ledger.commit([{ type: 'status-sent', entryId: options.entryId, statusKey }]);
    trace.add({ type: 'reply.made', stepId: step.stepId, kind: 'status', text: body, sizeBytes: Buffer.byteLength(body) });
    options.sendStatus(toSavedReply(address, body), step.stepId);
  }

  return {
    forStep: (step) => {
      let statusCount = 0;
      return {
        status: (text) => {
          statusCount += 1;
          return sendStatus(step, text, `${toStepKey(step.ancestry, step.node.id)}#${statusCount}`);
        },
        complete: (made) => complete(step, made),
        respond: (response) => options.services.respond(options.runId, response),
      };
    },
    takeCompletionOf: (stepId) => {
      if (completion === null || completion.stepId !== stepId || completion.isTaken) return null;
      completion.isTaken = true;
      return completion.reply;
    },
    dropCompletionOf: (stepId) => {
      if (completion?.stepId === stepId && !completion.isTaken) completion = null;
    },
  };
}

function toReplyBody(made: Completion): string {
  switch (made.kind) {
    case 'result':
      return resultReply(made.text === null ? { results: made.results } : { results: made.results, text: made.text });
    case 'error':
      return errorReply(made.text);
    case 'acknowledge':
      return acknowledgeReply(made.text);
    default:
      return made satisfies never;
  }
}
