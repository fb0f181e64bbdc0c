export type FoundKind = 'connector' | 'instance' | 'endpoint' | 'flow'

/** One hit of the palette. */
export type Found = {
  kind: FoundKind
  id: string
  name: string
  /** What tells it from its namesakes: the connector, the version. */ detail: string
  href: string
}
