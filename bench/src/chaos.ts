/**
 * Function calls while engine, broker, network and REST API fail at the moments of a seed, on ActiveMQ with its journal synced; then counts
 * at the platform what was lost, answered or written twice. The exit code is 0 when nothing was. `--no-ledger` leaves out the look-up of
 * redeliveries and has to fail.
 */
import { parseArgs } from 'node:util';
import { addChaosContent, type ChaosOptions, judgeChaos, startPlatform, surviveChaos } from '@wirebook/integration/chaos';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    calls: { type: 'string', default: '2000' },
    'engine-kills': { type: 'string', default: '10' },
    'broker-kills': { type: 'string', default: '3' },
    cuts: { type: 'string', default: '10' },
    /** Percent of the writes over REST that go wrong. */
    'rest-faults': { type: 'string', default: '6' },
    policy: { type: 'string', default: 'transaction' },
    'no-ledger': { type: 'boolean', default: false },
  },
});
const percent = 100;
const shownFaults = 20;
const options: ChaosOptions = {
  seed: Number(values.seed ?? Date.now() % 1_000_000),
  calls: Number(values.calls),
  engineKills: Number(values['engine-kills']),
  brokerKills: Number(values['broker-kills']),
  cuts: Number(values.cuts),
  restFaultShare: Number(values['rest-faults']) / percent,
  policy: values.policy === 'reply-then-settle' ? 'reply-then-settle' : 'transaction',
  isLedgerConsulted: !values['no-ledger'],
  waitsForEmptyLedger: true,
  report: (line) => console.error(line),
};

const platform = await startPlatform({ broker: 'activemq' });
try {
  await addChaosContent(platform.simulator);
  const outcome = await surviveChaos(platform, options);
  const { faults, counts, errorCodes, unknownWrites } = judgeChaos(outcome);
  console.log(
    `seed ${options.seed}, policy ${options.policy}, ledger ${values['no-ledger'] ? 'NOT ' : ''}consulted, ${(outcome.durationMs / 1000).toFixed(0)} s\n`,
  );
  printTable('counted', {
    'engine kill -9': options.engineKills,
    'broker kill -9': options.brokerKills,
    'network cuts': options.cuts,
    ...counts,
  });
  printTable('REST fault', outcome.restFaults);
  printTable('error that a run ended with', errorCodes);
  for (const unknown of unknownWrites) console.log(`in doubt: ${unknown}`);
  for (const fault of faults.slice(0, shownFaults)) console.log(`FAULT: ${fault}`);
  console.log(faults.length === 0 ? 'every promise was kept' : `${faults.length} broken promises; again with --seed ${options.seed}`);
  process.exitCode = faults.length === 0 ? 0 : 1;
} finally {
  await platform.close();
}

function printTable(title: string, rows: Readonly<Record<string, number>>): void {
  console.log(`| ${title} | |\n| --- | ---: |`);
  for (const [name, count] of Object.entries(rows)) console.log(`| ${name} | ${count} |`);
  console.log('');
}
