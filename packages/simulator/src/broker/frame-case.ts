/** Connections of a case; each is opened by a `connect` or `open` step. */
export type FrameConnection = 'one' | 'two' | 'three';

/** Text, or a text many times over for bodies too long to write down, or bytes. */
export type FrameBody = string | { readonly repeat: string; readonly times: number } | { readonly base64: string };

export interface FrameScript {
  readonly command: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: FrameBody;
}

export interface FramePattern {
  readonly command: string;
  /** Exactly these values; other headers may be there. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly contains?: Readonly<Record<string, string>>;
  /** Headers that are there, with any value but this one; an empty text stands for any value at all. */
  readonly differs?: Readonly<Record<string, string>>;
  readonly absent?: readonly string[];
  readonly body?: FrameBody;
  /** Header name -> name under which its value is kept for later steps, as `<name>`. */
  readonly save?: Readonly<Record<string, string>>;
}

/** What credentials a connection logs in with. */
export type FrameLogin = 'member' | 'stranger' | 'wrong passcode';

export type FrameStep =
  /** Logs in; `refused` is the ERROR frame that comes instead of CONNECTED. */
  | {
      readonly connect: FrameConnection;
      readonly login?: FrameLogin;
      readonly headers?: Readonly<Record<string, string>>;
      readonly connected?: Omit<FramePattern, 'command'>;
      readonly refused?: Omit<FramePattern, 'command'>;
    }
  /** Opens a socket and sends nothing. */
  | { readonly open: FrameConnection }
  | { readonly send: FrameScript | readonly FrameScript[]; readonly on?: FrameConnection }
  /** Sends bytes as they stand (UTF-8), cut into pieces of this size; `<login>` and `<passcode>` are the member's. */
  | { readonly sendText: string; readonly pieceBytes?: number; readonly on?: FrameConnection }
  /** These frames come next, in any order when there are several. */
  | { readonly expect: FramePattern | readonly FramePattern[]; readonly on?: FrameConnection }
  /** These frames come next, in this order. */
  | { readonly expectInOrder: readonly FramePattern[]; readonly on?: FrameConnection }
  | { readonly expectNothing: true; readonly on?: FrameConnection }
  /** The broker ends the connection; frames that come before are passed over. */
  | { readonly expectClosed: true; readonly on?: FrameConnection }
  /** A line feed comes while no frame does. */
  | { readonly expectHeartBeat: true; readonly on?: FrameConnection }
  /** The network goes; the broker has noticed when the next step starts. */
  | { readonly drop: FrameConnection };

/**
 * One conversation with a broker that follows ActiveMQ's reading of STOMP 1.2 and 1.1. Plain data, so that it can be written
 * to JSON and played by a client in any language.
 *
 * `<queue>` is a queue name that no other case and no other run uses; a member may read and write it, every name that
 * starts with it, and `DLQ.` before such a name; a stranger may read and write only names that start with `<foreign>`.
 */
export interface FrameCase {
  readonly title: string;
  /** `frames` can be played through any STOMP 1.2 library, `bytes` needs a socket. */
  readonly level: 'frames' | 'bytes';
  readonly steps: readonly FrameStep[];
}
