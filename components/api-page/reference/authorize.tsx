'use client'

import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import { SecretField } from '@/components/forms/secret-field'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'

type AuthorizeProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  apiKey: string
  onChoose: (apiKey: string) => void
}

/** Asks for the API key of what is tried. It is only ever in the memory of this page. */
export function Authorize({ open, onOpenChange, apiKey, onChoose }: AuthorizeProps) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <Dialog
        open={open}
        onOpenChange={onOpenChange}
        trigger={
          <Button>
            <KeyRound aria-hidden /> Authorize
          </Button>
        }
        title="Authorize"
        description="Requests are sent with this API key. It is forgotten when you leave the page."
        asksBeforeClosing={false}
      >
        <KeyForm
          onSubmit={(typed) => {
            onChoose(typed)
            onOpenChange(false)
          }}
        />
      </Dialog>
      <p role="status" className="text-muted">
        {apiKey === '' ? 'No API key yet.' : `Requests are sent with the key ${apiKey.slice(0, 9)}….`}
      </p>
      {apiKey !== '' && (
        <Button variant="link" onClick={() => onChoose('')}>
          Forget the key
        </Button>
      )}
    </div>
  )
}

function KeyForm({ onSubmit }: { onSubmit: (apiKey: string) => void }) {
  const [typed, setTyped] = useState('')
  const [error, setError] = useState<string>()
  return (
    <form
      className="grid gap-4"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        const key = typed.trim()
        // A header can hold nothing else, and keys are made of nothing else.
        if (/^[\x21-\x7e]+$/.test(key)) onSubmit(key)
        else setError('Enter an API key: pb_ and letters, digits, - and _.')
      }}
    >
      <SecretField
        name="apiKey"
        label="API key"
        placeholder="pb_…"
        required
        error={error}
        onValueChange={(value) => setTyped(value ?? '')}
      />
      <div className="flex justify-end">
        <Button type="submit" variant="primary">
          Use this key
        </Button>
      </div>
    </form>
  )
}
