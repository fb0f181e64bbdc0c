import { known } from '../known'

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escape = (text: string) => text.replace(/[&<>"']/g, (character) => escapes[character]!)

const style = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: light-dark(#f3f1ec, #171613); color: light-dark(#1d1b16, #f0ede4) }
  main { width: min(24rem, 100% - 2rem); box-sizing: border-box; padding: 2rem; border-radius: 12px; background: light-dark(#fff, #22201b); border: 1px solid light-dark(#dcd7cb, #3b382f) }
  h1 { font-size: 1.25rem; margin: 0 0 1rem } p { margin: 0 0 1rem } ul { padding-left: 1.25rem }
  label { display: block; margin: 0 0 1rem; font-weight: 600 }
  input { display: block; width: 100%; box-sizing: border-box; margin-top: .25rem; padding: .6rem; font: inherit; border: 1px solid #8a8475; border-radius: 6px; background: transparent; color: inherit }
  button { font: inherit; font-weight: 600; padding: .6rem 1.25rem; border-radius: 6px; border: 1px solid #8a4b12; background: #8a4b12; color: #fff; cursor: pointer }
  button.quiet { background: transparent; color: inherit } .row { display: flex; gap: .75rem } [role=alert] { color: light-dark(#a11, #ff9a8f) }`

function page(title: string, content: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)} · Acme Commerce</title><style>${style}</style></head><body><main><h1>${escape(title)}</h1>${content}</main></body></html>`
}

/** Filled in, because people who try the sandbox do not know its accounts. */
const [person] = known.people

export function loginPage(uid: string, username: string, problem: string | null): string {
  return page(
    'Sign in to Acme Commerce',
    `${problem ? `<p role="alert">${escape(problem)}</p>` : ''}
<form method="post" action="/oauth/interaction/${escape(uid)}/login">
<label>Username<input name="username" autocomplete="username" required autofocus value="${escape(username || person.username)}"></label>
<label>Password<input name="password" type="password" autocomplete="current-password" required value="${escape(person.password)}"></label>
<button type="submit">Sign in</button></form>`,
  )
}

export function consentPage(uid: string, application: string, person: string, scopes: string[]): string {
  const wishes = scopes.map((scope) => `<li>${escape(scope)}</li>`).join('')
  return page(
    `Allow ${application}?`,
    `<p>You are signed in as ${escape(person)}. ${escape(application)} asks for:</p><ul>${wishes || '<li>your account name</li>'}</ul>
<form method="post" action="/oauth/interaction/${escape(uid)}/consent" class="row">
<button type="submit" name="decision" value="allow">Allow</button><button type="submit" name="decision" value="deny" class="quiet">Deny</button></form>`,
  )
}

export function errorPage(error: string, description: string): string {
  return page('This request cannot continue', `<p><strong>${escape(error)}</strong></p><p>${escape(description)}</p>`)
}

/** Allow or deny without a login. `fields` are sent with the decision. */
export function decisionPage(application: string, action: string, fields: Record<string, string>): string {
  const hidden = Object.entries(fields).map(
    ([name, value]) => `<input type="hidden" name="${escape(name)}" value="${escape(value)}">`,
  )
  return page(
    `Allow ${application}?`,
    `<p>You are signed in as Casey Marsh. ${escape(application)} asks for access to your shop.</p>
<form method="post" action="${escape(action)}" class="row">${hidden.join('')}
<button type="submit" name="decision" value="allow">Allow</button><button type="submit" name="decision" value="deny" class="quiet">Deny</button></form>`,
  )
}
