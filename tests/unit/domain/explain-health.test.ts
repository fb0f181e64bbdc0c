import { describe, expect, test } from 'vitest'
import { explainHealth, type HealthFacts } from '@/lib/domain/explain-health'
import { shownStatuses, type ShownStatus } from '@/lib/domain/vocabulary'

const facts: HealthFacts = {
  instanceName: 'Acme UK',
  connectorName: 'Acme Commerce',
  status: 'connected',
  statusReason: 'Acme Commerce rejected the credentials (401 Unauthorized).',
  isUnreachable: false,
  disabled: [],
  page: 'https://patchbay.test/instances/1',
}
const statuses = Object.keys(shownStatuses) as ShownStatus[]

describe('Explaining the health of an instance', () => {
  test.each(statuses)('%s: says what it is about, and what to do', (status) => {
    const { what, whatToDo } = explainHealth({ ...facts, status })
    expect(what).toContain('“Acme UK”')
    expect(what).toMatch(/\.$/)
    expect(whatToDo).toMatch(/\.$/)
  })

  test.each(['failing', 'needs_authorising_again', 'awaiting_authorisation', 'not_verified'] as const)(
    '%s: the reason is the one that was recorded',
    (status) => expect(explainHealth({ ...facts, status }).reason).toBe(facts.statusReason),
  )

  test.each(['failing', 'needs_authorising_again', 'awaiting_authorisation', 'disabled'] as const)(
    '%s: a person has to act, on the page of the instance',
    (status) => expect(explainHealth({ ...facts, status }).whatToDo).toContain(facts.page),
  )

  test.each(['connected', 'not_verified'] as const)('%s, but the API does not respond', (status) => {
    expect(explainHealth({ ...facts, status, isUnreachable: true })).toEqual({
      what: 'Acme Commerce does not respond.',
      reason: 'Every request since then has failed: no response, 429 or a server error. The credentials may be fine.',
      whatToDo: 'Try again later. If it lasts, ask the people who run Acme Commerce.',
    })
  })

  test('failing credentials matter more than an API that does not respond', () => {
    expect(explainHealth({ ...facts, status: 'failing', isUnreachable: true }).what).toBe('“Acme UK” is failing.')
  })

  test('the connector and the instance are disabled: both, the connector first', () => {
    const disabled = [
      { noun: 'connector', name: 'Acme Commerce', by: 'Dana' },
      { noun: 'instance', name: 'Acme UK', by: null },
    ] as const
    expect(explainHealth({ ...facts, status: 'disabled', disabled }).reason).toBe(
      'The connector “Acme Commerce” was disabled by Dana. “Acme UK” was disabled.',
    )
  })
})
