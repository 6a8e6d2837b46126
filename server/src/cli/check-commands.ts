import { Argument, type Command } from 'commander';
import type { CommandIo } from './command-io.ts';
import type { Shell } from './completion-command.ts';
import { exitCodes } from './exit-codes.ts';

interface CheckOptions {
  readonly config?: string;
  readonly flow: readonly string[];
  readonly json?: true;
}

interface ServiceOptions {
  readonly name: string;
  readonly start?: true;
  readonly user?: string;
  readonly config?: string;
  readonly flow: readonly string[];
  readonly data?: string;
  readonly writable: readonly string[];
  readonly print?: true;
}

interface ConfigOptions {
  readonly create?: true;
  readonly update?: true;
}

const serviceVerbs = [
  ['install', 'Write a unit with a user, restarts and hardening, have it checked, and enable it.'],
  ['start', 'Start it.'],
  ['stop', 'Stop it; runs in flight finish.'],
  ['restart', 'Stop and start it.'],
  ['status', 'Print how it does.'],
] as const;

const testExitCodes = `
Exit codes: those of wirebook, and
   1  a flow does not fit the organisation
  22  cafile or stomp_cafile cannot be read
  30  the broker is not reached`;

/** doctor, selftest, list, config, completion and service. */
export function addCheckCommands(program: Command, io: CommandIo, end: (exitCode: number) => void): void {
  for (const [kind, description] of [
    [
      'doctor',
      'Go to the platform step by step and explain what is wrong: names, proxy, TLS, login, organisation, broker, rights on destinations.',
    ],
    [
      'selftest',
      'Check REST, STOMP, the rights on destinations and the flows, one line a part; exit codes as resilient-circuits has them.',
    ],
  ] as const)
    program
      .command(kind)
      .description(description)
      .option('--config <file>', 'app.config; else APP_CONFIG_FILE, ./app.config, ~/.resilient/app.config')
      .option(
        '--flow <file...>',
        'flows whose destinations have to be readable, with those of componentsdir; without any: all destinations',
        [],
      )
      .option('--json', 'prints JSON')
      .addHelpText('after', testExitCodes)
      .action(async ({ config, flow: flows, json }: CheckOptions) => {
        const { runDoctorCommand } = await import('./doctor-command.ts');
        end(await runDoctorCommand({ kind, config, flows, json: json === true }, io));
      });

  program
    .command('list')
    .description(
      'Print the flows of a data folder with their versions, the one that runs and its destinations; also beside a running server.',
    )
    .option('--data <dir>', 'data folder of wirebook start', '.wirebook')
    .option('--json', 'prints JSON')
    .action(async ({ data: dataDir, json }: { readonly data: string; readonly json?: true }) => {
      const { runListCommand } = await import('./list-command.ts');
      end(await runListCommand({ dataDir, json: json === true }, io));
    });

  program
    .command('config')
    .description('Write an app.config to fill in, or add the sections that one lacks. Nothing that is there is changed.')
    .argument('[file]', 'else APP_CONFIG_FILE, ~/.resilient/app.config')
    .option('-c, --create', 'write a new one; one that is there is left as it is')
    .option('-u, --update', 'add missing sections')
    .action(async (file: string | undefined, { create, update }: ConfigOptions) => {
      if ((create === true) === (update === true)) {
        io.complain('Choose one of -c (create) and -u (update).');
        end(exitCodes.usage);
        return;
      }
      const { runConfigCommand } = await import('./config-command.ts');
      end(await runConfigCommand({ do: create === true ? 'create' : 'update', file }, io));
    });

  const service = program.command('service').description('Run as a service of systemd; on Windows print the exact commands.');
  for (const [verb, description] of serviceVerbs) {
    const command = service.command(verb).description(description).option('--name <name>', 'of the service', 'wirebook');
    if (verb === 'install')
      command
        .option('--start', 'serve the editor, too (wirebook start); else flows only (wirebook run)')
        .option('--user <user>', 'who runs it; else who called sudo')
        .option('--config <file>', 'app.config')
        .option('--flow <file...>', 'flow documents for wirebook run', [])
        .option('--data <dir>', 'data folder; else /var/lib/NAME')
        .option('--writable <dir...>', 'further folders that it may write to, as those of logdir and file_folders', [])
        .option('--print', 'only show the unit');
    command.action(async ({ name, start, user, config, flow = [], data: dataDir, writable = [], print }: ServiceOptions) => {
      const [{ runServiceCommand }, { openServiceHost }] = await Promise.all([import('./service-command.ts'), import('./service-host.ts')]);
      const options = { do: verb, name, serves: start === true ? 'start' : 'run', user, config, flows: flow, dataDir, writable } as const;
      end(await runServiceCommand({ ...options, isPrinted: print === true }, io, openServiceHost()));
    });
  }

  program
    .command('completion')
    .description('Print a script that completes commands and flags: source <(wirebook completion bash)')
    .addArgument(new Argument('<shell>', 'of the script').choices(['bash', 'zsh']))
    .action(async (shell: Shell) => {
      const { createCompletion } = await import('./completion-command.ts');
      io.print(createCompletion(program, shell));
    });
}
