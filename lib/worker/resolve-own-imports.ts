import { registerHooks } from 'node:module'

/**
 * Imported first by the files that are started as threads or processes. They are not part of the build: Node runs them and their
 * imports as TypeScript, so import names have to be resolved to files here. (In a package they are bundled, and their
 * imports are already files.)
 */

const checkout = new URL('../../', import.meta.url)

registerHooks({
  resolve: (name, context, next) => {
    const isOwn = name.startsWith('@/') || (name.startsWith('.') && !context.parentURL?.includes('/node_modules/'))
    if (!isOwn || /\.m?[jt]s$/.test(name)) return next(name, context)
    const file = name.startsWith('@/') ? new URL(name.slice(2), checkout) : new URL(name, context.parentURL)
    return next(`${file.href}.ts`, context)
  },
})
