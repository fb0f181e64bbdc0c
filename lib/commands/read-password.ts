import { text } from 'node:stream/consumers'
import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { PlainError } from '@/lib/platform/server/plain-error'

/**
 * From the terminal, unseen and twice; from a pipe, as its first line. Never as a parameter: those are seen by others.
 */
export async function readPassword(): Promise<string> {
  if (!process.stdin.isTTY) return (await text(process.stdin)).split(/\r?\n/)[0] ?? ''
  const password = await ask('Password: ')
  if ((await ask('Once more: ')) !== password) throw new PlainError('The two passwords differ.')
  return password
}

function ask(question: string): Promise<string> {
  process.stdout.write(question)
  const unseen = new Writable({ write: (_chunk, _encoding, done) => done() })
  const terminal = createInterface({ input: process.stdin, output: unseen, terminal: true })
  return new Promise((resolve, reject) => {
    terminal.on('SIGINT', () => reject(new PlainError('Cancelled.')))
    terminal.question('', (answer) => {
      terminal.close()
      process.stdout.write('\n')
      resolve(answer)
    })
  })
}
