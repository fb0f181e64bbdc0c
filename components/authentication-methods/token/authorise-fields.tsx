'use client'

import { BoundCheckbox } from '@/components/authentication-methods/fields/bound-checkbox'
import { BoundLines } from '@/components/authentication-methods/fields/bound-lines'
import { BoundText } from '@/components/authentication-methods/fields/bound-text'

/** Settings that few authorise requests need: the issuer, and values that must not be encoded. */
export function AuthoriseFields() {
  return (
    <>
      <div className="grid gap-3">
        <BoundText
          name="options.issuer"
          label="Issuer"
          help="Optional. If set, a response from another server is refused (RFC 9207)."
          maxLength={2048}
          placeholder="https://login.example.com"
        />
        <BoundCheckbox
          name="options.issuerAdvertised"
          label="The server always sends its issuer (iss)"
          help="If on, a response without iss is refused too."
        />
      </div>
      <BoundLines
        name="options.unencodedParameters"
        label="Parameters sent unencoded"
        help="One per line. Their values are put into the authorise URL as typed, for servers that do not decode them."
        placeholder="scope"
      />
    </>
  )
}
