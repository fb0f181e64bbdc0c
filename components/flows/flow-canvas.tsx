'use client'

import '@xyflow/react/dist/style.css'
import {
  Background,
  Controls,
  Handle,
  Position,
  ReactFlow,
  useNodesState,
  type Edge,
  type Node,
  type NodeProps,
  type OnNodeDrag,
} from '@xyflow/react'
import { useEffect, type CSSProperties } from 'react'
import { ShapeCard } from '@/components/flows/shape-card'
import type { ShapeNode } from '@/lib/flows/views'

type CanvasNode = Node<{ shape: ShapeNode }, 'connection'>

const nodeTypes = {
  connection: ({ data, selected }: NodeProps<CanvasNode>) => (
    <>
      <Handle type="target" position={Position.Top} isConnectable={false} className="invisible" />
      <ShapeCard shape={data.shape} selected={selected} />
      <Handle type="source" position={Position.Bottom} isConnectable={false} className="invisible" />
    </>
  ),
}

// The app's own colours follow the chosen appearance; the library's colour mode only follows the system.
const colours = {
  '--xy-background-color': 'var(--color-background)',
  '--xy-background-pattern-color': 'var(--color-line-strong)',
  '--xy-edge-stroke': 'var(--color-line-strong)',
  '--xy-controls-button-background-color': 'var(--color-raised)',
  '--xy-controls-button-background-color-hover': 'var(--color-hover)',
  '--xy-controls-button-color': 'var(--color-foreground)',
  '--xy-controls-button-color-hover': 'var(--color-foreground)',
  '--xy-controls-button-border-color': 'var(--color-line)',
  '--xy-controls-box-shadow': 'var(--shadow-float)',
} as CSSProperties

type FlowCanvasProps = {
  shapes: ShapeNode[]
  selectedId: string | null
  onSelect: (shapeId: string) => void
  /** Missing if the person may not change flows. */
  onMove?: (shapeId: string, x: number, y: number) => void
}

function nodesOf(shapes: ShapeNode[], selectedId: string | null): CanvasNode[] {
  return shapes.map((shape) => ({
    id: shape.id,
    type: 'connection',
    position: { x: shape.x, y: shape.y },
    data: { shape },
    selected: shape.id === selectedId,
    ariaRole: 'button',
  }))
}

/** From each shape to the one that follows it. */
function edgesOf(shapes: ShapeNode[]): Edge[] {
  return shapes.flatMap(({ id, parentId }) =>
    parentId === null
      ? []
      : [{ id: `${parentId} ${id}`, source: parentId, target: id, type: 'smoothstep', focusable: false }],
  )
}

/** The shapes of a flow, to select (click, or Tab and Enter) and to move (drag, or arrow keys). */
export function FlowCanvas({ shapes, selectedId, onSelect, onMove }: FlowCanvasProps) {
  const [nodes, setNodes, onNodesChange] = useNodesState<CanvasNode>(nodesOf(shapes, selectedId))
  useEffect(() => setNodes(nodesOf(shapes, selectedId)), [setNodes, shapes, selectedId])
  const moved: OnNodeDrag<CanvasNode> = (_event, node) => onMove?.(node.id, node.position.x, node.position.y)
  return (
    <ReactFlow
      aria-label="Flow canvas"
      nodes={nodes}
      edges={edgesOf(shapes)}
      nodeTypes={nodeTypes}
      onNodesChange={(changes) => {
        onNodesChange(changes)
        const chosen = changes.find((change) => change.type === 'select' && change.selected)
        if (chosen?.type === 'select' && chosen.id !== selectedId) onSelect(chosen.id)
      }}
      onNodeDragStop={moved}
      nodesDraggable={onMove !== undefined}
      nodesConnectable={false}
      deleteKeyCode={null}
      fitView
      fitViewOptions={{ maxZoom: 1, padding: 0.2 }}
      minZoom={0.3}
      style={colours}
      proOptions={{ hideAttribution: true }}
    >
      <Background />
      <Controls showInteractive={false} />
    </ReactFlow>
  )
}
