import { Argument, type Command } from 'commander';
import type { CommandIo } from './command-io.ts';
import type { Shell } from './completion-command.ts';
import { exitCodes } from './exit-codes.ts';

interface CheckOptions {
  readonly config?: string;
  readonly flow: readonly string[];
  readonly json?: true;
}

interface ConfigOptions {
  readonly create?: true;
  readonly update?: true;
}

const testExitCodes = `
Exit codes: those of wirebook, and
   1  a flow does not fit the organisation
  22  cafile or stomp_cafile cannot be read
  30  the broker is not reached`;

/** doctor, selftest, config and completion. */
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

  program
    .command('completion')
    .description('Print a script that completes commands and flags: source <(wirebook completion bash)')
    .addArgument(new Argument('<shell>', 'of the script').choices(['bash', 'zsh']))
    .action(async (shell: Shell) => {
      const { createCompletion } = await import('./completion-command.ts');
      io.print(createCompletion(program, shell));
    });
}
