/** Scopes are typed with spaces, or as they are sent; they are sent with the method's separator. */
export function joinScopes(typed: string, separator: string): string {
  const pieces = separator.trim() === '' ? [typed] : typed.split(separator)
  return pieces
    .flatMap((piece) => piece.split(/\s+/))
    .filter((piece) => piece !== '')
    .join(separator === '' ? ' ' : separator)
}
