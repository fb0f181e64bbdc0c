import {
  completeRule,
  phaseOf,
  withPhase,
  type MethodDraft,
  type PhaseDraft,
} from '@/components/authentication-methods/method-draft'
import { phaseKinds, type PhaseKind } from '@/lib/domain/vocabulary'

/**
 * A field of the draft by the name that the server's refusals use too: `options.jwt.algorithm`, `phases.exchange.url`,
 * `phases.exchange.1.successRule.statuses`. One home for each fact: a field knows its name, and nothing else.
 */

type Json = Record<string, unknown>

export function readPath(draft: MethodDraft, name: string): unknown {
  const place = placeOf(name)
  if (place.phase) return readIn(phaseForPath(draft, place.phase, place.path), place.path)
  return readIn(draft.options, place.path)
}

export function writePath(draft: MethodDraft, name: string, value: unknown): MethodDraft {
  const place = placeOf(name)
  if (!place.phase) return { ...draft, options: writeIn(draft.options, place.path, value) as MethodDraft['options'] }
  const { kind, step } = place.phase
  return withPhase(
    draft,
    kind,
    step,
    writeIn(phaseForPath(draft, place.phase, place.path), place.path, value) as Partial<PhaseDraft>,
  )
}

type Place = { phase: { kind: PhaseKind; step: number } | null; path: string[] }

function placeOf(name: string): Place {
  const [root = '', kind = '', ...rest] = name.split('.')
  if (root !== 'phases' || !Object.hasOwn(phaseKinds, kind)) return { phase: null, path: name.split('.').slice(1) }
  const numbered = /^\d+$/.test(rest[0] ?? '')
  return {
    phase: { kind: kind as PhaseKind, step: numbered ? Number(rest[0]) : 0 },
    path: numbered ? rest.slice(1) : rest,
  }
}

/** Within a rule that nobody has written yet, every part is empty. */
function phaseForPath(
  draft: MethodDraft,
  { kind, step }: { kind: PhaseKind; step: number },
  path: string[],
): PhaseDraft {
  const phase = phaseOf(draft, kind, step)
  return path[0] === 'successRule' && path.length > 1
    ? { ...phase, successRule: completeRule(phase.successRule ?? {}) }
    : phase
}

function readIn(value: unknown, path: readonly string[]): unknown {
  return path.reduce(
    (inner, key) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key) ? (inner as Json)[key] : undefined,
    value,
  )
}

function writeIn(value: unknown, [key, ...rest]: readonly string[], written: unknown): unknown {
  if (key === undefined) return written
  const object = (typeof value === 'object' && value !== null ? value : {}) as Json
  return { ...object, [key]: writeIn(object[key], rest, written) }
}

/** What the server said about a field, or about a part of it (a row of a table). */
export function errorAt(errors: Record<string, string>, name: string): string | undefined {
  return errors[name] ?? Object.entries(errors).find(([field]) => field.startsWith(`${name}.`))?.[1]
}
