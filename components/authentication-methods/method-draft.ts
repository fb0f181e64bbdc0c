import { parameterInput, parameterRow, type ParameterRow } from '@/components/parameters/parameter-row'
import type { MethodFields } from '@/lib/authentication-methods/fields'
import { methodDefaults } from '@/lib/authentication-methods/method-defaults'
import type { MethodDetail } from '@/lib/authentication-methods/views'
import type { SaveMethod } from '@/lib/authentication-methods/schema'
import { responseVariables } from '@/lib/domain/method-options/response-variables'
import type { SuccessRule, VariableDefinition } from '@/lib/domain/definitions'
import type { MethodDefinition } from '@/lib/domain/method-options/method-definition'
import { optionsOfGroups } from '@/lib/domain/method-options/options'
import type { TypeDescription } from '@/lib/domain/authentication/describe-type'
import { sortedKeys } from '@/lib/domain/same-json'
import type { HttpMethod, PhaseKind } from '@/lib/domain/vocabulary'

/** *Authentication setup* while it is edited: one draft over all tabs, saved as one (rules R8 and R12). */

export type PhaseDraft = SaveMethod['phases'][number]

export type MethodDraft = Omit<MethodFields, 'timeoutSeconds'> & {
  timeoutSeconds: string
  phases: PhaseDraft[]
  parameters: ParameterRow[]
}

export function emptyPhase(kind: PhaseKind, step = 0): PhaseDraft {
  const unsaid = {
    httpMethod: null,
    url: null,
    bodyFormat: null,
    body: null,
    clientAuthentication: null,
    successRule: null,
    extract: null,
  }
  return { kind, step, ...unsaid }
}

export function methodDraft(method: MethodDetail, type: TypeDescription): MethodDraft {
  return {
    name: method.name,
    documentationUrl: method.documentationUrl,
    timeoutSeconds: String(method.timeoutSeconds),
    options: optionsOfGroups(type.optionGroups, method.options),
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

export function phaseOf(draft: MethodDraft, kind: PhaseKind, step = 0): PhaseDraft {
  return draft.phases.find((phase) => phase.kind === kind && phase.step === step) ?? emptyPhase(kind, step)
}

/**
 * The draft with one phase changed; a phase that has become empty is still sent, so that the server deletes its
 * settings.
 */
export function withPhase(draft: MethodDraft, kind: PhaseKind, step: number, change: Partial<PhaseDraft>): MethodDraft {
  const changed = { ...phaseOf(draft, kind, step), ...change }
  const others = draft.phases.filter((phase) => phase.kind !== kind || phase.step !== step)
  return { ...draft, phases: [...others, changed] }
}

/** The draft as the action takes it. */
export function methodInput(method: Pick<MethodDetail, 'id' | 'revision'>, draft: MethodDraft) {
  return {
    methodId: method.id,
    revision: method.revision,
    ...draft,
    phases: draft.phases.map(tidied),
    parameters: draft.parameters.map(parameterInput),
  }
}

/** Removes empty settings: they are inherited or not sent. */
export function tidied(phase: PhaseDraft): PhaseDraft {
  const { url, body, successRule, extract } = phase
  const says = (rule: NonNullable<PhaseDraft['successRule']>) => Object.values(rule).some((part) => part.length > 0)
  return {
    ...phase,
    url: url === '' ? null : url,
    body: body === '' ? null : body,
    httpMethod: defaultedMethod(phase),
    successRule: successRule !== null && says(successRule) ? successRule : null,
    extract: extract !== null && extract.length > 0 ? extract : null,
  }
}

/** If no method is chosen, a test request is a GET. */
function defaultedMethod({ httpMethod, kind, url }: PhaseDraft): HttpMethod | null {
  return httpMethod ?? (kind === 'verify' && url ? 'GET' : null)
}

/** Equal drafts have the same signature, whatever the order of keys and phases and the ids of new rows. */
export function signatureOf(draft: MethodDraft): string {
  return JSON.stringify({
    ...draft,
    phases: draft.phases
      .map(tidied)
      .filter(({ kind: _kind, step, ...said }) => step > 0 || Object.values(said).some((part) => part !== null))
      .map((phase) => sortedKeys(phase))
      .sort((one, other) => JSON.stringify(one).localeCompare(JSON.stringify(other))),
    parameters: draft.parameters.map(({ id: _id, rowKey: _rowKey, ...parameter }) => parameter),
    options: sortedKeys(draft.options),
  })
}

/**
 * The draft with which the page begins.
 * @param testUrl filled in as the test request: a person has just tried it at an endpoint
 */
export function firstDraft(stored: MethodDraft, testUrl: string | null): MethodDraft {
  return testUrl ? withPhase(stored, 'verify', 0, { httpMethod: 'GET', url: testUrl }) : stored
}

/** The draft in the form of a saved method, for the preview of its requests. */
export function definitionOf(
  { id, type, revision }: MethodDetail,
  { defaultOptions }: TypeDescription,
  draft: MethodDraft,
  known: readonly VariableDefinition[],
): MethodDefinition {
  const kept = responseVariables(draft).map((variable) => ({
    ...variable,
    id: variable.key,
    level: 'method' as const,
  }))
  return {
    ...{ id, key: id, type, revision, variables: [...known, ...kept] },
    name: draft.name,
    timeoutSeconds: Number(draft.timeoutSeconds) || methodDefaults.timeoutSeconds,
    options: { ...defaultOptions, ...draft.options },
    parameters: draft.parameters.map(({ rowKey, id: saved, ...parameter }) => ({ ...parameter, id: saved ?? rowKey })),
    phases: draft.phases.map(tidied),
  }
}
