'use client'

import { MoreSettings } from '@/components/authentication-methods/fields/more-settings'
import { SetupSection } from '@/components/authentication-methods/fields/setup-section'
import { phaseOf } from '@/components/authentication-methods/method-draft'
import { useSetup } from '@/components/authentication-methods/setup-context'
import { AnswerSection } from '@/components/authentication-methods/token/answer-section'
import { AskingSection } from '@/components/authentication-methods/token/asking-section'
import { BasicSection } from '@/components/authentication-methods/token/basic-section'
import { CallbackSection } from '@/components/authentication-methods/token/callback-section'
import { ComputedSection } from '@/components/authentication-methods/token/computed-section'
import { ExpiredSection } from '@/components/authentication-methods/token/expired-section'
import { JwtSection } from '@/components/authentication-methods/token/jwt-section'
import { OAuth1Section } from '@/components/authentication-methods/token/oauth1-section'
import { PlacementSection } from '@/components/authentication-methods/token/placement-section'
import { RefreshSection } from '@/components/authentication-methods/token/refresh-section'
import { RejectedSection } from '@/components/authentication-methods/token/rejected-section'
import { SignatureSection } from '@/components/authentication-methods/token/signature-section'
import { optionGroups, type OptionGroup } from '@/lib/domain/method-options/options'

/**
 * *Token*: how a token is requested and read, what is signed, and how the credential is sent. The type decides which of
 * these sections are shown.
 */
export function TokenTab() {
  const { definition, draft } = useSetup()
  const has = (group: OptionGroup) => definition.optionGroups.includes(group)
  const isAboutJwt = definition.defaultOptions.placement.value.includes('signed_jwt')
  const obtains =
    definition.urls.some(({ phase, required }) => phase === 'exchange' && required) ||
    Boolean(phaseOf(draft, 'exchange').url)
  const obtaining = (
    <>
      {has('client') && <AskingSection />}
      {has('answer') && <AnswerSection />}
      {(has('authorise') || has('callback')) && <CallbackSection />}
      {has('refresh') && <RefreshSection />}
      {has('expired') && <ExpiredSection />}
    </>
  )
  return (
    <div className="grid max-w-3xl gap-6">
      {definition.optionGroups.every((group) => group === 'common') && (
        <p className="max-w-prose text-muted">
          {definition.description} There is nothing to set here; you can add computed values below.
        </p>
      )}
      {has('placement') && <PlacementSection />}
      {has('basic') && <BasicSection />}
      {has('signature') && <SignatureSection />}
      {has('oauth1') && <OAuth1Section />}
      {has('jwt') && isAboutJwt && <JwtSection open />}
      {obtains || !has('client') ? (
        obtaining
      ) : (
        <SetupSection
          title="Token requests"
          help="Only for methods that request a token: this one has no Token URL on the tab URLs."
        >
          <MoreSettings label="Token request and response" fields={tokenFields}>
            {obtaining}
          </MoreSettings>
        </SetupSection>
      )}
      {has('jwt') && !isAboutJwt && <JwtSection />}
      <RejectedSection />
      <ComputedSection />
    </div>
  )
}

const tokenFields = (['client', 'authorise', 'answer', 'refresh', 'expired'] as const).flatMap((group) =>
  optionGroups[group].map((name) => `options.${name}`),
)
