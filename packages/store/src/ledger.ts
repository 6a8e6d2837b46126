import type {
  Ledger,
  LedgerCounts,
  LedgerEntry,
  OriginatedMessage,
  RawMessage,
  ReceivedMessage,
  StepRecord,
  TakenOverPage,
} from '@wirebook/engine';
import { WirebookError } from '@wirebook/errors';
import { prepareBootRecord } from './boot-record.ts';
import { prepareContentDrop } from './content-drop.ts';
import { prepareKeyClaims } from './key-claims.ts';
import { prepareLedgerChanges } from './ledger-changes.ts';
import { ledgerMigrations } from './ledger-migrations.ts';
import { type EntryRow, parseHeaders, type RawRow, toLedgerEntry } from './ledger-rows.ts';
import { openDatabase } from './open-database.ts';
import { inTray } from './poison-changes.ts';
import { type PoisonDrop, type PoisonLimits, preparePoisonTray } from './poison-tray.ts';
import { prepareQueueNumbers } from './queue-numbers.ts';
import { type SizedRow, selectPage } from './select-page.ts';
import { toStoreError } from './store-error.ts';

export interface OpenLedgerOptions {
  /** The file, usually `ledger.db` in the data folder; its folder exists. */
  readonly path: string;
  readonly clock: { now(): number };
  /** Of the poison tray; 10,000 messages and 1 GB unless given. */
  readonly poisonLimits?: PoisonLimits | undefined;
  /** The tray was full: its oldest messages are gone. */
  readonly onPoisonDropped?: ((drop: PoisonDrop) => void) | undefined;
}

const defaultPoisonLimits: PoisonLimits = { maxMessages: 10_000, maxBytes: 1_000_000_000 };

/** Of a taken-over entry: its run is left, or a reply that no redelivery brings along. */
const isUndone = '(e.run <> 2 OR (e.taken_over = 2 AND e.reply IN (1, 2)))';

const entryColumns = `
  e.id, q.broker_host, q.destination, e.message_id, e.run_id, e.flow_id, e.reply, e.run, e.starts, e.crashes, e.unclean_ends,
  e.deliveries, e.taken_over, e.due_at_ms, e.received_at_ms, r.destination AS reply_destination, r.headers AS reply_headers, r.body AS reply_body`;

/**
 * Opens the ledger: WAL with FULL sync, so that what a write put down is on the disk when it returns. Received messages are left to
 * the sync of the next write.
 *
 * @throws STORE_VERSION_NEWER, STORE_FAILED
 */
export function openLedger({ path, clock, poisonLimits = defaultPoisonLimits, onPoisonDropped }: OpenLedgerOptions): Ledger {
  const database = openDatabase({ path, migrations: ledgerMigrations, synchronous: 'FULL', nowMs: clock.now() });
  const findQueueId = prepareQueueNumbers(database);
  const boots = prepareBootRecord(database);
  const tray = preparePoisonTray(database, poisonLimits);
  const applyChange = prepareLedgerChanges(database, { boots, tray });
  const relaxSync = database.prepare('PRAGMA synchronous = NORMAL');
  const restoreSync = database.prepare('PRAGMA synchronous = FULL');
  const insertEntry = database.prepare<[number, string, string, number, number]>(
    'INSERT INTO entries (queue_id, message_id, run_id, received_at_ms, boot_id) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const countDelivery = database
    .prepare<[number, string], number>(`
      UPDATE entries SET deliveries = deliveries + 1, presumed_settled = 0,
        settled_at_ms = CASE presumed_settled WHEN 1 THEN NULL ELSE settled_at_ms END
      WHERE queue_id = ? AND message_id = ? RETURNING id`)
    .pluck();
  const readEntry = database.prepare<[number], EntryRow>(
    `SELECT ${entryColumns} FROM entries e JOIN queues q ON q.id = e.queue_id LEFT JOIN replies r ON r.entry_id = e.id WHERE e.id = ?`,
  );
  const readStepRows = database.prepare<[number], StepRecord>(`
    SELECT step_key AS stepKey, emissions AS emissionsJson, intended_at_ms AS intendedAtMs, intent AS intentJson
    FROM steps WHERE entry_id = ? ORDER BY id`);
  const readStatusKeys = database.prepare<[number], string>('SELECT status_key FROM statuses WHERE entry_id = ?').pluck();
  const listTakenOver = database.prepare<[string, number, number], SizedRow>(`
    SELECT e.id, length(w.body) + length(w.headers) AS sizeBytes
    FROM entries e INDEXED BY entries_taken_over JOIN raw_messages w ON w.entry_id = e.id
    WHERE e.is_open = 1 AND e.taken_over > 0 AND e.flow_id = ? AND e.id > ? AND ${isUndone} ORDER BY e.id LIMIT ?`);
  const listTakenOverFlows = database
    .prepare<[], string>(`
      SELECT DISTINCT e.flow_id FROM entries e INDEXED BY entries_taken_over
      WHERE e.is_open = 1 AND e.taken_over > 0 AND ${isUndone}`)
    .pluck();
  const claims = prepareKeyClaims(database);
  const readRaw = database.prepare<[number], RawRow>(
    'SELECT headers AS raw_headers, body AS raw_body FROM raw_messages WHERE entry_id = ?',
  );
  const listUndelivered = database
    .prepare<[string, string, number, number], number>(`
      SELECT e.id FROM entries e INDEXED BY entries_open JOIN queues q ON q.id = e.queue_id
      WHERE e.is_open = 1 AND (e.taken_over = 0 OR NOT ${isUndone}) AND q.broker_host = ? AND q.destination = ? AND e.id > ?
      ORDER BY e.id LIMIT ?`)
    .pluck();
  const findOpen = database
    .prepare<[string, string], number>(`
      SELECT 1 FROM entries e INDEXED BY entries_open JOIN queues q ON q.id = e.queue_id
      WHERE e.is_open = 1 AND q.broker_host = ? AND q.destination = ? LIMIT 1`)
    .pluck();
  const countOpen = database.prepare<[], LedgerCounts>(`
    SELECT count(*) AS open, min(received_at_ms) AS oldestOpenAtMs, count(*) FILTER (WHERE reply = 2) AS inDoubt, count(*) FILTER (WHERE taken_over > 0) AS takenOver,
      (SELECT messages FROM tray) AS poison, (SELECT dropped FROM tray) AS poisonDropped
    FROM entries INDEXED BY entries_open WHERE is_open = 1`);
  const listOpenRuns = database.prepare<[], string>('SELECT run_id FROM entries INDEXED BY entries_open WHERE is_open = 1').pluck();
  const dropContents = prepareContentDrop(database);
  const pruneClosed = database.prepare<[number, number]>(`
    DELETE FROM entries WHERE id IN (
      SELECT id FROM entries INDEXED BY entries_settled
      WHERE settled_at_ms IS NOT NULL AND settled_at_ms < ? AND is_open = 0 AND NOT ${inTray('entries')} ORDER BY settled_at_ms LIMIT ?)`);

  function receiveMessage(message: ReceivedMessage, queueId: number): LedgerEntry {
    const { key, runId, receivedAtMs } = message;
    const inserted = insertEntry.run(queueId, key.messageId, runId, receivedAtMs, boots.currentId);
    // The usual case is a new message: two statements more for a redelivery cost less than a RETURNING for each.
    if (inserted.changes === 1) return newEntry(Number(inserted.lastInsertRowid), message);
    const id = getRow(countDelivery.get(queueId, key.messageId));
    boots.takeUp(id);
    return toLedgerEntry(getRow(readEntry.get(id)));
  }

  const receiveAll = database.transaction((messages: readonly ReceivedMessage[], queueIds: readonly number[]) =>
    messages.map((message, index) => receiveMessage(message, getRow(queueIds[index]))),
  );
  const resumeTakenOver = database.transaction(({ flowId, afterId, limit, maxBytes }: TakenOverPage) =>
    selectPage(listTakenOver.all(flowId, afterId, limit), maxBytes).map(({ id }) => {
      boots.takeUp(id);
      return { ...toLedgerEntry(getRow(readEntry.get(id))), raw: toRaw(getRow(readRaw.get(id))) };
    }),
  );
  const originate = database.transaction((message: OriginatedMessage, queueId: number) => {
    const { flowId, raw, receivedAtMs } = message;
    const entry = receiveMessage(message, queueId);
    if (entry.takenOver) return { entry, isNew: false };
    const entryId = entry.id;
    applyChange({ type: 'taken-over', entryId, flowId, raw, owesReply: false, dueAtMs: null });
    applyChange({ type: 'reply-not-needed', entryId });
    applyChange({ type: 'settled', entryId, atMs: receivedAtMs });
    return { entry: toLedgerEntry(getRow(readEntry.get(entryId))), isNew: true };
  });
  const beginBoot = database.transaction(boots.begin);
  const writeAll = database.transaction((changes: Parameters<Ledger['write']>[0]) => {
    changes.forEach(applyChange);
    return tray.dropOldest();
  });

  function withRelaxedSync<Result>(run: () => Result): Result {
    relaxSync.run();
    try {
      return run();
    } finally {
      restoreSync.run();
    }
  }

  /** One statement or transaction, its failure named. */
  function attempt<Result>(action: string, run: () => Result): Result {
    try {
      return run();
    } catch (thrown) {
      throw toStoreError(thrown, `${action} in ${path}`);
    }
  }

  return {
    beginBoot: (boot) => attempt('record the start of the engine', () => beginBoot.immediate(boot)),
    receive: (messages) =>
      attempt('record received messages', () =>
        withRelaxedSync(() =>
          receiveAll.immediate(
            messages,
            messages.map((message) => findQueueId(message.key)),
          ),
        ),
      ),
    originate: (message) => attempt('record a message of our own', () => originate.immediate(message, findQueueId(message.key))),
    write: (changes) => {
      const drop = attempt('write changes', () => writeAll.immediate(changes));
      if (drop !== null) onPoisonDropped?.(drop);
    },
    readSteps: (entryId) => attempt('read steps', () => ({ steps: readStepRows.all(entryId), statusKeys: readStatusKeys.all(entryId) })),
    listTakenOverFlows: () => attempt('list flows with taken-over messages', () => listTakenOverFlows.all()),
    readRaw: (entryId) =>
      attempt('read a taken-over message', () => {
        const row = readRaw.get(entryId);
        if (row === undefined) throw new WirebookError('STORE_FAILED', `entry ${entryId} of the ledger is not taken over`);
        return toRaw(row);
      }),
    claim: (claim) => attempt('claim a key', () => withRelaxedSync(() => claims.claim(claim))),
    findClaimant: (key) => attempt('look for a claim', () => claims.findHolder(key)),
    findClaimEnd: (key) => attempt('look for a claim', () => claims.findEnd(key)),
    takeKey: (claim) => attempt('take a key', () => withRelaxedSync(() => claims.take(claim))),
    resumeTakenOver: (page) => attempt('take up what is taken over', () => resumeTakenOver.immediate(page)),
    hasOpen: ({ brokerHost, destination }) => attempt('look for an open entry', () => findOpen.get(brokerHost, destination) !== undefined),
    listUndelivered: ({ brokerHost, destination, afterId, limit }) =>
      attempt('list what was not delivered', () => listUndelivered.all(brokerHost, destination, afterId, limit)),
    listPoison: (limit, afterId = 0) => attempt('list the poison tray', () => tray.list(limit, afterId)),
    removePoison: (id) => {
      attempt('remove from the poison tray', () => tray.remove(id));
    },
    listOpenRunIds: () => attempt('list open runs', () => listOpenRuns.all()),
    count: () => attempt('count entries', () => getRow(countOpen.get())),
    dropContents: (settledBeforeMs, limit) => attempt('forget what nothing asks for again', () => dropContents(settledBeforeMs, limit)),
    prune: (settledBeforeMs, limit) =>
      attempt('prune', () => {
        claims.prune(clock.now(), limit);
        return pruneClosed.run(settledBeforeMs, limit).changes;
      }),
    close: () => {
      database.close();
    },
  };
}

function newEntry(id: number, { key, runId, receivedAtMs }: ReceivedMessage): LedgerEntry {
  return {
    id,
    key,
    runId,
    flowId: null,
    reply: 'none',
    run: 'none',
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

function toRaw({ raw_headers, raw_body }: RawRow): RawMessage {
  return { headers: parseHeaders(raw_headers), body: raw_body };
}

function getRow<Row>(row: Row | undefined): Row {
  if (row === undefined) throw new Error('a statement that always gives a row gave none');
  return row;
}
