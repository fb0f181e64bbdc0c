import type { HttpMethod, InstanceStatus } from '@/lib/domain/vocabulary'

export type FlowSummary = {
  id: string
  name: string
  description: string
  shapes: number
  shapesNeedingAttention: number
  updatedAt: string
}

/** Why a shape cannot run as it is; `ready` when it can. */
export type ShapeState = 'ready' | 'incomplete' | 'endpoint_not_available' | 'instance_not_usable'

/** A connection shape on the canvas. */
export type ShapeNode = {
  id: string
  name: string
  x: number
  y: number
  state: ShapeState
  instance: { id: string; name: string; status: InstanceStatus } | null
  endpoint: { id: string; name: string; httpMethod: HttpMethod } | null
}

export type FlowDetail = {
  id: string
  name: string
  description: string
  /** Of the draft: what is edited. */
  revision: number
  updatedAt: string
  shapes: ShapeNode[]
}
