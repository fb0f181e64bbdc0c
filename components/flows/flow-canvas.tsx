'use client'

import '@xyflow/react/dist/style.css'
import { Background, Controls, ReactFlow, useNodesState, type Node, type NodeProps, type OnNodeDrag } from '@xyflow/react'
import { useEffect } from 'react'
import { ShapeCard } from '@/components/flows/shape-card'
import type { ShapeNode } from '@/lib/flows/views'

type CanvasNode = Node<{ shape: ShapeNode }, 'connection'>

const nodeTypes = { connection: ({ data, selected }: NodeProps<CanvasNode>) => <ShapeCard shape={data.shape} selected={selected} /> }

type FlowCanvasProps = {
  shapes: ShapeNode[]
  selectedId: string | null
  onSelect: (shapeId: string) => void
  /** Absent where the person may not change flows. */
  onMove?: (shapeId: string, x: number, y: number) => void
}

function nodesOf(shapes: ShapeNode[], selectedId: string | null): CanvasNode[] {
  return shapes.map((shape) => ({
    id: shape.id,
    type: 'connection',
    position: { x: shape.x, y: shape.y },
    data: { shape },
    selected: shape.id === selectedId,
    ariaLabel: `Connection shape ${shape.name}`,
    ariaRole: 'button',
  }))
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
      edges={[]}
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
      colorMode="system"
      proOptions={{ hideAttribution: true }}
    >
      <Background />
      <Controls showInteractive={false} />
    </ReactFlow>
  )
}
