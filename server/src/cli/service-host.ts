import { spawnSync } from 'node:child_process';

export interface HostAnswer {
  /** Null when there is no such program. */
  readonly exitCode: number | null;
  readonly text: string;
}

/** The machine on which a service is installed. */
export interface ServiceHost {
  readonly platform: NodeJS.Platform;
  readonly nodePath: string;
  readonly programPath: string;
  readonly unitFolder: string;
  readonly run: (program: string, args: readonly string[]) => HostAnswer;
}

export function openServiceHost(): ServiceHost {
  return {
    platform: process.platform,
    nodePath: process.execPath,
    programPath: process.argv[1] ?? 'wirebook',
    unitFolder: '/etc/systemd/system',
    run: (program, args) => {
      const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8' });
      if (error !== undefined) return { exitCode: null, text: error.message };
      return { exitCode: status, text: `${stdout}${stderr}`.trim() };
    },
  };
}
