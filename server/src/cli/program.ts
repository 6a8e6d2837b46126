import { type Role, roles } from '@wirebook/api';
import { listOverridableOptions } from '@wirebook/package-kit';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { addCheckCommands } from './check-commands.ts';
import type { CommandIo } from './command-io.ts';
import type { DeadLettersCommand } from './dead-letters-command.ts';
import { exitCodes } from './exit-codes.ts';
import type { KeyringCommand } from './keyring-command.ts';
import type { PoisonCommand } from './poison-command.ts';
import type { SimulatorCommandLine } from './simulator-command-line.ts';
import type { UserCommand } from './user-command.ts';

export interface Program {
  /** Runs one command line, without the name of the program; gives the exit code. */
  run(args: readonly string[]): Promise<number>;
}

const exitCodeHelp = `
Exit codes:
   0  done
   1  failed for another reason
   2  the command line is wrong
   3  app.config is missing or wrong
   4  a flow cannot run
   5  another instance has the data folder
  20  the platform's REST API is not reached     21  login refused
  22  the CA file cannot be read (selftest)      30  the broker is not reached (selftest)
  23  a certificate was refused                  24  organisation missing or unknown
  31  the broker refused the login               32  the broker refused a destination
  70  the engine ended by an error of its own; start it again

A broker that is not reached is waited for; the log says so.

Logs go to standard error as JSON lines, results to standard output.`;

const reloadHelp = 'watch app.config: a change that reads well drains the engine and starts it anew';
const overrideHelp = `
Every option of [resilient] that has no secret is a flag, too, and comes before app.config: --host soar.example --num_workers 10.`;
const defaultDrainSeconds = 30;
const defaultPort = 8420;
const defaultServerData = '.wirebook';

/** A command is loaded when it is called: the engine carries no simulator in its memory. */
export function createProgram(io: CommandIo): Program {
  let exitCode: number = exitCodes.ok;
  const program = new Command('wirebook');
  program
    .description('Runs flows on the action messages of IBM SOAR.')
    .exitOverride()
    .configureOutput({ writeOut: (text) => io.print(text.trimEnd()), writeErr: (text) => io.complain(text.trimEnd()) })
    .addHelpText('after', exitCodeHelp);

  const run = program
    .command('run')
    .description('Run flows headless until SIGTERM. Prints "ready" when every destination is subscribed.')
    .option('--config <file>', 'app.config; else APP_CONFIG_FILE, ./app.config, ~/.resilient/app.config')
    .option('--config-file <file>', 'the same as --config')
    .option('--flow <file...>', 'flow documents (*.flow.json); those of componentsdir of app.config are run, too', [])
    .option('--data <dir>', 'folder of ledger and trace; else data_dir of [wirebook], ~/.wirebook/data')
    .option('--loglevel <level>', 'DEBUG, INFO, WARNING, ERROR or CRITICAL; else what app.config says')
    .option('--health-port <port>', '/healthz, /readyz and /metrics on 127.0.0.1; 0 picks a free port; none unless given', parsePort)
    .option('-r, --reload', reloadHelp)
    .option('--drain <seconds>', 'time for runs in flight at a stop', parseSeconds, defaultDrainSeconds)
    .addHelpText('after', overrideHelp);
  for (const name of overridableOptions) run.addOption(new Option(`--${name} <value>`).hideHelp());
  run.action(async (options: RunOptions) => {
    const { runRunCommand } = await import('./run-command.ts');
    exitCode = await runRunCommand(
      {
        config: options.config ?? options.configFile,
        flows: options.flow,
        overrides: findOverrides(run.opts()),
        dataDir: options.data,
        logLevel: options.loglevel,
        drainMs: options.drain * 1000,
        healthPort: options.healthPort,
        reloads: options.reload === true,
      },
      io,
    );
  });

  program
    .command('validate')
    .description('Check flow documents. Exits with 4 when one cannot run.')
    .argument('<file...>', 'flow documents (*.flow.json)')
    .action(async (files: string[]) => {
      const { runValidateCommand } = await import('./validate-command.ts');
      exitCode = await runValidateCommand(files, io);
    });

  program
    .command('simulator')
    .description('Run a stand-in for the platform: REST, STOMP broker, rules, Action Status. Prints one line when it is ready.')
    .option('--rest-port <port>', 'REST over HTTPS; 0 picks a free port', parsePort, 9443)
    .option('--stomp-port <port>', 'STOMP over TLS; 0 picks a free port', parsePort, 65001)
    .option('--control-port <port>', 'control for tests and scripts, HTTP on loopback; 0 picks a free port', parsePort, 9444)
    .option('--data <dir>', 'keeps certificates and logins over restarts')
    .option('--broker <url>', 'a real ActiveMQ in place of the embedded broker, e.g. stomp+ssl://localhost:61614')
    .option('--broker-ca <file>', 'PEM file with the CA of that broker')
    .option('--seed <text>', 'makes logins and ids reproducible, for tests')
    .option('--json', 'the ready line is JSON')
    .action(async (options: SimulatorCommandLine) => {
      const { runSimulator } = await import('./simulator-command.ts');
      exitCode = await runSimulator(options, io);
    });

  program
    .command('start')
    .description(
      'Start the editor and the engine; without --config with a simulated platform and sample flows. Prints the address when it is ready.',
    )
    .option('--config <file>', 'app.config of a platform; without it a simulated one is started')
    .option('--data <dir>', 'data folder', defaultServerData)
    .option('--host <host>', 'address to listen on; others than this machine need a user with a password first', '127.0.0.1')
    .option('--port <port>', 'port of the editor; 0 picks a free one', parsePort, defaultPort)
    .option('-r, --reload', reloadHelp)
    .option('--json', 'the ready line is JSON')
    .action(async (options: StartOptions) => {
      const { runStartCommand } = await import('./start-command.ts');
      exitCode = await runStartCommand(
        {
          dataDir: options.data,
          config: options.config,
          host: options.host,
          port: options.port,
          json: options.json === true,
          reloads: options.reload === true,
        },
        io,
      );
    });

  const user = program.command('user').description('List, add and remove those who may sign in, also beside a running server.');
  const runUser = async (command: UserCommand, options: { readonly data: string }) => {
    const { runUserCommand } = await import('./user-command.ts');
    exitCode = await runUserCommand(command, { dataDir: options.data }, io);
  };
  user
    .command('list')
    .description('Print name, role and whether there is a password.')
    .option('--data <dir>', 'data folder of the server', defaultServerData)
    .action((options: DataOption) => runUser({ do: 'list' }, options));
  user
    .command('add')
    .description('Add a user and print a sign-in link.')
    .argument('<name>')
    .addOption(new Option('--role <role>', 'what the user may do').choices(roles).default('editor'))
    .option('--data <dir>', 'data folder of the server', defaultServerData)
    .action((name: string, options: DataOption & { readonly role: Role }) => runUser({ do: 'add', name, role: options.role }, options));
  user
    .command('link')
    .description('Print a link that signs the user in once, within a day.')
    .argument('<name>')
    .option('--data <dir>', 'data folder of the server', defaultServerData)
    .action((name: string, options: DataOption) => runUser({ do: 'link', name }, options));
  user
    .command('remove')
    .description('Remove a user and end all sessions of that user.')
    .argument('<name>')
    .option('--data <dir>', 'data folder of the server', defaultServerData)
    .action((name: string, options: DataOption) => runUser({ do: 'remove', name }, options));

  const keyring = program
    .command('keyring')
    .description('Store the values that app.config names with ^ in the keystore of the system, or in an encrypted vault.');
  const runKeyring = async (command: KeyringCommand, { config, vault, json }: KeyringOptions) => {
    const { runKeyringCommand } = await import('./keyring-command.ts');
    exitCode = await runKeyringCommand(command, { config, vault: vault === true, json: json === true }, io);
  };
  const vaultHelp = 'the vault, also where the system has a keystore; its passphrase is WIREBOOK_VAULT_KEY or in WIREBOOK_VAULT_KEY_FILE';
  keyring
    .command('fill', { isDefault: true })
    .description('Ask for each value that is missing, and store it; piped in, one line is one value.')
    .option('--config <file>', 'app.config; else APP_CONFIG_FILE, ./app.config, ~/.resilient/app.config')
    .option('--all', 'ask for those that are stored, too; an empty line leaves one as it is')
    .option('--vault', vaultHelp)
    .action((options: KeyringOptions & { readonly all?: true }) => runKeyring({ do: 'fill', all: options.all === true }, options));
  keyring
    .command('list')
    .description('Print each reference of app.config and whether it has a value, never the value. Exits with 1 when one has none.')
    .option('--config <file>', 'app.config; else APP_CONFIG_FILE, ./app.config, ~/.resilient/app.config')
    .option('--json', 'prints JSON')
    .action((options: KeyringOptions) => runKeyring({ do: 'list' }, options));
  for (const [name, description] of [
    ['set', 'Ask for one value and store it.'],
    ['remove', 'Remove one value from keystore and vault.'],
  ] as const) {
    const command = keyring
      .command(name)
      .description(description)
      .argument('<section>', 'of app.config, without brackets')
      .argument('<name>', 'the text after ^');
    if (name === 'set') command.option('--vault', vaultHelp);
    command.action((section: string, account: string, options: KeyringOptions) => runKeyring({ do: name, section, account }, options));
  }

  const poison = program
    .command('poison')
    .description('Look at messages that could not be read, answered or run, and decide about them; changes need a stopped engine.');
  const runPoison = async (command: PoisonCommand, options: PoisonOptions) => {
    const { runPoisonCommand } = await import('./poison-command.ts');
    exitCode = await runPoisonCommand(command, { dataDir: options.data, json: options.json === true }, io);
  };
  const onTray = (command: Command) =>
    command.option('--data <dir>', 'data folder of wirebook start or run', defaultServerData).option('--json', 'prints JSON');
  onTray(poison.command('list').description('Print id, time, destination, size, code and reason, newest first.')).action(
    (options: PoisonOptions) => runPoison({ do: 'list' }, options),
  );
  onTray(
    poison.command('show').description('Print all of one, with what may be done.').argument('<id>', 'as list prints it', parseId),
  ).action((id: number, options: PoisonOptions) => runPoison({ do: 'show', id }, options));
  for (const [name, description] of [
    ['drop', 'Remove it: it is settled already.'],
    ['run-again', 'Take it over into the ledger; it runs when the engine starts.'],
  ] as const)
    onTray(poison.command(name).description(description).argument('<id>', 'as list prints it', parseId)).action(
      (id: number, options: PoisonOptions) => runPoison({ do: name, id }, options),
    );
  onTray(
    poison
      .command('answer')
      .description('Send the platform one error as the completing reply.')
      .argument('<id>', 'as list prints it', parseId),
  )
    .option('--text <text>', 'what the platform is told; else the reason')
    .option('--config <file>', 'app.config; else APP_CONFIG_FILE, ./app.config, ~/.resilient/app.config')
    .action((id: number, options: PoisonOptions & { readonly text?: string; readonly config?: string }) =>
      runPoison({ do: 'answer', id, text: options.text, config: options.config }, options),
    );

  const deadLetters = program
    .command('dead-letters')
    .description(
      'Look at what the broker gave up on, in the dead_letter_queue of app.config, and return one; also beside an engine that runs.',
    );
  const onLetters = (command: Command) =>
    command
      .option('--config <file>', 'app.config; else APP_CONFIG_FILE, ./app.config, ~/.resilient/app.config')
      .option('--data <dir>', 'data folder of wirebook start or run, whose ledger tells what was answered', defaultServerData)
      .option('--json', 'prints JSON');
  const runDeadLetters = async (command: DeadLettersCommand, options: DeadLetterOptions) => {
    const { runDeadLettersCommand } = await import('./dead-letters-command.ts');
    const { data: dataDir, config, json } = options;
    exitCode = await runDeadLettersCommand(command, { dataDir, config, json: json === true }, io);
  };
  onLetters(
    deadLetters.command('list').description('Print message-id, time, destination, size and whether it can be returned, oldest first.'),
  ).action((options: DeadLetterOptions) => runDeadLetters({ do: 'list' }, options));
  onLetters(
    deadLetters
      .command('return')
      .description('Put one back on its destination, in one transaction.')
      .argument('<message-id>', 'as list prints it'),
  ).action((messageId: string, options: DeadLetterOptions) => runDeadLetters({ do: 'return', messageId }, options));

  addCheckCommands(program, io, (code) => {
    exitCode = code;
  });

  return {
    run: async (args) => {
      try {
        await program.parseAsync([...args], { from: 'user' });
        return exitCode;
      } catch (thrown) {
        if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
        throw thrown;
      }
    },
  };
}

interface DataOption {
  readonly data: string;
}

interface PoisonOptions extends DataOption {
  readonly json?: boolean;
}

interface DeadLetterOptions extends PoisonOptions {
  readonly config?: string;
}

interface KeyringOptions {
  readonly config?: string;
  readonly vault?: true;
  readonly json?: true;
}

interface StartOptions extends DataOption {
  readonly config?: string;
  readonly host: string;
  readonly port: number;
  readonly json?: boolean;
  readonly reload?: boolean;
}

interface RunOptions {
  readonly config?: string;
  readonly configFile?: string;
  readonly flow: readonly string[];
  readonly data?: string;
  readonly loglevel?: string;
  readonly drain: number;
  readonly healthPort?: number;
  readonly reload?: boolean;
}

/** Secrets are left out: a command line can be read by everybody on the machine. */
const overridableOptions = listOverridableOptions().filter((name) => name !== 'loglevel');

function findOverrides(given: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    overridableOptions.flatMap((name) => {
      const value = given[name];
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );
}

const highestPort = 65_535;

function parsePort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > highestPort)
    throw new InvalidArgumentError(`a port is a whole number from 0 to ${highestPort}.`);
  return port;
}

function parseId(text: string): number {
  const id = Number(text);
  if (!Number.isSafeInteger(id) || id < 1) throw new InvalidArgumentError('an id is a whole number from 1 on.');
  return id;
}

function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (!Number.isFinite(seconds) || seconds < 0) throw new InvalidArgumentError('a time is a number of seconds, 0 or more.');
  return seconds;
}
