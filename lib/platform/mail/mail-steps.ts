/** The steps at which a mail can fail. */
export const mailSteps = ['connection', 'tls', 'log_in', 'sender', 'recipient', 'message'] as const
export type MailStep = (typeof mailSteps)[number]
