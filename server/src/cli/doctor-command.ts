import type { ConnectionTestStep } from '@wirebook/api';
import { createSystemClock, createSystemRandom } from '@wirebook/engine';
import type { WirebookError } from '@wirebook/errors';
import { type FlowDocument, lintFlow } from '@wirebook/flow';
import type { AppConfig } from '@wirebook/package-kit';
import type { OrganizationDefinitions } from '@wirebook/soar-client';
import { nodeCatalogue } from '../node-catalogue.ts';
import { listDestinations } from '../platform/connection-view.ts';
import { testConnection } from '../platform/test-connection.ts';
import { readConfigAt } from '../read-config-at.ts';
import type { CommandIo } from './command-io.ts';
import { exitCodes, toExitCode } from './exit-codes.ts';
import { readFlowFolder } from './read-flow-folder.ts';
import { toOneLine } from './terminal-text.ts';
import { readFlowFile } from './validate-command.ts';

export interface DoctorCommandOptions {
  /** `selftest` tells one line a part and the state; `doctor` each step with what was found. */
  readonly kind: 'doctor' | 'selftest';
  readonly config: string | undefined;
  /** Files of flows whose destinations have to be readable; with those of componentsdir. */
  readonly flows: readonly string[];
  readonly json: boolean;
}

interface FlowCheck {
  readonly flow: string;
  readonly state: 'success' | 'failure';
  readonly reason: string | null;
}

const patienceMs = 2000;

/** `wirebook doctor` and `wirebook selftest`: goes to the platform step by step. Gives the exit code of the first thing that is wrong. */
export async function runDoctorCommand(options: DoctorCommandOptions, io: CommandIo): Promise<number> {
  const steps: ConnectionTestStep[] = [];
  let failure: WirebookError | null = null;
  let flows: readonly FlowDocument[] = [];
  let definitions: OrganizationDefinitions | null = null;
  const clock = createSystemClock();
  const readConfig = async (): Promise<AppConfig> => {
    const config = await readConfigAt(options.config, io.environment, { askPassword: io.askPassword });
    for (const warning of config.warnings) io.complain(`warning: ${toOneLine(warning)}`);
    flows = [...(await Promise.all(options.flows.map(readFlowFile))), ...(await readFlowFolder(config, io))];
    return config;
  };
  let progress = clock.startTimer(patienceMs, () => undefined);
  try {
    await testConnection({
      readConfig,
      clock,
      random: createSystemRandom(),
      signal: io.signal,
      findDestinations: (found) => {
        definitions = found;
        return flows.length === 0 ? found.destinations.map(({ name }) => name) : listFlowDestinations(flows, found);
      },
      mustReadAll: () => flows.length > 0,
      onBegin: (what) => {
        progress.cancel();
        progress = clock.startTimer(patienceMs, () => io.complain(`… ${toOneLine(what)}`));
      },
      onStep: (step, error) => {
        steps.push(step);
        failure ??= error;
        if (!options.json) io.print(describeStep(step, options.kind));
      },
    });
  } finally {
    progress.cancel();
  }
  const checks = definitions === null ? [] : flows.map((flow) => checkFlow(flow, definitions as OrganizationDefinitions));
  if (!options.json)
    for (const { flow, state, reason } of checks) io.print(toOneLine(`flow "${flow}": ${state}${reason === null ? '' : `: ${reason}`}`));
  const isGood = failure === null && checks.every(({ state }) => state === 'success');
  const exitCode = isGood ? exitCodes.ok : failure === null ? exitCodes.failed : toTestExitCode(failure);
  const result = { state: isGood ? 'success' : 'failure', exitCode, steps, flows: checks };
  if (options.json) io.print(JSON.stringify(result));
  else
    io.print(
      isGood ? 'Everything is in order.' : `Something is wrong: see ${failure === null ? 'the flows' : 'the step marked "bad"'} above.`,
    );
  return exitCode;
}

function describeStep({ what, outcome, detail, durationMs }: ConnectionTestStep, kind: DoctorCommandOptions['kind']): string {
  const isShort = kind === 'selftest' && outcome === 'good';
  return `${outcome.padEnd('skipped'.length)}  ${toOneLine(`${what}${isShort ? '' : ` (${durationMs} ms): ${detail}`}`)}`;
}

function listFlowDestinations(flows: readonly FlowDocument[], { functions, destinations }: OrganizationDefinitions): readonly string[] {
  const known = new Set(destinations.map(({ name }) => name));
  const destinationOf = (name: string) => functions.find((entry) => entry.name === name)?.destination;
  const named = flows.flatMap((flow) => listDestinations(flow, destinationOf));
  return [...new Set(named)].filter((name) => known.has(name)).sort();
}

function checkFlow(flow: FlowDocument, { functions, destinations }: OrganizationDefinitions): FlowCheck {
  const errors = lintFlow(flow, nodeCatalogue).filter(({ severity }) => severity === 'error');
  const known = new Set(destinations.map(({ name }) => name));
  const destinationOf = (name: string) => functions.find((entry) => entry.name === name)?.destination;
  const missing = listDestinations(flow, destinationOf).filter((name) => !known.has(name));
  const reasons = [
    ...errors.map(({ message, code }) => `${message} [${code}]`),
    ...missing.map((name) =>
      name.startsWith('function ')
        ? `the organisation has no ${name} [SOAR_FUNCTION_UNKNOWN]`
        : `the organisation has no destination ${name} [SOAR_DESTINATION_UNKNOWN]`,
    ),
  ];
  return { flow: flow.name, state: reasons.length === 0 ? 'success' : 'failure', reason: reasons.length === 0 ? null : reasons.join('; ') };
}

/** As `run`, and two numbers more that the peer's selftest has. */
function toTestExitCode(error: WirebookError): number {
  if (error.code === 'CONFIG_OPTION_INVALID' && /^(?:stomp_)?cafile$/.test(String(error.details?.option))) return exitCodes.caFile;
  return error.code.startsWith('SOAR_BROKER_') && toExitCode(error) === exitCodes.failed ? exitCodes.brokerUnreachable : toExitCode(error);
}
