/** A field, column or function input of the connected organisation. */
export interface PlatformField {
  readonly id: number;
  /** API name without prefix. */
  readonly name: string;
  readonly label: string;
  /** `properties` for custom fields. */
  readonly prefix: string | null;
  readonly inputType: string;
  readonly required: 'always' | 'close' | null;
  readonly values: readonly { readonly value: number | string; readonly label: string; readonly isEnabled: boolean }[];
}

export interface PlatformFunction {
  readonly name: string;
  readonly label: string;
  readonly description: string;
  readonly destination: string;
  readonly inputs: readonly PlatformField[];
}

export interface PlatformDestination {
  readonly name: string;
  readonly label: string;
  readonly expectsAck: boolean;
}

export interface PlatformRule {
  readonly id: number;
  readonly name: string;
  readonly objectType: string;
  readonly kind: 'automatic' | 'menu-item';
  readonly destinations: readonly string[];
  readonly isEnabled: boolean;
}

export interface PlatformTable {
  readonly name: string;
  readonly label: string;
  readonly columns: readonly PlatformField[];
}

/** Definitions that the pickers offer; cached by the server. */
export interface PlatformView {
  readonly connection: string;
  readonly orgId: number;
  readonly fetchedAtMs: number;
  readonly functions: readonly PlatformFunction[];
  readonly destinations: readonly PlatformDestination[];
  readonly rules: readonly PlatformRule[];
  readonly tables: readonly PlatformTable[];
  /** By type name: incident, artifact, note, task, actioninvocation (activity fields), … */
  readonly fields: Readonly<Record<string, readonly PlatformField[]>>;
  /** Names of secrets that app.config and keystore hold; never their values. */
  readonly secretNames: readonly string[];
  /** Folders for files that app.config names; never their paths. */
  readonly folderNames: readonly string[];
}
