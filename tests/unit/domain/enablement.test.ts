import { describe, expect, it } from 'vitest'
import { acceptsMethod, planEnablementChanges } from '@/lib/domain/enablement'

const pair = (endpointId: string, methodId: string) => ({ endpointId, methodId })

describe('An endpoint', () => {
  it('accepts exactly the methods that are enabled on it (rule R1)', () => {
    expect(acceptsMethod(['basic'], 'basic')).toBe(true)
    expect(acceptsMethod(new Set(['basic']), 'oauth2')).toBe(false)
  })

  it('accepts none while it is new (rule R2)', () => {
    expect(acceptsMethod([], 'basic')).toBe(false)
  })
})

describe('Staged toggles of the matrix', () => {
  const current = [pair('orders', 'basic'), pair('products', 'basic')]

  it('are additions, removals, and those that change nothing', () => {
    const staged = [{ ...pair('orders', 'oauth2'), enabled: true }, { ...pair('orders', 'basic'), enabled: false }, { ...pair('products', 'basic'), enabled: true }, { ...pair('products', 'oauth2'), enabled: false }]
    expect(planEnablementChanges(current, staged)).toEqual({ additions: [pair('orders', 'oauth2')], removals: [pair('orders', 'basic')], unchanged: 2 })
  })

  it('count once per cell, the last one', () => {
    const staged = [{ ...pair('orders', 'basic'), enabled: false }, { ...pair('orders', 'basic'), enabled: true }]
    expect(planEnablementChanges(current, staged)).toEqual({ additions: [], removals: [], unchanged: 1 })
  })
})
