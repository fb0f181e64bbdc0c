'use client'

import { useSetup } from '@/components/authentication-methods/setup-context'
import { AnswerSection } from '@/components/authentication-methods/token/answer-section'
import { AskingSection } from '@/components/authentication-methods/token/asking-section'
import { CallbackSection } from '@/components/authentication-methods/token/callback-section'
import { ComputedSection } from '@/components/authentication-methods/token/computed-section'
import { ExpiredSection } from '@/components/authentication-methods/token/expired-section'
import { JwtSection } from '@/components/authentication-methods/token/jwt-section'
import { OAuth1Section } from '@/components/authentication-methods/token/oauth1-section'
import { PlacementSection } from '@/components/authentication-methods/token/placement-section'
import { RefreshSection } from '@/components/authentication-methods/token/refresh-section'
import { SignatureSection } from '@/components/authentication-methods/token/signature-section'
import type { OptionGroup } from '@/lib/domain/authentication/options'

/** *Token*: how a token is asked for and found, what is signed, and how the credential goes out. The type says which of it there is. */
export function TokenTab() {
  const { definition } = useSetup()
  const has = (group: OptionGroup) => definition.optionGroups.includes(group)
  return (
    <div className="grid max-w-3xl gap-6">
      {definition.optionGroups.every((group) => group === 'common') && <p className="max-w-prose text-muted">{definition.description} Nothing has to be set for that; further values can be computed below.</p>}
      {has('placement') && <PlacementSection />}
      {has('signature') && <SignatureSection />}
      {has('oauth1') && <OAuth1Section />}
      {has('client') && <AskingSection />}
      {has('answer') && <AnswerSection />}
      {(has('authorise') || has('callback')) && <CallbackSection />}
      {has('refresh') && <RefreshSection />}
      {has('expired') && <ExpiredSection />}
      {has('jwt') && <JwtSection />}
      <ComputedSection />
    </div>
  )
}
