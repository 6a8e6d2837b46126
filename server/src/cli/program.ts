import { Command, CommanderError, InvalidArgumentError } from 'commander';
import type { CommandIo } from './command-io.ts';
import { exitCodes } from './exit-codes.ts';
import type { SimulatorCommandLine } from './simulator-command-line.ts';

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
  23  a certificate was refused                  24  organisation missing or unknown
  31  the broker refused the login               32  the broker refused a destination
  70  the engine ended by an error of its own; start it again

A broker that is not reached is waited for; the log says so.

Logs go to standard error as JSON lines, results to standard output.`;

const defaultDrainSeconds = 30;

/** A command is loaded when it is called: the engine carries no simulator in its memory. */
export function createProgram(io: CommandIo): Program {
  let exitCode: number = exitCodes.ok;
  const program = new Command('wirebook');
  program
    .description('Runs flows on the action messages of IBM SOAR.')
    .exitOverride()
    .configureOutput({ writeOut: (text) => io.print(text.trimEnd()), writeErr: (text) => io.complain(text.trimEnd()) })
    .addHelpText('after', exitCodeHelp);

  program
    .command('run')
    .description('Run flows headless until SIGTERM. Prints "ready" when every destination is subscribed.')
    .option('--config <file>', 'app.config; else APP_CONFIG_FILE, ./app.config, ~/.resilient/app.config')
    .option('--config-file <file>', 'the same as --config')
    .requiredOption('--flow <file...>', 'flow documents (*.flow.json)')
    .option('--data <dir>', 'folder of ledger and trace; else data_dir of [wirebook], ~/.wirebook/data')
    .option('--loglevel <level>', 'DEBUG, INFO, WARNING, ERROR or CRITICAL; else what app.config says')
    .option('--drain <seconds>', 'time for runs in flight at a stop', parseSeconds, defaultDrainSeconds)
    .action(async (options: RunOptions) => {
      const { runRunCommand } = await import('./run-command.ts');
      exitCode = await runRunCommand(
        {
          config: options.config ?? options.configFile,
          flows: options.flow,
          dataDir: options.data,
          logLevel: options.loglevel,
          drainMs: options.drain * 1000,
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
    .description('Start a simulated platform with the sample flows and show an action going through.')
    .option('--data <dir>', 'data folder', '.wirebook')
    .action(async (options: { readonly data: string }) => {
      const { runStartCommand } = await import('./start-command.ts');
      exitCode = await runStartCommand({ dataDir: options.data }, io);
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

interface RunOptions {
  readonly config?: string;
  readonly configFile?: string;
  readonly flow: readonly string[];
  readonly data?: string;
  readonly loglevel?: string;
  readonly drain: number;
}

const highestPort = 65_535;

function parsePort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > highestPort)
    throw new InvalidArgumentError(`a port is a whole number from 0 to ${highestPort}.`);
  return port;
}

function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (!Number.isFinite(seconds) || seconds < 0) throw new InvalidArgumentError('a time is a number of seconds, 0 or more.');
  return seconds;
}
