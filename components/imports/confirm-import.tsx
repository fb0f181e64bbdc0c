'use client'

import { useState } from 'react'
import { useAction } from '@/components/forms/use-action'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { confirmImportAction } from '@/lib/imports/import-actions'
import { unansweredResult } from '@/lib/platform/forms/unanswered'

/** Adds the connector with what was chosen. */
export function ConfirmImport({ importId }: { importId: string }) {
  const [refusal, setRefusal] = useState('')
  const [confirm, pending] = useAction(confirmImportAction, unansweredResult)
  const begin = async () => {
    setRefusal('')
    const answer = await confirm({ importId })
    if (!answer.ok) setRefusal(answer.error.message)
  }
  return (
    <>
      {refusal && <Alert tone="bad">{refusal}</Alert>}
      <Button variant="primary" pending={pending} onClick={() => void begin()}>
        Import connector
      </Button>
    </>
  )
}
