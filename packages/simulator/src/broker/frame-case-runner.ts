import type { FrameBody, FrameCase, FrameConnection, FrameLogin, FramePattern, FrameScript, FrameStep } from './frame-case.ts';

/** A frame as a client has read it: headers unescaped. */
export interface ReceivedFrame {
  readonly command: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface FrameToSend {
  readonly command: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** A client's connection, whatever library is behind it. */
export interface FrameWire {
  send(frame: FrameToSend): void;
  /** Absent where the library writes all frames itself; cases of level `bytes` need it. */
  sendBytes?: ((bytes: Uint8Array) => Promise<void>) | undefined;
  /** The next frame; `closed` once the broker has ended the connection, `silence` when nothing came in time. */
  next(timeoutMs: number): Promise<ReceivedFrame | 'closed' | 'silence'>;
  /** Waits for a line feed between frames; absent where the library keeps it to itself. */
  nextHeartBeat?: ((timeoutMs: number) => Promise<boolean>) | undefined;
  /** Ends the connection without DISCONNECT; resolves when the broker can have noticed. */
  drop(): Promise<void>;
}

export interface FrameWireSource {
  /** Connects and logs in. The answer is CONNECTED or the ERROR that came instead. */
  connect(options: {
    login: string;
    passcode: string;
    headers: Readonly<Record<string, string>>;
  }): Promise<{ wire: FrameWire; answer: ReceivedFrame }>;
  /** Opens a connection and sends nothing; absent where a library logs in by itself. */
  open?: (() => Promise<FrameWire>) | undefined;
}

export interface FrameCaseRun {
  readonly source: FrameWireSource;
  readonly member: { readonly login: string; readonly passcode: string };
  readonly stranger: { readonly login: string; readonly passcode: string };
  /** A queue name of this run alone, which the member may use; see FrameCase. */
  readonly queue: string;
  /** The same for the stranger. */
  readonly foreign: string;
  /** How long a frame may take. */
  readonly timeoutMs: number;
  /** How long nothing must come for `expectNothing` to hold. */
  readonly quietMs: number;
}

/** How long a connection may take to end after the broker said so, or after missed heart-beats. */
const CLOSING_MS = 10_000;

/**
 * Plays one case.
 *
 * @throws Error that names the step and shows what came instead.
 */
export async function runFrameCase(frameCase: FrameCase, run: FrameCaseRun): Promise<void> {
  const wires = new Map<FrameConnection, FrameWire>();
  const values = new Map<string, string>([
    ['queue', run.queue],
    ['foreign', run.foreign],
    ['login', run.member.login],
    ['passcode', run.member.passcode],
  ]);

  function fill(text: string): string {
    return text.replace(/<([^<>]+)>/g, (whole, name: string) => values.get(name) ?? whole);
  }

  function fillAll(texts: Readonly<Record<string, string>> | undefined): Record<string, string> {
    return Object.fromEntries(Object.entries(texts ?? {}).map(([name, value]) => [name, fill(value)]));
  }

  function wireOf(on: FrameConnection | undefined): FrameWire {
    const wire = wires.get(on ?? 'one');
    if (wire === undefined) throw new Error(`connection "${on ?? 'one'}" is not open`);
    return wire;
  }

  /** @returns what is wrong with the frame, or undefined when it fits. */
  function mismatch(pattern: FramePattern, frame: ReceivedFrame): string | undefined {
    if (frame.command !== pattern.command) return `it is no ${pattern.command}`;
    for (const [name, value] of Object.entries(fillAll(pattern.headers))) {
      if (frame.headers[name] !== value) return `header "${name}" is not "${value}"`;
    }
    for (const [name, value] of Object.entries(fillAll(pattern.contains))) {
      if (!frame.headers[name]?.includes(value)) return `header "${name}" does not hold "${value}"`;
    }
    for (const [name, value] of Object.entries(fillAll(pattern.differs))) {
      if (frame.headers[name] === undefined || frame.headers[name] === value) return `header "${name}" is missing or "${value}"`;
    }
    for (const name of pattern.absent ?? []) if (frame.headers[name] !== undefined) return `header "${name}" is there`;
    if (pattern.body !== undefined && !Buffer.from(bodyBytes(pattern.body)).equals(frame.body)) return 'the body differs';
    return undefined;
  }

  function keepValues(pattern: FramePattern, frame: ReceivedFrame): void {
    for (const [header, name] of Object.entries(pattern.save ?? {})) values.set(name, frame.headers[header] ?? '');
  }

  async function nextFrame(wire: FrameWire): Promise<ReceivedFrame> {
    const frame = await wire.next(run.timeoutMs);
    if (frame === 'closed' || frame === 'silence') throw new Error(`a frame was expected, then: ${frame}`);
    return frame;
  }

  function check(pattern: FramePattern, frame: ReceivedFrame): void {
    const problem = mismatch(pattern, frame);
    if (problem !== undefined) throw new Error(`${problem}: ${show(frame)}`);
    keepValues(pattern, frame);
  }

  async function expectAnyOrder(patterns: readonly FramePattern[], wire: FrameWire): Promise<void> {
    const open = [...patterns];
    while (open.length > 0) {
      const frame = await nextFrame(wire);
      const at = open.findIndex((pattern) => mismatch(pattern, frame) === undefined);
      const pattern = open[at];
      if (pattern === undefined) throw new Error(`${open.map((each) => mismatch(each, frame)).join('; ')}: ${show(frame)}`);
      keepValues(pattern, frame);
      open.splice(at, 1);
    }
  }

  function credentials(login: FrameLogin | undefined) {
    if (login === 'stranger') return run.stranger;
    return login === 'wrong passcode' ? { login: run.member.login, passcode: 'not the passcode' } : run.member;
  }

  async function connect(step: Extract<FrameStep, { connect: FrameConnection }>): Promise<void> {
    const { wire, answer } = await run.source.connect({ ...credentials(step.login), headers: fillAll(step.headers) });
    wires.set(step.connect, wire);
    if (step.refused === undefined) check({ command: 'CONNECTED', ...step.connected }, answer);
    else check({ command: 'ERROR', ...step.refused }, answer);
  }

  function send(script: FrameScript, wire: FrameWire): void {
    wire.send({ command: script.command, headers: fillAll(script.headers), body: bodyBytes(script.body ?? '') });
  }

  async function sendText(step: Extract<FrameStep, { sendText: string }>): Promise<void> {
    const wire = wireOf(step.on);
    const bytes = Buffer.from(fill(step.sendText));
    const pieceBytes = step.pieceBytes ?? bytes.length;
    for (let at = 0; at < bytes.length; at += pieceBytes) await wire.sendBytes?.(bytes.subarray(at, at + pieceBytes));
  }

  async function expectNothing(wire: FrameWire): Promise<void> {
    const next = await wire.next(run.quietMs);
    if (next !== 'silence') throw new Error(`nothing was expected, then: ${next === 'closed' ? next : show(next)}`);
  }

  async function expectClosed(wire: FrameWire): Promise<void> {
    let next = await wire.next(CLOSING_MS);
    while (typeof next !== 'string') next = await wire.next(CLOSING_MS);
    if (next !== 'closed') throw new Error('the broker did not end the connection');
  }

  async function play(step: FrameStep): Promise<void> {
    if ('connect' in step) return await connect(step);
    if ('open' in step) {
      if (run.source.open === undefined) throw new Error('this client cannot open a connection without logging in');
      wires.set(step.open, await run.source.open());
    } else if ('send' in step) {
      for (const script of 'command' in step.send ? [step.send] : step.send) send(script, wireOf(step.on));
    } else if ('sendText' in step) await sendText(step);
    else if ('expect' in step) await expectAnyOrder('command' in step.expect ? [step.expect] : step.expect, wireOf(step.on));
    else if ('expectInOrder' in step) for (const pattern of step.expectInOrder) check(pattern, await nextFrame(wireOf(step.on)));
    else if ('expectNothing' in step) await expectNothing(wireOf(step.on));
    else if ('expectClosed' in step) await expectClosed(wireOf(step.on));
    else if ('expectHeartBeat' in step) {
      const hasBeaten = await wireOf(step.on).nextHeartBeat?.(run.timeoutMs);
      if (hasBeaten === false) throw new Error('no heart-beat came');
    } else await wireOf(step.drop).drop();
  }

  try {
    for (const [index, step] of frameCase.steps.entries()) {
      try {
        await play(step);
      } catch (cause) {
        const reason = cause instanceof Error ? cause.message : String(cause);
        throw new Error(`step ${index + 1} ${JSON.stringify(step).slice(0, 200)}: ${reason}`, { cause });
      }
    }
  } finally {
    for (const wire of wires.values()) await wire.drop();
  }
}

function bodyBytes(body: FrameBody): Uint8Array {
  if (typeof body === 'string') return Buffer.from(body);
  return 'base64' in body ? Buffer.from(body.base64, 'base64') : Buffer.from(body.repeat.repeat(body.times));
}

function show({ command, headers, body }: ReceivedFrame): string {
  return `${command} ${JSON.stringify(headers)} ${JSON.stringify(Buffer.from(body).toString('utf8', 0, 200))}`;
}
