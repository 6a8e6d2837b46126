import type { ConfigSchema } from './config-schema.ts';
import type { OwnTriggerKind } from './trigger.ts';

export interface PortDescriptor {
  /** What travels here, in a few words. */
  readonly label: string;
}

export type NodeCategory = 'sources' | 'platform' | 'replies' | 'logic' | 'scripts' | 'web' | 'feed' | 'debug';

/**
 * What a repetition of a step would do.
 *
 * none: nothing outside; read: reads from outside; idempotent-write: writes, and a repetition changes nothing more; write: writes, a
 * repetition writes again; notify: tells somebody, a repetition tells again. Write and notify steps are recorded before and after.
 */
export type SideEffect = 'none' | 'read' | 'idempotent-write' | 'write' | 'notify';

export type SourceKind = 'function' | 'destination' | 'inbound' | 'connector' | OwnTriggerKind;

/** What a source node listens to; the engine subscribes on its behalf. */
export interface SourceDescriptor {
  readonly kind: SourceKind;
}

/** A node type as data: what palette, forms, validation and engine know of it. */
export interface NodeDescriptor {
  /** `package.kind`, e.g. `soar.note-add`. */
  readonly type: string;
  readonly version: number;
  readonly label: string;
  readonly summary: string;
  readonly category: NodeCategory;
  /** Name of a tabler icon. */
  readonly icon: string;
  /** Empty for a source. Every other node has at least one. */
  readonly inputs: Readonly<Record<string, PortDescriptor>>;
  /** Named outputs; every node also has the port `error`, which is not listed here. */
  readonly outputs: Readonly<Record<string, PortDescriptor>>;
  /** The config field that lists further outputs: an array of objects, each with its port name under `port`. */
  readonly outputsFromConfig?: string;
  readonly config: ConfigSchema;
  readonly sideEffect: SideEffect;
  /** The class where a config field that takes no expression has one of these values; `sideEffect` stands for all others. */
  readonly sideEffectByConfig?: { readonly field: string; readonly values: Readonly<Record<string, SideEffect>> };
  /**
   * The node can find out whether a write in doubt was made. `byConfig` names the config field, without expressions, whose value
   * `check` asks for that; any other value fails the step.
   */
  readonly whenInDoubt?: { readonly byConfig: string };
  readonly source?: SourceDescriptor;
  /** The node sends the completing reply. `by-config` names a boolean field that decides. */
  readonly completes?: 'always' | { readonly byConfig: string };
  /**
   * Each message that leaves by `port` is a part: what follows from it belongs to that part until a join node has all of them. Only where
   * the config field `byConfig` has that value, if given. As many parts are under way at a time as the config field `parallelField` says.
   */
  readonly opensScope?: {
    readonly port: string;
    /** One at a time where there is none. */
    readonly parallelField?: string;
    /** What fails in a part ends that part, and no more. */
    readonly isolated?: true;
    readonly byConfig?: { readonly field: string; readonly value: string };
  };
  /**
   * The node waits for the parts of a split and is handed a list with one object for each: `index`, `status` (ended, dropped or failed),
   * `messages` that came, and `error`. A part that fails ends the run, unless the config field `failuresField` is `collect`.
   */
  readonly joins?: { readonly failuresField: string };
  /** Messages of several runs wait in it for each other, as many as the config field `countField` says. */
  readonly gathers?: { readonly countField: string };
  /** The node takes errors of the flow that no wire takes. */
  readonly catches?: boolean;
  /** The engine starts it when the run has ended, for at most as many milliseconds as the config field `timeoutMs` says. */
  readonly runsAtEnd?: boolean;
  /** Permissions of the platform that the account needs, in the platform's words. */
  readonly permissions: readonly string[];
}
