'use client'

import { useState } from 'react'
import { useAction } from '@/components/forms/use-action'
import { TestMailOutcome } from '@/components/settings/test-mail-outcome'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Section } from '@/components/ui/section'
import { unansweredResult } from '@/lib/platform/forms/unanswered'
import type { MailVariable } from '@/lib/platform/mail/mail-variables'
import { sendTestMailAction } from '@/lib/settings/actions'
import type { TestMailResult } from '@/lib/settings/mail-views'

type SendTestMailProps = { recipient: string | null; missing: MailVariable[] }

/** *Send test mail*, and its result. */
export function SendTestMail({ recipient, missing }: SendTestMailProps) {
  const [result, setResult] = useState<TestMailResult | null>(
    missing.length > 0 ? { outcome: 'not_configured', missing } : null,
  )
  const [refusal, setRefusal] = useState<string | null>(null)
  const [sendTestMail, pending] = useAction(sendTestMailAction, unansweredResult)
  const send = async () => {
    setResult(null)
    setRefusal(null)
    const answer = await sendTestMail({})
    if (answer.ok) setResult(answer.value)
    else setRefusal(answer.error.message)
  }
  return (
    <Section
      title="Test mail"
      description={`Sends a mail to your own address${recipient === null ? '' : `, ${recipient}`}, and shows what the mail server says.`}
    >
      <div>
        <Button variant="primary" pending={pending} onClick={send}>
          Send test mail
        </Button>
      </div>
      {result && <TestMailOutcome result={result} />}
      {refusal !== null && (
        <Alert tone="bad" title="No mail was sent">
          {refusal}
        </Alert>
      )}
    </Section>
  )
}
