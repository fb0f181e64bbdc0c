/** Position in a list of records, although it is called a token. */
export function isPageToken(name: string): boolean {
  return /^(?:next|page|sync|skip|continuation|start|cursor)[-_]?(?:page[-_]?)?token$/i.test(name)
}

/**
 * What documentation writes in place of a value: `<token>`, `{api_key}`, `YOUR_API_KEY`, `password`, `xxxx`, `***`. Also
 * what another command would print: `$(command)`.
 */
export function isPlaceholder(text: string): boolean {
  return /^(?:<[^<>]*>|\{+[^{}]*\}+|\[[^[\]]*\]|\$\{?\w+\}?|\$\([\s\S]*\)|`[^`]*`|%\w+%|[x*.•…]{3,}|user(?:name)?|pass(?:word)?|secret|(?:api|access|auth|bearer)?[-_]?(?:token|key)|(?:your|my|insert|replace|enter|put)[-_ ].{0,80}|.{0,40}(?:YOUR|REPLACE|INSERT)_\w{0,80}.{0,10})$/i.test(
    text.trim(),
  )
}
