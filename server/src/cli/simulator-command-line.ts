/** The options of `wirebook simulator` as they are written. */
export interface SimulatorCommandLine {
  readonly restPort: number;
  readonly stompPort: number;
  readonly controlPort: number;
  readonly data?: string;
  readonly broker?: string;
  readonly brokerCa?: string;
  readonly seed?: string;
  readonly json?: boolean;
}
