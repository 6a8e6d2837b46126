/** Where the server tells what nobody is there to be told. */
export interface HttpLog {
  warn(text: string, facts?: Readonly<Record<string, string | number | boolean | null>>): void;
  error(text: string, facts?: Readonly<Record<string, string | number | boolean | null>>): void;
}
