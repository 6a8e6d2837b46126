import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runServiceCommand, type ServiceCommandOptions } from './service-command.ts';
import { type HostAnswer, openServiceHost } from './service-host.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wirebook-service-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const usual: ServiceCommandOptions = {
  do: 'install',
  name: 'wirebook-test',
  serves: 'run',
  user: userInfo().username,
  config: 'app.config',
  flows: ['a flow.json', '100%.json'],
  dataDir: undefined,
  writable: [],
  isPrinted: false,
};

async function run(changes: Partial<ServiceCommandOptions> = {}, platform: NodeJS.Platform = 'linux', answer?: HostAnswer) {
  const printed: string[] = [];
  const complained: string[] = [];
  const called: string[] = [];
  const host = {
    ...openServiceHost(),
    platform,
    programPath: process.execPath,
    unitFolder: folder,
    run: (program: string, args: readonly string[]) => {
      called.push([program, ...args].join(' '));
      return answer ?? { exitCode: 0, text: '' };
    },
  };
  const io = {
    environment: { variables: {}, workingDir: folder, homeDir: folder },
    print: (line: string) => printed.push(line),
    complain: (line: string) => complained.push(line),
    signal: new AbortController().signal,
  };
  const result = await runServiceCommand({ ...usual, ...changes }, io, host).catch((thrown: unknown) => thrown);
  return { result, printed, complained, called };
}

const unitPath = () => join(folder, 'wirebook-test.service');
const { run: runHere } = openServiceHost();
const hasSystemd = runHere('systemd-analyze', ['--version']).exitCode === 0;

test.skipIf(!hasSystemd)('[B27] systemd itself finds nothing wrong with the unit, whatever its paths hold', async () => {
  await run({ dataDir: 'data "of" 50% $HOME', writable: ['log files'] });
  const { exitCode, text } = runHere('systemd-analyze', ['verify', unitPath()]);
  expect(text.split('\n').filter((line) => line.includes('wirebook-test'))).toEqual([]);
  expect(exitCode).toBe(0);
});

test('[B27] install writes a unit with user, restart and hardening, has it checked and enables it', async () => {
  const { result, called } = await run();
  expect(result).toBe(0);
  const unit = readFileSync(unitPath(), 'utf8');
  for (const line of [
    `User=${usual.user}`,
    'Restart=on-failure',
    'RestartPreventExitStatus=2 3 4',
    'ProtectSystem=strict',
    'NoNewPrivileges=true',
  ])
    expect(unit.split('\n')).toContain(line);
  expect(unit).toContain(
    `"run" "--config" "${folder}/app.config" "--flow" "${folder}/a flow.json" "--flow" "${folder}/100%%.json" "--data" "/var/lib/wirebook-test"`,
  );
  expect(called).toEqual([`systemd-analyze verify ${unitPath()}`, 'systemctl daemon-reload', 'systemctl enable wirebook-test.service']);
});

test('[B27] a unit that Wirebook did not write stays; one that it wrote is replaced', async () => {
  await run();
  expect((await run({ serves: 'start' })).result).toBe(0);
  expect(readFileSync(unitPath(), 'utf8')).toContain('"start"');
  writeFileSync(unitPath(), '[Unit]\n');
  expect((await run()).result).toMatchObject({ code: 'SERVER_SERVICE_FAILED', message: expect.stringContaining('another --name') });
  expect(readFileSync(unitPath(), 'utf8')).toBe('[Unit]\n');
});

test.each([{ name: '../x' }, { user: 'a b' }, { config: 'a\nExecStartPre=/bin/true' }])(
  '[B27] what cannot stand in a unit is refused: %j',
  async (changes) => {
    expect((await run(changes)).result).toMatchObject({ code: 'SERVER_SERVICE_INVALID' });
  },
);

test('[B27] start, stop, restart and status are passed to systemctl, and its refusal is the exit code 1', async () => {
  for (const verb of ['start', 'stop', 'restart', 'status'] as const)
    expect((await run({ do: verb })).called).toEqual([`systemctl ${verb} --no-pager wirebook-test.service`]);
  expect(await run({ do: 'start' }, 'linux', { exitCode: 5, text: 'not loaded' })).toMatchObject({ result: 1, complained: ['not loaded'] });
  expect((await run({ do: 'start' }, 'linux', { exitCode: null, text: 'ENOENT' })).result).toMatchObject({ code: 'SERVER_SERVICE_FAILED' });
});

test('[B27] on Windows the exact commands are printed, and nothing is done', async () => {
  const { printed, called } = await run({ user: undefined, flows: [], config: undefined }, 'win32');
  expect(printed).toEqual([expect.stringMatching(/^schtasks \/Create \/TN "wirebook-test" \/SC ONSTART .*\\"run\\""$/)]);
  expect(called).toEqual([]);
  expect((await run({ do: 'restart' }, 'win32')).printed).toEqual([
    'schtasks /End /TN "wirebook-test"',
    'schtasks /Run /TN "wirebook-test"',
  ]);
});
