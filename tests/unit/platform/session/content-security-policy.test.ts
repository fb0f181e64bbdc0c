import { describe, expect, it } from 'vitest'
import { contentSecurityPolicy, nonceOf } from '@/lib/platform/session/content-security-policy'

describe('the content security policy', () => {
  it('allows only scripts with the nonce, and no frames around the app', () => {
    const policy = contentSecurityPolicy('abc', false)
    expect(policy).toContain("script-src 'self' 'nonce-abc' 'strict-dynamic';")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('unsafe-eval')
    expect(policy).not.toContain('ws:')
  })

  it('provides its nonce for our own inline script', () => {
    expect(nonceOf(contentSecurityPolicy('abc', false))).toBe('abc')
    expect(nonceOf(null)).toBeUndefined()
  })
})
