import { expect, it } from 'vitest'
import { addedNotice } from '@/components/curl/added-notice'

const id = 'f1'
const hasCredentials = true

it('What was added says where the credentials were not verified (rule R6)', () => {
  const unverified = { id, instanceId: 'f2', verified: false, problem: null }
  expect(addedNotice('Acme', unverified, { hasCredentials })).toEqual({
    kind: 'warning',
    text: '“Acme” added. Its credentials could not be verified; the instance shows Not verified.',
  })
  expect(addedNotice('Acme', unverified, { hasCredentials: false })).toEqual({
    kind: 'success',
    text: '“Acme” added.',
  })
})

it.each([
  [{ instanceId: 'f2', verified: true, problem: null }, 'success', '“Acme” added.'],
  [{ instanceId: null, verified: false, problem: null }, 'success', '“Acme” added.'],
  [{ instanceId: 'f2', verified: true, problem: 'No answer.' }, 'warning', '“Acme” added. No answer.'],
  [
    { instanceId: null, verified: false, problem: 'They were rejected.' },
    'warning',
    '“Acme” was added without an instance. They were rejected.',
  ],
])('What was added is said in a sentence: %j', (answer, kind, text) => {
  expect(addedNotice('Acme', { id, ...answer }, { hasCredentials })).toEqual({ kind, text })
})
