import type { StompBroker } from '../broker/stomp-broker.ts';
import type { CertificateKind } from '../certificates/certificate-kind.ts';
import type { RestFault } from './rest-fault.ts';

/** Every fault of the simulator, for tests in its own process. */
export interface SimulatorFaults {
  addRestFault(fault: RestFault): void;
  /** Ends all e-mail sessions; the next request with one is answered 401. */
  expireSessions(): void;
  /** Ends the REST connections and turns new ones away before TLS for this time. */
  refuseRestConnections(durationMs: number): void;
  /** Shows this certificate to new REST connections and ends the open ones. */
  useRestCertificate(kind: CertificateKind): Promise<void>;
  /** Shows this certificate to new STOMP connections and ends the open ones. */
  useStompCertificate(kind: CertificateKind): Promise<void>;
  /** The embedded broker with its own switches; null with a real one. */
  readonly broker: Pick<StompBroker, 'faults' | 'kill' | 'start'> | null;
  /** Ends all faults and shows the valid certificates again. */
  clear(): Promise<void>;
}
