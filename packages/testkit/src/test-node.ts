import { isJsonObject, type JsonObject, type JsonValue, toWirebookError, WirebookError } from '@wirebook/errors';
import type { NodeDescriptor, NodeRuntime, StepFailure, Trigger, WriteCheckContext, WriteFinding, WriteInDoubt } from '@wirebook/node-kit';
import type { CatalogueContent } from './fake-catalogue.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';
import { createFakeFiles, type FakeFiles } from './fake-files.ts';
import { createFakeFolders, type FakeFolders } from './fake-folders.ts';
import { createFakeHttp, type FakeHttp } from './fake-http.ts';
import { createFakePlatform, type FakePlatform } from './fake-platform.ts';
import { createFakeReplies, type FakeReplies, type FakeRepliesOptions } from './fake-replies.ts';
import { createFakeScripts, type FakeScripts } from './fake-scripts.ts';
import { createFakeWaits, type FakeWaits } from './fake-waits.ts';
import { parseConfig } from './parse-config.ts';
import { createRecordedLog, type RecordedLog } from './recorded-log.ts';
import { createFunctionTrigger, createRunInfo } from './sample-run.ts';

export interface TestNodeOptions {
  readonly catalogue?: CatalogueContent;
  readonly replies?: FakeRepliesOptions;
  readonly clock?: FakeClock;
}

export interface SendOptions {
  /** A function call without inputs when absent. */
  readonly trigger?: Trigger;
  readonly failure?: StepFailure;
  readonly signal?: AbortSignal;
}

export interface Emission<Port extends string> {
  readonly port: Port;
  readonly message: JsonValue;
}

/** How one step ended: with an error nothing left through the ports. */
export interface StepOutcome<Port extends string> {
  readonly emitted: readonly Emission<Port>[];
  readonly error: WirebookError | undefined;
}

/** A node that runs alone, on fakes of everything it may reach. */
export interface NodeUnderTest<Port extends string> {
  /** Runs one step and resolves when it ended. */
  send(message: JsonValue, options?: SendOptions): Promise<StepOutcome<Port>>;
  /** What the node keeps right before a write, to check it by. */
  mark(message?: JsonValue): Promise<JsonValue>;
  /** Asks the node whether a write in doubt was made; rejects with what the check throws. */
  check(doubt: WriteInDoubt, message?: JsonValue): Promise<WriteFinding<string>>;
  /** Messages that left through a port so far, in order. */
  sent(port: Port): readonly JsonValue[];
  readonly clock: FakeClock;
  readonly platform: FakePlatform;
  readonly replies: FakeReplies;
  readonly http: FakeHttp;
  readonly scripts: FakeScripts;
  readonly waits: FakeWaits;
  readonly files: FakeFiles;
  readonly folders: FakeFolders;
  readonly log: RecordedLog;
}

/**
 * Puts a node on the bench.
 *
 * @param config as it reaches execute, that is evaluated; defaults are filled in and the schema is applied.
 * @throws NODE_INPUT_INVALID when the config does not fit the schema.
 */
export function testNode<Port extends string = string>(
  runtime: NodeRuntime,
  config: JsonObject = {},
  options: TestNodeOptions = {},
): NodeUnderTest<Port> {
  const filled = parseConfig(runtime.descriptor, config);
  const ports = listPorts(runtime.descriptor, filled);
  const clock = options.clock ?? createFakeClock();
  const platform = createFakePlatform(options.catalogue);
  const replies = createFakeReplies(options.replies);
  const http = createFakeHttp();
  const scripts = createFakeScripts();
  const waits = createFakeWaits();
  const files = createFakeFiles();
  const folders = createFakeFolders();
  const log = createRecordedLog();
  const sent: Emission<Port>[] = [];

  function isPort(name: string): name is Port {
    return ports.has(name);
  }

  async function send(message: JsonValue, sendOptions: SendOptions = {}): Promise<StepOutcome<Port>> {
    const emitted: Emission<Port>[] = [];
    try {
      await runtime.execute({
        config: deepFreeze(filled),
        message: deepFreeze(structuredClone(message)),
        run: createRunInfo(sendOptions.trigger ?? createFunctionTrigger({})),
        failure: sendOptions.failure,
        emit(port, value) {
          if (!isPort(port)) {
            throw new WirebookError(
              'ENGINE_INVARIANT_BROKEN',
              `${runtime.descriptor.type} has no port "${port}"; it has: ${[...ports].join(', ')}`,
            );
          }
          emitted.push({ port, message: value });
        },
        services: { platform, reply: replies, http, scripts, waits, files, folders },
        clock,
        signal: sendOptions.signal ?? new AbortController().signal,
        log,
      });
    } catch (thrown) {
      return { emitted: [], error: toWirebookError(thrown, 'NODE_UNEXPECTED') };
    }
    sent.push(...emitted);
    return { emitted, error: undefined };
  }

  function getWriteCheck(): NonNullable<NodeRuntime['writeCheck']> {
    if (runtime.writeCheck !== undefined) return runtime.writeCheck;
    throw new WirebookError('ENGINE_INVARIANT_BROKEN', `${runtime.descriptor.type} has no check of a write in doubt`);
  }

  function toCheckContext(message: JsonValue): WriteCheckContext<unknown> {
    return {
      config: deepFreeze(filled),
      message: deepFreeze(structuredClone(message)),
      run: createRunInfo(createFunctionTrigger({})),
      services: { platform, http },
      clock,
      signal: new AbortController().signal,
      log,
    };
  }

  return {
    send,
    mark: async (message = {}) => (await getWriteCheck().mark?.(toCheckContext(message))) ?? null,
    check: async (doubt, message = {}) => await getWriteCheck().find(toCheckContext(message), doubt),
    sent: (port) => sent.filter((emission) => emission.port === port).map((emission) => emission.message),
    clock,
    platform,
    replies,
    http,
    scripts,
    waits,
    files,
    folders,
    log,
  };
}

function listPorts(descriptor: NodeDescriptor, config: JsonObject): ReadonlySet<string> {
  const ports = new Set(Object.keys(descriptor.outputs));
  const further = descriptor.outputsFromConfig === undefined ? [] : config[descriptor.outputsFromConfig];
  if (Array.isArray(further)) {
    for (const entry of further) {
      if (isJsonObject(entry) && typeof entry.port === 'string') ports.add(entry.port);
    }
  }
  return ports;
}

function deepFreeze<Value extends JsonValue>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) deepFreeze(part);
  }
  return value;
}
