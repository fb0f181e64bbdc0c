/** Which authentication methods an endpoint accepts (rules R2 and R3); which endpoints an instance is offered (rule R1) is asked of the database. */

export type EnablementPair = { endpointId: string; methodId: string }
export type StagedToggle = EnablementPair & { enabled: boolean }

function keyOf({ endpointId, methodId }: EnablementPair): string {
  return `${endpointId} ${methodId}`
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
