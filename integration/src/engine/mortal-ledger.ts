import type { Ledger, LedgerEntry, ReceivedMessage } from '@wirebook/engine';

/** A ledger that an engine can be cut off from, as by `kill -9`: what was written stays, nothing more gets through. */
export interface MortalLedger extends Ledger {
  die(): void;
}

export function createMortalLedger(ledger: Ledger): MortalLedger {
  let isDead = false;
  return {
    beginBoot: (boot) => (isDead ? { wasUnclean: false, blamedMessageIds: [] } : ledger.beginBoot(boot)),
    receive: (messages) => (isDead ? messages.map(toInert) : ledger.receive(messages)),
    originate: (message) => (isDead ? { entry: toInert(message, 0), isNew: false } : ledger.originate(message)),
    write: (changes) => {
      if (!isDead) ledger.write(changes);
    },
    readSteps: (entryId) => (isDead ? { steps: [], statusKeys: [] } : ledger.readSteps(entryId)),
    listTakenOverFlows: () => (isDead ? [] : ledger.listTakenOverFlows()),
    readRaw: (entryId) => ledger.readRaw(entryId),
    claim: (claim) => ledger.claim(claim),
    findClaimant: (key) => (isDead ? null : ledger.findClaimant(key)),
    findClaimEnd: (key) => ledger.findClaimEnd(key),
    takeKey: (claim) => ledger.takeKey(claim),
    resumeTakenOver: (page) => (isDead ? [] : ledger.resumeTakenOver(page)),
    hasOpen: (place) => !isDead && ledger.hasOpen(place),
    listUndelivered: (page) => (isDead ? [] : ledger.listUndelivered(page)),
    listPoison: (limit, afterId) => (isDead ? [] : ledger.listPoison(limit, afterId)),
    removePoison: (id) => {
      if (!isDead) ledger.removePoison(id);
    },
    listOpenRunIds: () => (isDead ? [] : ledger.listOpenRunIds()),
    count: () => (isDead ? { open: 0, oldestOpenAtMs: null, inDoubt: 0, takenOver: 0, poison: 0, poisonDropped: 0 } : ledger.count()),
    dropContents: (settledBeforeMs, limit) => (isDead ? 0 : ledger.dropContents(settledBeforeMs, limit)),
    prune: (settledBeforeMs, limit) => (isDead ? 0 : ledger.prune(settledBeforeMs, limit)),
    close: () => {
      if (!isDead) ledger.close();
    },
    die: () => {
      isDead = true;
      ledger.close();
    },
  };
}

/** What a dead engine makes of a message: nothing. */
function toInert({ key, runId, receivedAtMs }: ReceivedMessage, index: number): LedgerEntry {
  return {
    id: -1 - index,
    key,
    runId,
    flowId: null,
    reply: 'confirmed',
    run: 'done',
    savedReply: null,
    starts: 0,
    crashes: 0,
    uncleanEnds: 0,
    deliveries: 1,
    takenOver: false,
    owesReply: false,
    dueAtMs: null,
    receivedAtMs,
  };
}
