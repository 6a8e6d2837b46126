import type { FlowNode } from './flow-schema.ts';

/** The part of a config schema that is checked; a descriptor's config fits as it is. */
export interface FieldSchema {
  readonly type?: string;
  readonly default?: unknown;
  readonly enum?: readonly (string | number)[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly items?: FieldSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, FieldSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | FieldSchema;
  /** The field also takes `$expr`, `$template`, `$secret`, `$env`. */
  readonly 'x-expression'?: boolean;
}

/** What the lint rules know of a node type; a node descriptor fits as it is. */
export interface NodeTypeFacts {
  readonly version: number;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Without the port `error`, which every node has. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** The config field that lists further outputs, each under `port`. */
  readonly outputsFromConfig?: string;
  readonly source?: { readonly kind: string };
  readonly completes?: 'always' | { readonly byConfig: string };
  readonly catches?: boolean;
  /** Each message of the port is a part of its own; only as configured where `byConfig` says so. */
  readonly opensScope?: { readonly port: string; readonly byConfig?: { readonly field: string; readonly value: string } };
  /** It waits for the parts of a split. */
  readonly joins?: object;
  /** It runs when a run has ended. */
  readonly runsAtEnd?: boolean;
  /** `replies` for those that reply to the platform. */
  readonly category?: string;
  readonly config: FieldSchema;
}

export interface NodeTypeCatalogue {
  find(type: string): NodeTypeFacts | undefined;
}

/** The outputs of a node, `error` last. */
export function listOutputs(node: FlowNode, facts: NodeTypeFacts): string[] {
  const listed: unknown = facts.outputsFromConfig === undefined ? [] : node.config[facts.outputsFromConfig];
  const fromConfig = Array.isArray(listed) ? listed.map((item: unknown) => findPort(item)).filter((port) => port !== undefined) : [];
  return [...new Set([...Object.keys(facts.outputs), ...fromConfig, 'error'])];
}

function findPort(item: unknown): string | undefined {
  if (typeof item !== 'object' || item === null || !Object.hasOwn(item, 'port')) return undefined;
  const port: unknown = Reflect.get(item, 'port');
  return typeof port === 'string' ? port : undefined;
}

/** True when the node, as it is configured, sends the completing reply. */
export function isCompleting(node: FlowNode, facts: NodeTypeFacts): boolean {
  if (node.disabled || facts.completes === undefined) return false;
  if (facts.completes === 'always') return true;
  const { byConfig } = facts.completes;
  return (node.config[byConfig] ?? facts.config.properties?.[byConfig]?.default) === true;
}
