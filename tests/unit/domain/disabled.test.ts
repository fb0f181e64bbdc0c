import { describe, expect, test } from 'vitest'
import { refuseDisabled, shownStatus } from '@/lib/domain/disabled'
import { isFailing } from '@/lib/domain/failing'
import { shapeState } from '@/lib/flows/shape-state'

const at = new Date('2026-11-29T12:34:56Z')
const enabled = { disabledAt: null }

describe('the status that people see', () => {
  test('is the status of the credentials while nothing is disabled', () => {
    expect(shownStatus({ status: 'failing', disabledAt: null, connector: enabled })).toBe('failing')
  })

  test('is “disabled” for a disabled instance and for every instance of a disabled connector', () => {
    expect(shownStatus({ status: 'failing', disabledAt: at, connector: enabled })).toBe('disabled')
    expect(shownStatus({ status: 'connected', disabledAt: null, connector: { disabledAt: at } })).toBe('disabled')
  })

  test('does not count as failing', () => {
    expect(isFailing('disabled')).toBe(false)
  })
})

describe('the error message', () => {
  test('names the instance, who disabled it and when, and what to do', () => {
    expect(refuseDisabled({ noun: 'instance', name: 'Acme UK', by: 'Ada', at }).error).toEqual({
      code: 'disabled',
      message:
        '“Acme UK” was disabled by Ada on 2026-11-29 at 12:34 UTC. Enable it on the page of the instance to use it again. Nothing was sent.',
    })
  })

  test('names the connector, and no person if the person no longer exists', () => {
    expect(refuseDisabled({ noun: 'connector', name: 'Acme', by: null, at }).error.message).toBe(
      'The connector “Acme” was disabled on 2026-11-29 at 12:34 UTC. Enable it on the page of the connector to use it again. Nothing was sent.',
    )
  })
})

test('a shape with a disabled instance is not ready, but a missing endpoint is reported first', () => {
  const facts = { instance: { status: 'disabled' as const }, endpoint: {}, forbidden: false }
  expect(shapeState({ ...facts, accepted: true })).toBe('instance_disabled')
  expect(shapeState({ ...facts, accepted: false })).toBe('endpoint_not_available')
})
