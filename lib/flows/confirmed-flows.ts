import type { ConfirmedFlow, ReplacementEffect, ReplacementPreview } from './replacement-views'

/** Separate from the schemas, so that the page that confirms a replacement does not load them. */

/** Effects by which a shape loses something. */
export const losses = ['loses_endpoint', 'loses_secrets'] as const

export function losesSomething(effect: ReplacementEffect): effect is (typeof losses)[number] {
  return losses.some((loss) => loss === effect)
}

/** The confirmation of a person who has seen this preview. */
export function confirmedFlows({ flows }: Pick<ReplacementPreview, 'flows'>): ConfirmedFlow[] {
  return flows.map(({ id, revision, shapes }) => ({
    flowId: id,
    revision,
    losing: shapes.flatMap((shape) =>
      losesSomething(shape.effect) ? { shapeId: shape.id, effect: shape.effect } : [],
    ),
  }))
}
