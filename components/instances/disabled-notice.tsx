'use client'

import { toast } from '@/components/ui/toast'
import { useAction } from '@/components/forms/use-action'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { focusHeading } from '@/components/ui/focus-heading'
import { RelativeTime } from '@/components/ui/relative-time'
import { enableConnectorAction } from '@/lib/connectors/actions'
import { enableInstanceAction } from '@/lib/instances/actions'
import type { DisabledPart } from '@/lib/instances/views'
import { unansweredResult } from '@/lib/platform/forms/unanswered'

/** Says what is disabled, by whom and since when, with the button that enables it. */
export function DisabledNotice({ part, canChange }: { part: DisabledPart; canChange: boolean }) {
  const { noun, name, by, at } = part
  return (
    <Alert
      tone="warn"
      title={noun === 'instance' ? 'This instance is disabled' : `The connector ${name} is disabled`}
      actions={canChange && <EnableButton part={part} />}
    >
      {by === null ? 'Disabled' : `Disabled by ${by}`} <RelativeTime at={at} />. Nothing is sent with{' '}
      {noun === 'instance' ? 'it' : 'its instances'} until {canChange ? 'you enable it' : 'a manager enables it'}.
      Values and tokens stay stored.
    </Alert>
  )
}

function EnableButton({ part: { noun, id, name } }: { part: DisabledPart }) {
  const [enableInstance, enablingInstance] = useAction(enableInstanceAction, unansweredResult)
  const [enableConnector, enablingConnector] = useAction(enableConnectorAction, unansweredResult)
  const enable = async () => {
    const answer = await (noun === 'instance'
      ? enableInstance({ instanceId: id })
      : enableConnector({ connectorId: id }))
    if (!answer.ok) return toast.error(answer.error.message)
    toast.success(`“${name}” enabled`)
    focusHeading()
  }
  return (
    <Button pending={enablingInstance || enablingConnector} onClick={enable} aria-label={`Enable ${name}`}>
      Enable
    </Button>
  )
}
