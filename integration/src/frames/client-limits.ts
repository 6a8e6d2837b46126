import { type FrameCase, frameCases } from '@wirebook/simulator';

export type FrameClient = 'raw socket' | 'stompjs' | 'python3-stomp';

/** A frame case that a client cannot play, by its title. */
export interface ClientLimit {
  readonly title: string;
  readonly reason: string;
}

const wholeFrames = 'a library writes whole frames itself';
const otherVersion = 'the libraries are told to speak 1.2';

/** Both libraries write every frame themselves, so how bytes stand on the wire is not theirs to try. */
const libraryLimits: readonly ClientLimit[] = [
  { title: 'frames that arrive byte by byte are read as if they had come whole', reason: wholeFrames },
  { title: 'several frames in one piece, with line feeds between them, are all read', reason: wholeFrames },
  { title: 'lines may end with carriage return and line feed', reason: wholeFrames },
  { title: 'of a repeated header the first counts', reason: 'headers of a library are an object, in which a name stands once' },
  { title: 'blanks around a header value belong to it, and escapes hold in header names too', reason: 'a library does not escape names' },
  { title: 'STOMP is CONNECT by another name', reason: 'a library always logs in with the one command that it knows' },
  { title: 'a version that nobody speaks is refused and the connection ends', reason: 'a library asks for versions that it speaks' },
  { title: 'a heart-beat header that is none is refused and the connection ends', reason: 'heart-beats of a library are numbers' },
  { title: 'a login without credentials is refused and the connection ends', reason: wholeFrames },
  { title: 'nothing is done before CONNECT', reason: 'a library sends nothing before CONNECTED' },
  { title: 'a second CONNECT is refused', reason: 'a library logs in once' },
  { title: 'an unknown command is refused by name and the connection ends', reason: 'a library has a function a command' },
  { title: 'headers that a frame must have are asked for and the connection stays', reason: 'a library asks for them itself' },
  { title: 'a content-length that is no number is refused and the connection ends', reason: 'a library counts the bytes itself' },
  { title: 'a body longer than its content-length is refused and the connection ends', reason: 'a library counts the bytes itself' },
  { title: 'a content-length beyond the limit is refused before the body has come, and the connection ends', reason: wholeFrames },
  { title: 'a header line beyond the limit is refused and the connection ends', reason: wholeFrames },
  {
    title: 'the broker beats when the client asks for it, and ends a connection whose client does not beat as promised',
    reason: 'a library beats as it promised',
  },
  { title: 'of the versions that a client offers the newest is taken', reason: otherVersion },
  { title: 'STOMP 1.1 delivers without ack ids, and settles by message-id and subscription', reason: otherVersion },
  { title: 'STOMP 1.1 wants message-id and subscription of an ACK and of a NACK', reason: otherVersion },
  { title: 'STOMP 1.1 settles in transactions: committed for good, aborted not at all', reason: otherVersion },
  { title: 'an empty transaction that is aborted touches neither what is in hand nor what was settled', reason: otherVersion },
  { title: 'STOMP 1.1 escapes line feeds, colons and backslashes in header values', reason: otherVersion },
  { title: 'after UNSUBSCRIBE STOMP 1.1 refuses a late ACK', reason: otherVersion },
];

/** What each client leaves out of the table, and why; everything else it plays. */
export const clientLimits: Readonly<Record<FrameClient, readonly ClientLimit[]>> = {
  'raw socket': [],
  stompjs: libraryLimits,
  'python3-stomp': libraryLimits,
};

/** The cases that this client plays. */
export function casesFor(client: FrameClient): readonly FrameCase[] {
  const left = new Set(clientLimits[client].map(({ title }) => title));
  return frameCases.filter(({ title }) => !left.has(title));
}
