import type { Clock, PlatformCatalogue } from '@wirebook/node-kit';
import type { EngineLog } from './engine-log.ts';
import type { HeldMessage } from './held-message.ts';
import type { MessageReading, WaitingMessage, WaitingMessages } from './waiting-messages.ts';

export interface RuleNamingOptions {
  readonly catalogue: Pick<PlatformCatalogue, 'findRuleName'>;
  readonly waiting: WaitingMessages;
  readonly clock: Clock;
  readonly log: EngineLog;
  /** Whether somebody asked for rules of this destination by name. */
  readonly hasRuleFilter: (destination: string) => boolean;
  /** Whether the message is still ours to run. */
  readonly isOurs: (message: HeldMessage) => boolean;
  readonly onNamed: (message: HeldMessage, reading: MessageReading) => void;
  /** It waits no longer: its connection went. */
  readonly onLetGo: (message: HeldMessage) => void;
}

/** Without the name of its rule a message goes to nobody who asked for rules by name: it waits until the platform tells it. */
export interface RuleNaming {
  name(message: HeldMessage, reading: MessageReading, actionId: number): void;
}

/** What the platform is asked, and where the answer is needed. */
interface RuleQuestion {
  readonly actionId: number;
  readonly destination: string;
}

/** Until the name of a rule is asked for again. */
const againAfterMs = 5000;

export function createRuleNaming({ catalogue, waiting, clock, log, ...options }: RuleNamingOptions): RuleNaming {
  /** A function of its own: the closures here must not keep alive what was read of the message. */
  function ask(place: WaitingMessage, { actionId, destination }: RuleQuestion): void {
    catalogue.findRuleName(actionId).then(
      (ruleName) => goOn(place, ruleName ?? null),
      (thrown: unknown) => {
        if (!options.hasRuleFilter(destination)) {
          goOn(place, null);
          return;
        }
        log.warn(`the name of rule ${actionId} could not be read; its message waits`, { reason: String(thrown) });
        clock.startTimer(againAfterMs, () => {
          if (place.place === 'left') return;
          if (options.isOurs(place.message)) ask(place, { actionId, destination });
          else letGo(place);
        });
      },
    );
  }

  function goOn(place: WaitingMessage, ruleName: string | null): void {
    // A stop came while it waited.
    if (place.place === 'left') return;
    const { decoded, trigger } = waiting.take(place);
    options.onNamed(place.message, { decoded, trigger: { ...trigger, ruleName } });
  }

  function letGo(place: WaitingMessage): void {
    waiting.drop(place);
    options.onLetGo(place.message);
  }

  return {
    name: (message, reading, actionId) => {
      const place = waiting.add(message, reading);
      waiting.wait(place);
      ask(place, { actionId, destination: reading.trigger.destination });
    },
  };
}
