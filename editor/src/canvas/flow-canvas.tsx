import '@xyflow/react/dist/base.css';
import { Background, BackgroundVariant, type EdgeTypes, type NodeTypes, ReactFlow, SelectionMode } from '@xyflow/react';
import { useCanvasTools } from './canvas-control-context.tsx';
import { CanvasDialogs } from './canvas-dialogs.tsx';
import { CanvasDropZone } from './canvas-drop-zone.tsx';
import { CanvasToolbar } from './canvas-toolbar.tsx';
import { ConnectHint } from './connect-hint.tsx';
import { EmptyCanvas } from './empty-canvas.tsx';
import styles from './flow-canvas.module.css';
import { useFlowState, useFlowStore } from './flow-context.tsx';
import { FlowNodeView } from './flow-node.tsx';
import { FlowWireView } from './flow-wire.tsx';
import { gridSize } from './node-geometry.ts';
import { useCanvasElements } from './use-canvas-elements.ts';
import { useCanvasKeys } from './use-canvas-keys.ts';
import { useCanvasPointer } from './use-canvas-pointer.ts';
import { useConnecting } from './use-connecting.ts';
import { useRevealInspected } from './use-reveal-inspected.ts';

const nodeTypes: NodeTypes = { 'flow-node': FlowNodeView };
const edgeTypes: EdgeTypes = { 'flow-wire': FlowWireView };
const snapGrid: [number, number] = [gridSize, gridSize];
/** What is too large to be read as a whole opens in its middle. */
const fitViewOptions = { padding: 0.12, maxZoom: 1, minZoom: 0.5 };
/** Middle and right button; the left one draws a lasso. */
const panButtons = [1, 2];
const multiKeys = ['Shift', 'Control', 'Meta'];
const zoomKeys = ['Control', 'Meta'];
const ariaLabels = {
  'node.a11yDescription.default': 'Enter opens the node in the inspector, arrows walk along the wires, C connects from here.',
  'node.a11yDescription.keyboardDisabled': 'Enter opens the node in the inspector, arrows walk along the wires, C connects from here.',
  'edge.a11yDescription.default': 'Space selects the wire, Delete removes it.',
};

/** The flow, drawn. */
export function FlowCanvas() {
  const store = useFlowStore();
  const isWriting = useFlowState(({ mode }) => mode === 'writing');
  const isEmpty = useFlowState(({ document }) => document.nodes.length === 0);
  const { surface } = useCanvasTools();
  const { nodes, wires, onNodesChange, onWiresChange } = useCanvasElements(store);
  const connecting = useConnecting();
  const pointer = useCanvasPointer();
  useCanvasKeys();
  useRevealInspected();

  return (
    <CanvasDropZone>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the canvas takes keys, as role application says. */}
      <div ref={surface} className={styles.surface} role="application" aria-label="Canvas" tabIndex={0} {...pointer.surface}>
        <ReactFlow
          nodes={nodes}
          edges={wires}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          onNodesChange={onNodesChange}
          onEdgesChange={onWiresChange}
          {...connecting}
          {...pointer.flow}
          nodesDraggable={isWriting}
          nodesConnectable={isWriting}
          edgesReconnectable={isWriting}
          connectOnClick
          connectionRadius={32}
          deleteKeyCode={null}
          selectionKeyCode={null}
          selectionOnDrag
          selectionMode={SelectionMode.Partial}
          multiSelectionKeyCode={multiKeys}
          panOnDrag={panButtons}
          panOnScroll
          zoomActivationKeyCode={zoomKeys}
          zoomOnDoubleClick={false}
          snapToGrid
          snapGrid={snapGrid}
          minZoom={0.05}
          maxZoom={2}
          fitView
          fitViewOptions={fitViewOptions}
          onlyRenderVisibleElements
          elevateNodesOnSelect={false}
          ariaLabelConfig={ariaLabels}
          attributionPosition="bottom-center"
        >
          <Background variant={BackgroundVariant.Dots} gap={gridSize} size={2} color="var(--wb-dots)" />
          <CanvasToolbar />
          <ConnectHint />
        </ReactFlow>
        {isEmpty ? <EmptyCanvas /> : null}
      </div>
      <CanvasDialogs />
    </CanvasDropZone>
  );
}
