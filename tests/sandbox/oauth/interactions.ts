import type { IncomingMessage, ServerResponse } from 'node:http'
import type Provider from 'oidc-provider'
import { answerHtml } from '../http/answer'
import { readBody } from '../http/read-body'
import { known } from '../known'
import { consentPage, errorPage, loginPage } from './pages'

type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>

const denied = { error: 'access_denied', error_description: 'The person denied access' }

async function showStep(provider: Provider, interaction: Interaction, response: ServerResponse): Promise<void> {
  const { uid, prompt, params, session } = interaction
  if (prompt.name === 'login') return answerHtml(response, 200, loginPage(uid, '', null))
  const client = await provider.Client.find(String(params.client_id))
  const person = known.people.find(({ id }) => id === session?.accountId)?.name ?? 'nobody'
  const scopes = String(params.scope ?? '')
    .split(' ')
    .filter(Boolean)
  answerHtml(response, 200, consentPage(uid, client?.clientName ?? 'An application', person, scopes))
}

async function login(
  provider: Provider,
  interaction: Interaction,
  form: URLSearchParams,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const username = form.get('username') ?? ''
  const person = known.people.find(
    (candidate) => candidate.username === username && candidate.password === form.get('password'),
  )
  if (!person)
    return answerHtml(response, 401, loginPage(interaction.uid, username, 'The username or the password is wrong.'))
  await provider.interactionFinished(request, response, { login: { accountId: person.id } })
}

async function newGrant(provider: Provider, interaction: Interaction): Promise<string> {
  const { params, session, prompt } = interaction
  const grant = new provider.Grant({ accountId: session!.accountId, clientId: String(params.client_id) })
  const scopes = prompt.details.missingOIDCScope
  if (Array.isArray(scopes)) grant.addOIDCScope(scopes.join(' '))
  return grant.save()
}

async function decide(
  provider: Provider,
  interaction: Interaction,
  form: URLSearchParams,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const allowed = form.get('decision') === 'allow'
  const result = allowed ? { consent: { grantId: await newGrant(provider, interaction) } } : denied
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: allowed })
}

/** `/oauth/interaction/<uid>`, `…/login` and `…/consent`: the pages a person sees. */
export async function answerInteraction(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
  step: string | undefined,
): Promise<void> {
  try {
    const interaction = await provider.interactionDetails(request, response)
    if (request.method !== 'POST') return await showStep(provider, interaction, response)
    const form = new URLSearchParams(await readBody(request))
    const answer = step === 'login' && interaction.prompt.name === 'login' ? login : decide
    await answer(provider, interaction, form, request, response)
  } catch (error) {
    answerHtml(response, 400, errorPage('interaction_lost', (error as Error).message))
  }
}
