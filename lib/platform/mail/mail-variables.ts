/** The variables without which no mail is sent, with an example of each. */
export const mailExamples = {
  PATCHBAY_SMTP_URL: 'smtp://user:password@mail.example.com:587',
  PATCHBAY_MAIL_FROM: 'Patchbay <patchbay@example.com>',
}
export type MailVariable = keyof typeof mailExamples
export const mailVariables = ['PATCHBAY_SMTP_URL', 'PATCHBAY_MAIL_FROM'] as const satisfies readonly MailVariable[]
