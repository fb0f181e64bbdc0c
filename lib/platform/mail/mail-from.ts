/** The sender of the installation's mail, as PATCHBAY_MAIL_FROM names it. The launcher reads it too. */

export type MailFrom = { name: string; address: string }

const address = /[^\s<>@"(),:;\\]+@[\w.-]+/.source
const alone = new RegExp(`^${address}$`)
const withName = new RegExp(`^"?([^<>"\\p{C}]{0,200}?)"?\\s*<(${address})>$`, 'u')

/** Null: the text names no sender. */
export function readMailFrom(text: string): MailFrom | null {
  const typed = text.trim()
  if (alone.test(typed)) return { name: '', address: typed }
  const [, name = '', named] = withName.exec(typed) ?? []
  return named === undefined ? null : { name: name.trim(), address: named }
}
