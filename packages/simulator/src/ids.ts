import { createHash } from 'node:crypto';

/** Where the simulator's uuids, secrets and tokens come from. */
export interface Ids {
  /** A UUID, version 4 in form. */
  uuid(): string;
  /** 32 hexadecimal characters. */
  token(): string;
}

/** Ids that are the same on every start with the same seed, for tests that compare whole answers. */
export function createSeededIds(seed: string): Ids {
  let drawCount = 0;
  function draw(): string {
    drawCount += 1;
    return createHash('sha256').update(`${seed}\n${drawCount}`).digest('hex').slice(0, 32);
  }
  return {
    token: draw,
    uuid() {
      const hex = draw();
      return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
    },
  };
}
