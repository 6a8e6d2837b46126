import { type ErrorRecord, fromErrorRecord, toErrorRecord, WirebookError } from '@wirebook/errors';
import type { Clock } from '@wirebook/node-kit';
import { createAnswerDesk } from './answer-desk.ts';
import type {
  DeadLetterAnswer,
  DeadLetterResult,
  EngineCommand,
  EngineReport,
  InjectAnswer,
  Injection,
  PoisonAction,
} from './engine-channel.ts';

export interface PoisonDecision {
  readonly action: PoisonAction;
  readonly poisonId: number;
  readonly text: string | null;
}

/** What the engine process is asked, and who waits for its answers. */
export interface EngineQuestions {
  decidePoison(decision: PoisonDecision): Promise<void>;
  /** Gives the id of the run. */
  inject(injection: Injection): Promise<string>;
  stopRun(run: { readonly runId: string; readonly by: string }): Promise<void>;
  askDeadLetters(messageId: string | null): Promise<DeadLetterResult>;
  readMetrics(): Promise<string>;
  /** False when the report answers no question. */
  take(report: EngineReport): boolean;
  /** The process is gone: whoever waits is told that it does not answer. */
  interrupt(): void;
}

export interface EngineQuestionsOptions {
  readonly clock: Pick<Clock, 'startTimer'>;
  readonly isOpen: () => boolean;
  readonly send: (command: EngineCommand) => void;
}

const metricsWithinMs = 2000;
const injectionWithinMs = 10_000;
/** A reply waits for the receipt of the broker. */
const decisionWithinMs = 75_000;

export function createEngineQuestions({ clock, isOpen, send }: EngineQuestionsOptions): EngineQuestions {
  const metrics = createAnswerDesk<string>({ clock });
  const decisions = createAnswerDesk<ErrorRecord | null>({ clock });
  const injections = createAnswerDesk<InjectAnswer>({ clock });
  const deadLetters = createAnswerDesk<DeadLetterAnswer>({ clock });

  async function decide(toCommand: (id: number) => EngineCommand): Promise<void> {
    if (!isOpen()) throw toSilence();
    const otherwise = toErrorRecord(toSilence());
    const error = await decisions.ask((id) => send(toCommand(id)), { withinMs: decisionWithinMs, otherwise });
    if (error !== null) throw fromErrorRecord(error);
  }

  return {
    decidePoison: (decision) => decide((id) => ({ type: 'poison', id, ...decision })),
    inject: async (injection) => {
      if (!isOpen()) throw toSilence();
      const otherwise = { error: toErrorRecord(toSilence()) };
      const answer = await injections.ask((id) => send({ type: 'inject', id, injection }), { withinMs: injectionWithinMs, otherwise });
      if ('error' in answer) throw fromErrorRecord(answer.error);
      return answer.runId;
    },
    stopRun: (run) => decide((id) => ({ type: 'stop-run', id, ...run })),
    askDeadLetters: async (messageId) => {
      if (!isOpen()) throw toSilence();
      const otherwise = { error: toErrorRecord(toSilence()) };
      const put = (id: number) => send({ type: 'dead-letters', id, messageId });
      const answer = await deadLetters.ask(put, { withinMs: decisionWithinMs, otherwise });
      if ('error' in answer) throw fromErrorRecord(answer.error);
      return answer;
    },
    readMetrics: () => {
      if (!isOpen()) return Promise.resolve('');
      return metrics.ask((id) => send({ type: 'metrics', id }), { withinMs: metricsWithinMs, otherwise: '' });
    },
    take: (report) => {
      if (report.type === 'metrics') metrics.answer(report.id, report.text);
      else if (report.type === 'poison' || report.type === 'run-stopped') decisions.answer(report.id, report.error);
      else if (report.type === 'injected') injections.answer(report.id, report.answer);
      else if (report.type === 'dead-letters') deadLetters.answer(report.id, report.answer);
      else return false;
      return true;
    },
    interrupt: () => {
      metrics.answerAll('');
      decisions.answerAll(toErrorRecord(toSilence()));
      injections.answerAll({ error: toErrorRecord(toSilence()) });
      deadLetters.answerAll({ error: toErrorRecord(toSilence()) });
    },
  };
}

function toSilence(): WirebookError {
  return new WirebookError('ENGINE_NOT_ANSWERING', 'the engine process does not answer now; whether it did what was asked is not known');
}
