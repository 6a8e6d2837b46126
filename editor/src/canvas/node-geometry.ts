import { type FlowNode, type FlowPoint, listOutputs } from '@wirebook/flow';
import type { NodeDescriptor } from '@wirebook/node-kit';

/** In canvas units, so that no node has to be measured. */
export const nodeWidth = 188;
export const faceHeight = 56;
export const gridSize = 20;
export const portSize = 10;

/** Where a wire may begin or end. */
export interface NodePort {
  readonly id: string;
  /** What travels here, in a few words. */
  readonly label: string;
  readonly side: 'left' | 'right' | 'bottom';
  /** Middle of the port, seen from the left upper corner of the node. */
  readonly x: number;
  readonly y: number;
  /** A wire names the port, but the node does not have it. */
  readonly isMissing: boolean;
}

export interface NodeShape {
  readonly height: number;
  readonly inputs: readonly NodePort[];
  readonly outputs: readonly NodePort[];
}

/** Ports that wires of the flow name at a node. */
export interface WiredPorts {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

const errorPort = 'error';
/** More outputs than fit at this distance make the node higher. */
const leastPortDistance = 14;
const errorInset = 20;

/** Ports and height of a node. Without a descriptor, its type is not installed: it has the ports that wires name. */
export function shapeNode(node: FlowNode, descriptor: NodeDescriptor | undefined, wired: WiredPorts): NodeShape {
  const knownInputs = descriptor === undefined ? [] : Object.keys(descriptor.inputs);
  const knownOutputs = descriptor === undefined ? [] : listOutputs(node, descriptor).filter((port) => port !== errorPort);
  const inputs = [...new Set([...knownInputs, ...wired.inputs])];
  const outputs = [...new Set([...knownOutputs, ...wired.outputs.filter((port) => port !== errorPort)])];
  const height = Math.max(faceHeight, leastPortDistance * (Math.max(inputs.length, outputs.length) + 1));
  const isKnown = descriptor !== undefined;
  return {
    height,
    inputs: inputs.map((id, index) => ({
      id,
      label: descriptor?.inputs[id]?.label ?? id,
      side: 'left',
      x: 0,
      y: spread(height, inputs.length, index),
      isMissing: isKnown && !knownInputs.includes(id),
    })),
    outputs: [
      ...outputs.map((id, index) => ({
        id,
        label: descriptor?.outputs[id]?.label ?? id,
        side: 'right' as const,
        x: nodeWidth,
        y: spread(height, outputs.length, index),
        isMissing: isKnown && !knownOutputs.includes(id),
      })),
      { id: errorPort, label: 'error of this node', side: 'bottom', x: nodeWidth - errorInset, y: height, isMissing: false },
    ],
  };
}

function spread(height: number, count: number, index: number): number {
  return (height * (index + 1)) / (count + 1);
}

/** The nearest point of the grid. */
export function snap([x, y]: FlowPoint): FlowPoint {
  return [Math.round(x / gridSize) * gridSize, Math.round(y / gridSize) * gridSize];
}
