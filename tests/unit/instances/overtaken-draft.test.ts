import { describe, expect, test } from 'vitest'
import { instanceDraft, type InstanceDraft } from '@/components/instances/instance-draft'
import { draftOfParts, instanceParts } from '@/components/instances/instance-versions'
import { firstDraft, type OpenForm } from '@/components/instances/overtaken-draft'
import type { InstanceDetails } from '@/lib/credentials/instance-details'
import type { InstanceDetail } from '@/lib/instances/views'
import { withValueAt } from '@/lib/platform/forms/versions'
import { aVariable } from '@/tests/support/definition-builders'

/** The form of a person who went to the third party while somebody else saved (rule R12). */

const secret = aVariable('secret', { secret: true })
const scope = aVariable('scope')
const before: InstanceDetails = {
  name: 'Acme EU',
  timeZone: 'UTC',
  dateFormat: '',
  rateLimitAmount: null,
  rateLimitUnit: null,
  maxConcurrent: null,
  externalId: '',
  labels: [],
}
const settingsBefore = {
  details: before,
  values: { [secret.id]: { value: '', setAt: 'day 1' }, [scope.id]: { value: 'read', setAt: 'day 1' } },
  certificate: null,
}

type Stored = { details?: Partial<InstanceDetails>; scope?: string; secretSetAt?: string }
type Yours = { details?: Partial<InstanceDetails>; values?: Record<string, string>; secretIds?: string[] }

/** The instance as somebody else saved it, for a person who had typed something before. */
function overtaken(yours: Yours, { details, scope: storedScope = 'read', secretSetAt = 'day 1' }: Stored) {
  const field = { filled: false, isSet: true, waiting: false }
  const fields = [
    { ...field, variable: secret, value: '', setAt: secretSetAt },
    { ...field, variable: scope, value: storedScope, setAt: 'day 1' },
  ]
  const instance: Partial<InstanceDetail> = {
    details: { ...before, ...details },
    inherited: { dateFormat: '', rateLimitAmount: null, rateLimitUnit: null },
    fields: { main: fields, advanced: [] },
    certificate: null,
    overtaken: {
      changedBy: { name: 'Dana', at: secretSetAt },
      before: settingsBefore,
      yours: {
        details: { ...before, ...yours.details },
        values: yours.values ?? {},
        secretIds: yours.secretIds ?? [],
        certificate: null,
      },
    },
  }
  return instance as InstanceDetail
}

/** The form after a choice, or after typing. */
function opened(base: InstanceDetail, change: (draft: InstanceDraft) => InstanceDraft = (draft) => draft): OpenForm {
  const { draft, merged } = firstDraft(base)
  return { base, draft: change(draft), merged }
}

const chosen = (base: InstanceDetail, path: readonly string[]) => (draft: InstanceDraft) => {
  const conflict = firstDraft(base).merged?.conflicts.find((other) => other.path.join() === path.join())
  return draftOfParts(base, withValueAt(instanceParts(base, draft), path, conflict?.theirs))
}

const pathsOf = (form: { merged: OpenForm['merged'] }) => form.merged?.conflicts.map(({ path }) => path.join('.'))

describe('somebody else saves again while the person chooses', () => {
  const yours = { details: { dateFormat: 'MM/DD' }, values: { [scope.id]: 'write' }, secretIds: [secret.id] }
  const first = overtaken(yours, { details: { dateFormat: 'DD/MM' }, scope: 'admin', secretSetAt: 'day 2' })
  const again = { details: { dateFormat: 'DD/MM', maxConcurrent: 3 }, scope: 'admin', secretSetAt: 'day 2' }

  test('a secret and a value of the other person stay chosen', () => {
    const open = opened(first, (draft) =>
      chosen(first, ['values', scope.id])(chosen(first, ['values', secret.id])(draft)),
    )
    const { draft } = firstDraft(overtaken(yours, again), open)
    expect(draft.waiting.values).toEqual([])
    expect(draft.typed).toEqual({})
    expect(draft.details).toMatchObject({ dateFormat: 'MM/DD', maxConcurrent: '3' })
  })

  test('what was chosen of the other person and changed again by them is not shown as the person’s own', () => {
    const open = opened(first, chosen(first, ['dateFormat']))
    const form = firstDraft(overtaken(yours, { ...again, details: { dateFormat: 'YYYY' } }), open)
    expect(form.draft.details.dateFormat).toBe('YYYY')
    expect(form.merged?.conflicts).toContainEqual({ path: ['dateFormat'], yours: 'MM/DD', theirs: 'YYYY' })
    expect(form.merged?.taken).toEqual([])
  })

  test('open choices stay open, each with the person’s own version', () => {
    const form = firstDraft(overtaken(yours, again), opened(first))
    expect(pathsOf(form)?.sort()).toEqual(pathsOf(firstDraft(first))?.sort())
    expect(form.merged?.taken).toEqual([['maxConcurrent']])
    expect(form.draft.waiting.values).toEqual([secret.id])
    expect(form.draft.typed).toEqual({ [scope.id]: 'write' })
  })

  test('a choice is over once both versions are the same', () => {
    const form = firstDraft(overtaken(yours, { ...again, details: { dateFormat: 'MM/DD' } }), opened(first))
    expect(pathsOf(form)).not.toContain('dateFormat')
  })

  test('what is typed while choosing is the person’s version', () => {
    const open = opened(first, (draft) => ({ ...draft, typed: { ...draft.typed, [scope.id]: 'typed' } }))
    const form = firstDraft(overtaken(yours, { ...again, scope: 'owner' }), open)
    expect(form.merged?.conflicts).toContainEqual({ path: ['values', scope.id], yours: 'typed', theirs: 'owner' })
    expect(form.draft.typed).toEqual({ [scope.id]: 'typed' })
  })
})

describe('both saved the same', () => {
  test('there is nothing to choose and nothing to save', () => {
    const same = { dateFormat: 'DD/MM', labels: ['shop'] }
    const instance = overtaken({ details: same, values: { [scope.id]: 'write' } }, { details: same, scope: 'write' })
    expect(firstDraft(instance)).toEqual({ draft: instanceDraft(instance), merged: null })
  })

  test('nor if the other person changed more than that', () => {
    const instance = overtaken(
      { details: { dateFormat: 'DD/MM' } },
      { details: { dateFormat: 'DD/MM', name: 'Renamed' } },
    )
    expect(firstDraft(instance)).toEqual({ draft: instanceDraft(instance), merged: null })
  })

  test('a secret that both typed is never the same: nobody can compare it', () => {
    const instance = overtaken({ secretIds: [secret.id] }, { secretSetAt: 'day 2' })
    expect(pathsOf(firstDraft(instance))).toEqual([`values.${secret.id}`])
  })
})
