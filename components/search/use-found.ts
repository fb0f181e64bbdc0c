'use client'

import { useEffect, useRef, useState } from 'react'
import { useAction } from '@/components/forms/use-action'
import { searchedName } from '@/components/search/palette-actions'
import { refuse } from '@/lib/domain/result'
import { searchAction } from '@/lib/search/actions'
import type { Found } from '@/lib/search/views'

const unanswered = (said = 'The search could not be reached. Check the connection and type again.') =>
  refuse('unexpected', said)

/**
 * Asks the server shortly after the last key, or immediately if there is no text. Responses to earlier texts are
 * dropped.
 */
export function useFound(startsWith: string) {
  const [text, setText] = useState(startsWith)
  const [answer, setAnswer] = useState<{ text: string; found: Found[]; failure: string }>({
    text: '',
    found: [],
    failure: '',
  })
  const [find] = useAction(searchAction, unanswered)
  const newest = useRef('')
  const wanted = searchedName(text)

  useEffect(() => {
    newest.current = wanted
    const ask = async () => {
      const result = await find({ text: wanted })
      if (newest.current !== wanted) return
      if (result.ok) setAnswer({ text: wanted, found: result.value, failure: '' })
      else setAnswer({ text: wanted, found: [], failure: result.error.message })
    }
    const timer = setTimeout(() => void ask(), wanted === '' ? 0 : 150)
    return () => clearTimeout(timer)
  }, [wanted, find])

  const pending = wanted !== '' && answer.text !== wanted
  return {
    text,
    setText,
    found: answer.text === wanted || wanted !== '' ? answer.found : [],
    failure: pending ? '' : answer.failure,
    pending,
  }
}
