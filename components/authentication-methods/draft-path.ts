import {
  completeRule,
  phaseOf,
  withPhase,
  type MethodDraft,
  type PhaseDraft,
} from '@/components/authentication-methods/method-draft'
import { phaseKinds, type PhaseKind } from '@/lib/domain/vocabulary'

/**
 * Reads and writes a field of the draft by its name: `options.jwt.algorithm`, `phases.exchange.url`,
 * `phases.exchange.1.successRule.statuses`. The server uses the same names in its errors, so the component of a field
 * only needs its name.
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

/** If the phase has no success rule yet, every part of it is empty. */
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

/** The error of the server for a field, or for a part of it (a row of a table). */
export function errorAt(errors: Record<string, string>, name: string): string | undefined {
  return errors[name] ?? Object.entries(errors).find(([field]) => field.startsWith(`${name}.`))?.[1]
}
