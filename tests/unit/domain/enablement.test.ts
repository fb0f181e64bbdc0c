import { describe, expect, it } from 'vitest'
import { planEnablementChanges } from '@/lib/domain/enablement'

const pair = (endpointId: string, methodId: string) => ({ endpointId, methodId })

describe('Staged toggles of the matrix', () => {
  const current = [pair('orders', 'basic'), pair('products', 'basic')]

  it('are additions, removals, and those that change nothing', () => {
    const staged = [
      { ...pair('orders', 'oauth2'), enabled: true },
      { ...pair('orders', 'basic'), enabled: false },
      { ...pair('products', 'basic'), enabled: true },
      { ...pair('products', 'oauth2'), enabled: false },
    ]
    expect(planEnablementChanges(current, staged)).toEqual({
      additions: [pair('orders', 'oauth2')],
      removals: [pair('orders', 'basic')],
      unchanged: 2,
    })
  })

  it('count once per cell, the last one', () => {
    const staged = [
      { ...pair('orders', 'basic'), enabled: false },
      { ...pair('orders', 'basic'), enabled: true },
    ]
    expect(planEnablementChanges(current, staged)).toEqual({ additions: [], removals: [], unchanged: 1 })
  })
})
