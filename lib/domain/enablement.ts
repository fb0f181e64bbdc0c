/** Which authentication methods an endpoint accepts (rules R1 to R3). */

export type EnablementPair = { endpointId: string; methodId: string }
export type StagedToggle = EnablementPair & { enabled: boolean }

function keyOf({ endpointId, methodId }: EnablementPair): string {
  return `${endpointId} ${methodId}`
}

/** Rule R1: an endpoint is offered for an instance exactly when the instance's method is enabled on it. */
export function acceptsMethod(enabledMethodIds: Iterable<string>, methodId: string): boolean {
  for (const enabled of enabledMethodIds) if (enabled === methodId) return true
  return false
}

export type EnablementPlan = {
  additions: EnablementPair[]
  /** Flows that use these have to be shown before they are applied (rule R3). */
  removals: EnablementPair[]
  /** Toggles that already stand as wanted: somebody else was quicker, or it was switched to and fro. */
  unchanged: number
}

/** What staged toggles of the matrix change (rule R2). Of several for one cell the last one counts. */
export function planEnablementChanges(current: Iterable<EnablementPair>, staged: readonly StagedToggle[]): EnablementPlan {
  const enabled = new Set(Array.from(current, keyOf))
  const wanted = new Map(staged.map((toggle) => [keyOf(toggle), toggle]))
  const plan: EnablementPlan = { additions: [], removals: [], unchanged: 0 }
  for (const [key, { endpointId, methodId, enabled: on }] of wanted) {
    if (enabled.has(key) === on) plan.unchanged += 1
    else (on ? plan.additions : plan.removals).push({ endpointId, methodId })
  }
  return plan
}
