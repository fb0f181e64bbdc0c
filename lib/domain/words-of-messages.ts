import type { Span } from './escapes'

/**
 * The usual words of error messages. A person who tries something out may choose one of them as a password. Masking it
 * inside a sentence would damage the sentence, and give the password away.
 */
const words = new Set([
  ...['access', 'account', 'again', 'authentication', 'authorization', 'client', 'code', 'credentials'],
  ...['denied', 'does', 'email', 'error', 'exist', 'expired', 'failed', 'forbidden', 'found', 'have'],
  ...['incorrect', 'invalid', 'login', 'match', 'message', 'missing', 'name', 'password', 'please', 'refused'],
  ...['rejected', 'request', 'required', 'scope', 'secret', 'server', 'session', 'that', 'this'],
  ...['unauthorized', 'unknown', 'user', 'username', 'valid', 'value', 'with', 'wrong', 'your'],
])

/** Whether the span is an ordinary word inside a sentence, not a value of its own. */
export function isWordOfSentence(text: string, [begin, end]: Span): boolean {
  if (!words.has(text.slice(begin, end).toLowerCase())) return false
  const [before, after] = [text.slice(Math.max(0, begin - 2), begin), text.slice(end, end + 2)]
  const followsWord = /^[\p{L},] $/u.test(before)
  const precedesWord = /^,? \p{L}?$/u.test(after)
  const opens = followsWord || /(?:^|["“'>])$/.test(before)
  const closes = precedesWord || /^(?:$|["”'<]|[.!?](?:$|[\s"”'<]))/.test(after)
  return opens && closes && (followsWord || precedesWord)
}
