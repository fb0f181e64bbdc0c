import { parameterInput, parameterRow, type ParameterRow } from '@/components/parameters/parameter-row'
import type { MethodDetail } from '@/lib/authentication-methods/views'
import type { SaveMethod } from '@/lib/authentication-methods/schema'
import type { SuccessRule } from '@/lib/domain/definitions'
import { optionsOfGroups } from '@/lib/domain/authentication/options'
import { authenticationTypeDefinitions } from '@/lib/domain/authentication/registry'
import type { HttpMethod, PhaseKind } from '@/lib/domain/vocabulary'

/** *Authentication setup* while it is edited: one draft over all tabs, saved as one (rules R8 and R12). */

export type PhaseDraft = SaveMethod['phases'][number]

export type MethodDraft = {
  name: string
  timeoutSeconds: string
  documentationUrl: string
  options: Record<string, unknown>
  phases: PhaseDraft[]
  parameters: ParameterRow[]
}

const emptyPhase = (kind: PhaseKind): PhaseDraft => ({
  ...{ kind, step: 0, httpMethod: null, url: null, bodyFormat: null, body: null, clientAuthentication: null, successRule: null, extract: null },
})

export function methodDraft(method: MethodDetail): MethodDraft {
  const type = authenticationTypeDefinitions[method.type]
  return {
    name: method.name,
    timeoutSeconds: String(method.timeoutSeconds),
    documentationUrl: method.documentationUrl,
    options: { ...optionsOfGroups(type.optionGroups, type.defaultOptions), ...(method.options as object) },
    phases: method.phases.map(({ clientAuthentication, successRule, ...phase }) => ({
      ...phase,
      clientAuthentication: clientAuthentication as PhaseDraft['clientAuthentication'],
      successRule: successRule === null ? null : completeRule(successRule),
    })),
    parameters: method.parameters.map(parameterRow),
  }
}

export function completeRule(rule: SuccessRule): NonNullable<PhaseDraft['successRule']> {
  const { statuses = [], jsonPath = '', rejectedStatuses = [], rejectedPath = '', rejectedValue = '' } = rule
  return { statuses, jsonPath, rejectedStatuses, rejectedPath, rejectedValue }
}

export function phaseOf(draft: MethodDraft, kind: PhaseKind): PhaseDraft {
  return draft.phases.find((phase) => phase.kind === kind) ?? emptyPhase(kind)
}

/** The draft with one phase changed; a phase that says nothing any more is still sent, so that it can be emptied. */
export function withPhase(draft: MethodDraft, kind: PhaseKind, change: Partial<PhaseDraft>): MethodDraft {
  const changed = { ...phaseOf(draft, kind), ...change }
  return { ...draft, phases: [...draft.phases.filter((phase) => phase.kind !== kind), changed] }
}

/** The draft as the action takes it. */
export function methodInput(method: Pick<MethodDetail, 'id' | 'revision'>, draft: MethodDraft) {
  return {
    methodId: method.id,
    revision: method.revision,
    name: draft.name,
    timeoutSeconds: draft.timeoutSeconds,
    documentationUrl: draft.documentationUrl,
    options: draft.options,
    phases: draft.phases.map((phase) => ({ ...phase, url: phase.url === '' ? null : phase.url, httpMethod: defaultedMethod(phase) })),
    parameters: draft.parameters.map(parameterInput),
  }
}

/** A test request without a chosen method is a GET. */
function defaultedMethod(phase: PhaseDraft): HttpMethod | null {
  return phase.httpMethod ?? (phase.kind === 'verify' && phase.url ? 'GET' : null)
}

/** Two drafts that say the same have the same signature, whatever the order of keys and phases and the ids of new rows. */
export function signatureOf(draft: MethodDraft): string {
  return JSON.stringify({
    ...draft,
    phases: draft.phases
      .map((phase) => ({ ...phase, url: phase.url ?? '', httpMethod: defaultedMethod(phase) }))
      .filter((phase) => phase.url !== '' || phase.successRule !== null)
      .sort((one, other) => one.kind.localeCompare(other.kind)),
    parameters: draft.parameters.map(({ id: _id, rowKey: _rowKey, ...parameter }) => parameter),
    options: sorted(draft.options),
  })
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => one.localeCompare(other)).map(([key, inner]) => [key, sorted(inner)]))
}
