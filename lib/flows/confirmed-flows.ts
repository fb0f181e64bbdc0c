import type { ConfirmedFlow, ReplacementEffect, ReplacementPreview } from './replacement-views'

/** Apart from the schemas, because the page that confirms a replacement needs none of them. */

/** Effects that take something from a shape. */
export const losses = ['loses_endpoint', 'loses_secrets'] as const

export function losesSomething(effect: ReplacementEffect): effect is (typeof losses)[number] {
  return losses.some((loss) => loss === effect)
}

/** What a person confirms who has seen this preview. */
export function confirmedFlows({ flows }: Pick<ReplacementPreview, 'flows'>): ConfirmedFlow[] {
  return flows.map(({ id, revision, shapes }) => ({
    flowId: id,
    revision,
    losing: shapes.flatMap((shape) =>
      losesSomething(shape.effect) ? { shapeId: shape.id, effect: shape.effect } : [],
    ),
  }))
}
