/**
 * The decoded JSON Web Tokens of a request, without the signature, for comparison with the vendor's documentation.
 */

export type ShownJwt = { header: string; claims: string }

const compact = /eyJ[A-Za-z0-9_-]*\.(eyJ[A-Za-z0-9_-]*|e30)\.[A-Za-z0-9_-]+/g

/** @param shown masks secrets and names missing values */
export function jwtsIn(texts: readonly string[], shown: (text: string) => string): ShownJwt[] {
  const tokens = new Set(texts.flatMap((text) => text.match(compact) ?? []))
  return [...tokens].flatMap((token) => {
    const [header = '', claims = ''] = token.split('.')
    const parts = { header: decode(header), claims: decode(claims) }
    return parts.header === null || parts.claims === null
      ? []
      : [{ header: shown(parts.header), claims: shown(parts.claims) }]
  })
}

function decode(part: string): string | null {
  try {
    const bytes = Uint8Array.from(atob(part.replaceAll('-', '+').replaceAll('_', '/')), (character) =>
      character.charCodeAt(0),
    )
    return JSON.stringify(JSON.parse(new TextDecoder().decode(bytes)), null, 2)
  } catch {
    return null
  }
}
