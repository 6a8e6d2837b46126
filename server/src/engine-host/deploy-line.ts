import { WirebookError } from '@wirebook/errors';
import type { FlowDocument } from '@wirebook/flow';

/** A set of flows on its way to the engine process. */
interface DeployOrder {
  readonly id: number;
  readonly flows: readonly FlowDocument[];
  /** What ran before, handed over again; nobody waits for it. */
  readonly isRepeat: boolean;
}

interface Waiting extends DeployOrder {
  tries: number;
  readonly settle: (error: WirebookError | null) => void;
}

/** Deployments one after the other; each is sent again when the engine process ended before it answered. */
export interface DeployLine {
  add(flows: readonly FlowDocument[]): Promise<void>;
  /** Puts the last accepted set in front, if there is one. */
  repeatAccepted(): void;
  /** The one to send now; undefined while another is under way or none waits. */
  next(): DeployOrder | undefined;
  /** The engine answered; undefined when it answers something that was given up. */
  answer(id: number, error: WirebookError | null): DeployOrder | undefined;
  /** The engine process ended. */
  interrupt(): void;
  rejectAll(error: WirebookError): void;
  readonly accepted: readonly FlowDocument[] | null;
}

/** A set that ends the engine process twice is not tried a third time. */
const mostTries = 2;

export function createDeployLine(): DeployLine {
  let line: Waiting[] = [];
  let underWay: Waiting | null = null;
  let accepted: readonly FlowDocument[] | null = null;
  let lastId = 0;

  function enter(flows: readonly FlowDocument[], isRepeat: boolean, settle: Waiting['settle']): Waiting {
    lastId += 1;
    return { id: lastId, flows, isRepeat, tries: 0, settle };
  }

  return {
    add: (flows) =>
      new Promise((resolve, reject) => {
        line.push(enter(flows, false, (error) => (error === null ? resolve() : reject(error))));
      }),
    repeatAccepted: () => {
      if (accepted !== null) line.unshift(enter(accepted, true, () => undefined));
    },
    next: () => {
      if (underWay !== null) return undefined;
      underWay = line[0] ?? null;
      if (underWay === null) return undefined;
      underWay.tries += 1;
      return underWay;
    },
    answer: (id, error) => {
      const answered = underWay;
      if (answered?.id !== id) return undefined;
      underWay = null;
      line.shift();
      if (error === null) accepted = answered.flows;
      answered.settle(error);
      return answered;
    },
    interrupt: () => {
      const interrupted = underWay;
      underWay = null;
      line = line.filter(({ isRepeat }) => !isRepeat);
      if (interrupted === null || interrupted.tries < mostTries || interrupted.isRepeat) return;
      line = line.filter((waiting) => waiting !== interrupted);
      const text = `the engine process ended ${mostTries} times while it took this deployment; what ran before runs again`;
      interrupted.settle(new WirebookError('ENGINE_PROCESS_FAILED', text));
    },
    rejectAll: (error) => {
      const left = line;
      line = [];
      underWay = null;
      for (const waiting of left) waiting.settle(error);
    },
    get accepted() {
      return accepted;
    },
  };
}
