/** Scopes are typed with spaces or with the method's separator, and are sent with the latter. */
export function joinScopes(typed: string, separator: string): string {
  const pieces = separator.trim() === '' ? [typed] : typed.split(separator)
  return pieces
    .flatMap((piece) => piece.split(/\s+/))
    .filter((piece) => piece !== '')
    .join(separator === '' ? ' ' : separator)
}
