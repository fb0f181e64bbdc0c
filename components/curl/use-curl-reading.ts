'use client'

import { useState } from 'react'
import { useAction } from '@/components/forms/use-action'
import { useSearch } from '@/components/ui/use-search'
import { readCurlCommandAction } from '@/lib/imports/curl-actions'
import type { CurlReading } from '@/lib/imports/curl-views'
import { unansweredResult } from '@/lib/platform/forms/unanswered'

type Read = { reading: CurlReading } | { refusal: string }

/** Typing is over for this long before the command is read. */
const pauseMs = 300

/**
 * A pasted curl command, and what it becomes. The server reads it, so that the page needs none of that code.
 * @param connectorId the connector that the request is for; null: a new one
 */
export function useCurlReading(connectorId: string | null) {
  const [command, setCommand] = useState('')
  const [readCommand] = useAction(readCurlCommandAction, unansweredResult)
  const search = useSearch<Read | null>(
    null,
    async (text) => {
      const answer = await readCommand({ command: text, connectorId })
      return answer.ok ? { reading: answer.value } : { refusal: answer.error.message }
    },
    pauseMs,
  )
  const read = search.text === command ? search.found : null
  return {
    command,
    reading: read && 'reading' in read ? read.reading : null,
    refusal: read && 'refusal' in read ? read.refusal : undefined,
    isReading: search.pending && read === null,
    paste: (text: string) => {
      setCommand(text)
      search.search(text.trim() === '' ? '' : text)
    },
  }
}
