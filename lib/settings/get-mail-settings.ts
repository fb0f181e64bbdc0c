import 'server-only'
import { succeed } from '@/lib/domain/result'
import { noInput } from '@/lib/operations/input'
import { operation } from '@/lib/operations/operation'
import { env } from '@/lib/platform/env'
import { missingMailVariables } from '@/lib/platform/mail/send-mail'
import { mailSettingsView } from './mail-views'
import { ownEmail } from './own-email'

/** The mail server of the installation, which is set in its environment (DATA §15). */
export const getMailSettings = operation({
  name: 'get_mail_settings',
  permission: 'administer',
  input: noInput,
  output: mailSettingsView,
  run: async ({ actor, db }) => {
    const { PATCHBAY_SMTP_URL: server, PATCHBAY_MAIL_FROM: from, ...files } = env()
    const variableOf = (name: string, file: string | undefined) => (file === undefined ? name : `${name}_FILE`)
    return succeed({
      server: server
        ? {
            ...{ host: server.host, port: server.port, secure: server.secure, logsIn: server.logIn !== null },
            variable: variableOf('PATCHBAY_SMTP_URL', files.PATCHBAY_SMTP_URL_FILE),
          }
        : null,
      from: from ? { ...from, variable: variableOf('PATCHBAY_MAIL_FROM', files.PATCHBAY_MAIL_FROM_FILE) } : null,
      missing: missingMailVariables(),
      recipient: await ownEmail(actor, db),
    })
  },
})
