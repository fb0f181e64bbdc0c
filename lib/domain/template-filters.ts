import { base64, base64url, percentEncode } from './encoding'

/** The allow-list of template filters: pure functions from text to text. */

type Filter = { apply: (text: string, argument: string | null) => string; takesArgument: boolean; description: string }

const simple = (description: string, apply: (text: string) => string): Filter => ({ apply, takesArgument: false, description })

export const filters = {
  base64_encode: simple('Base64 of the UTF-8 bytes', base64),
  base64url_encode: simple('Base64 with the URL alphabet, without padding', base64url),
  url_encode: simple('Percent-encoded; not needed in URLs, where values are encoded anyway', percentEncode),
  json: simple('A JSON string, with its quotes', (text) => JSON.stringify(text)),
  downcase: simple('Small letters', (text) => text.toLowerCase()),
  upcase: simple('Capital letters', (text) => text.toUpperCase()),
  default: {
    apply: (text, argument) => (text === '' ? (argument ?? '') : text),
    takesArgument: true,
    description: 'Another value where the variable has none',
  },
} satisfies Record<string, Filter> as Record<FilterName, Filter>

export type FilterName = 'base64_encode' | 'base64url_encode' | 'url_encode' | 'json' | 'downcase' | 'upcase' | 'default'

export const filterNames = Object.keys(filters) as FilterName[]
