/** What goes wrong on purpose; counts run down by one each time, the others hold until they are changed. */
export interface BrokerFaults {
  /** Ends all connections without a word. */
  cutConnections(): void;
  refuseConnections(durationMs: number): void;
  /** Holds each outgoing frame back, in order. 0 ends it. */
  delayFrames(delayMs: number): void;
  /** The next messages are delivered a second time while the first delivery is open, to another consumer if there is one. */
  duplicateDeliveries(count: number): void;
  /** The next MESSAGE frames carry bytes that are neither UTF-8 nor JSON; a redelivery is intact. */
  garbleBodies(count: number): void;
  /** Instead of the next MESSAGE frames come bytes that are no frame. */
  garbleFrames(count: number): void;
  /** The next RECEIPT frames are not sent, though what they would confirm has been done. */
  swallowReceipts(count: number): void;
  pauseDelivery(): void;
  resumeDelivery(): void;
  /** Ends every fault but the certificate; what was cut stays cut. */
  clear(): void;
}

/** The faults as the parts of the broker read them. */
export interface FaultState {
  delayMs: number;
  refusedUntilMs: number;
  isPaused: boolean;
  duplicates: number;
  garbledBodies: number;
  garbledFrames: number;
  swallowedReceipts: number;
}

type CountedFault = 'duplicates' | 'garbledBodies' | 'garbledFrames' | 'swallowedReceipts';

export function createFaultState(): FaultState {
  return { delayMs: 0, refusedUntilMs: 0, isPaused: false, duplicates: 0, garbledBodies: 0, garbledFrames: 0, swallowedReceipts: 0 };
}

/** @returns true when the fault strikes now; counts it. */
export function takeFault(state: FaultState, fault: CountedFault): boolean {
  if (state[fault] <= 0) return false;
  state[fault] -= 1;
  return true;
}

/** Bytes for a garbled body: not UTF-8, not JSON, a NUL inside. */
export const garbledBody: Uint8Array = Uint8Array.of(0xff, 0xfe, 0x00, 0x7b, 0x22, 0xc3, 0x28, 0x80, 0x5d);

/** Bytes that no STOMP client can read as a frame; the NUL ends what it takes them for. */
export const garbledFrame: Uint8Array = Uint8Array.of(0xf0, 0x9f, 0x01, 0x0a, 0x99, 0x3a, 0x3a, 0xff, 0x0a, 0x0a, 0xee, 0x00);

export interface BrokerFaultsOptions {
  readonly state: FaultState;
  readonly now: () => number;
  readonly onCut: () => void;
  /** Delivery goes on after a pause. */
  readonly onResume: () => void;
}

export function createBrokerFaults({ state, now, onCut, onResume }: BrokerFaultsOptions): BrokerFaults {
  function resumeDelivery(): void {
    state.isPaused = false;
    onResume();
  }
  return {
    cutConnections: onCut,
    refuseConnections(durationMs) {
      state.refusedUntilMs = now() + durationMs;
    },
    delayFrames(delayMs) {
      state.delayMs = delayMs;
    },
    duplicateDeliveries(count) {
      state.duplicates = count;
    },
    garbleBodies(count) {
      state.garbledBodies = count;
    },
    garbleFrames(count) {
      state.garbledFrames = count;
    },
    swallowReceipts(count) {
      state.swallowedReceipts = count;
    },
    pauseDelivery() {
      state.isPaused = true;
    },
    resumeDelivery,
    clear() {
      Object.assign(state, createFaultState());
      resumeDelivery();
    },
  };
}
