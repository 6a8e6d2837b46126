import type { MessageKey } from '@wirebook/engine';
import type { Database as SqliteDatabase } from 'better-sqlite3';

/**
 * Gives the number of a broker's destination in the file; a new one is written at once. Call it outside a transaction: a number is
 * remembered, and a rollback would take it out of the file.
 */
export function prepareQueueNumbers(database: SqliteDatabase): (key: MessageKey) => number {
  const insert = database.prepare<[string, string]>('INSERT INTO queues (broker_host, destination) VALUES (?, ?)');
  const read = database.prepare<[string, string], number>('SELECT id FROM queues WHERE broker_host = ? AND destination = ?').pluck();
  const known = new Map<string, Map<string, number>>();

  function readOrInsert(brokerHost: string, destination: string): number {
    return read.get(brokerHost, destination) ?? Number(insert.run(brokerHost, destination).lastInsertRowid);
  }

  return ({ brokerHost, destination }) => {
    const ofBroker = known.get(brokerHost) ?? new Map<string, number>();
    const queueId = ofBroker.get(destination) ?? readOrInsert(brokerHost, destination);
    known.set(brokerHost, ofBroker.set(destination, queueId));
    return queueId;
  };
}
