/** The oldest Node that the app runs on. On Linux the npm scripts bring their own, newer one. */
export const oldest = { major: 22, minor: 19 }

const inCheckout =
  'On Linux (x64, arm64) `npm install` brings Node 24 for its own scripts: run `npm install` without --omit=optional, then `npm start`.\n' +
  'Elsewhere install a current Node from https://nodejs.org.'
const inPackage = 'This package runs on the Node that starts it: install a current one from https://nodejs.org.'

/** The message if Node is too old; otherwise null. Imports nothing, so that it runs on any Node. */
export function requireNode(version: string = process.versions.node, packaged = false): string | null {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > oldest.major || (major === oldest.major && minor >= oldest.minor)) return null
  return (
    `Patchbay needs Node ${oldest.major}.${oldest.minor} or newer; this is Node ${version}.\n` +
    (packaged ? inPackage : inCheckout)
  )
}
