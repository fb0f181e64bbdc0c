/** Why signing in through the identity provider ended. The address of the log-in page has the key, never a text. */
export const signInRefusals = {
  unreachable:
    'The identity provider could not be reached, or gave an answer that cannot be used. Try again, or sign in with your password.',
  denied: 'The identity provider did not sign you in. Try again, or sign in with your password.',
  expired: 'Signing in took too long, or was begun in another browser. Try again.',
  no_email: 'The identity provider gave no verified email for you. Ask the person who runs it to verify your email.',
  no_account:
    'There is no account for your email, and no invitation. Ask an administrator of a workspace to invite you.',
} as const

export type SignInRefusal = keyof typeof signInRefusals

/** @param key as it stands in the address */
export function signInRefusalOf(key: string): string | null {
  return Object.hasOwn(signInRefusals, key) ? signInRefusals[key as SignInRefusal] : null
}
