import 'server-only'
import { counted } from '@/lib/domain/counted'
import { fact } from '@/lib/domain/history/compare-values'
import { notAllowed } from '@/lib/domain/refusals'
import { refuse, succeed, type Result } from '@/lib/domain/result'
import { noInput } from '@/lib/operations/input'
import { operation, type Context } from '@/lib/operations/operation'
import { unlessHeld } from '@/lib/platform/db/unless-held'
import { env } from '@/lib/platform/env'
import { missingMailVariables, sendMail } from '@/lib/platform/mail/send-mail'
import { testMailResult, type TestMailResult } from './mail-views'
import { ownEmail } from './own-email'

const name = 'send_test_mail'
/** A workspace sends at most so many in that time. */
const mostMails = 5
const periodMinutes = 10

/** Sends a test mail to the acting person's own address, one at a time in a workspace. */
export const sendTestMail = operation({
  name,
  permission: 'administer',
  input: noInput,
  output: testMailResult,
  run: async (context) => {
    const recipient = await ownEmail(context.actor, context.db)
    if (recipient === null) return notAllowed()
    const missing = missingMailVariables()
    if (missing.length > 0) return succeed({ outcome: 'not_configured' as const, missing })
    const result = await unlessHeld(`test mail:${context.workspaceId}`, () => sendOne(context, recipient))
    return result ?? refuse('too_many_attempts', 'Another test mail is being sent. Wait for its result.')
  },
})

async function sendOne(context: Context, recipient: string): Promise<Result<TestMailResult>> {
  const wait = await minutesToWait(context)
  if (wait > 0)
    return refuse(
      'too_many_attempts',
      `${mostMails} test mails were sent in the last ${periodMinutes} minutes. Try again in ${counted(wait, 'minute')}.`,
    )
  const { actor, db, workspaceId } = context
  const workspace = await db.workspace.findUniqueOrThrow({ where: { id: workspaceId }, select: { name: true } })
  const result = await sendMail({
    to: recipient,
    subject: 'Test mail from Patchbay',
    text: [
      `This is a test mail from Patchbay (${env().APP_URL}), workspace “${workspace.name}”.`,
      `${actor.label} sent it from Settings › Mail. If you can read it, Patchbay can send mail.`,
    ].join('\n\n'),
  })
  await context.transaction(async (tx) => {
    const outcome = result.outcome === 'refused' ? `refused (${result.step.replace('_', '-')})` : result.outcome
    await context.audit(tx, {
      objectType: 'setting',
      objectName: 'Mail',
      changes: [...fact('recipient', recipient), ...fact('outcome', outcome)],
    })
    return succeed(null)
  })
  return succeed(result.outcome === 'sent' ? { ...result, recipient } : result)
}

/** Until another test mail may be sent; 0: now. The audit log has the earlier ones. */
async function minutesToWait({ db }: Context): Promise<number> {
  const periodMs = periodMinutes * 60_000
  const earlier = await db.auditLog.findMany({
    where: { objectType: 'setting', action: name, at: { gt: new Date(Date.now() - periodMs) } },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: mostMails,
    select: { at: true },
  })
  const first = earlier[mostMails - 1]
  return first === undefined ? 0 : Math.max(1, Math.ceil((first.at.getTime() + periodMs - Date.now()) / 60_000))
}
