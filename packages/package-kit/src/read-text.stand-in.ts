import { type AppConfig, readAppConfig } from './app-config.ts';

export const login = 'api_key_id = k\napi_key_secret = s3cret\n';
/** The least that is read. */
export const minimal = `[resilient]\nhost = h.example\n${login}`;

interface Place {
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly path?: string;
  readonly overrides?: Readonly<Record<string, string>>;
  readonly askPassword?: (email: string) => Promise<string | null>;
}

export function read({ files = {}, env = {}, path, overrides, askPassword }: Place): Promise<AppConfig> {
  const readFile = async (name: string) => {
    const text = files[name];
    if (text === undefined) throw Object.assign(new Error(`no ${name}`), { code: 'ENOENT' });
    return text;
  };
  return readAppConfig({ path, env, homeDir: '/home/jo', cwd: '/work', readFile, overrides, askPassword });
}

/** Reads the text at this path, and finds nothing elsewhere. */
export const onlyFile = (path: string, text: string) => async (name: string) => {
  if (name === path) return text;
  throw Object.assign(new Error(`no ${name}`), { code: 'ENOENT' });
};

/** The text stands in /work/app.config. */
export const readText = (text: string, env: Readonly<Record<string, string>> = {}, files: Readonly<Record<string, string>> = {}) =>
  read({ files: { '/work/app.config': text, ...files }, env });
