import type { Clock } from '@wirebook/node-kit';

/** Questions to another process, and who waits for their answers. */
export interface AnswerDesk<Answer> {
  /** Hands the question its number; resolves with `otherwise` when no answer comes in time. */
  ask(put: (id: number) => void, options: { readonly withinMs: number; readonly otherwise: Answer }): Promise<Answer>;
  answer(id: number, answer: Answer): void;
  /** The other process is gone. */
  answerAll(answer: Answer): void;
}

export function createAnswerDesk<Answer>({ clock }: { readonly clock: Pick<Clock, 'startTimer'> }): AnswerDesk<Answer> {
  const waiting = new Map<number, (answer: Answer) => void>();
  let lastId = 0;

  function answer(id: number, given: Answer): void {
    const settle = waiting.get(id);
    waiting.delete(id);
    settle?.(given);
  }

  return {
    ask: (put, { withinMs, otherwise }) =>
      new Promise((resolve) => {
        lastId += 1;
        const id = lastId;
        const timer = clock.startTimer(withinMs, () => answer(id, otherwise));
        waiting.set(id, (given) => {
          timer.cancel();
          resolve(given);
        });
        put(id);
      }),
    answer,
    answerAll: (given) => {
      for (const id of [...waiting.keys()]) answer(id, given);
    },
  };
}
