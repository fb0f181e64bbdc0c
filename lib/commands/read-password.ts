import { text } from 'node:stream/consumers'
import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { PlainError } from '@/lib/platform/server/plain-error'

/**
 * Reads a password twice from the terminal, without showing it, or the first line of a pipe. Never a parameter, because
 * other users of the machine can see those.
 */
export async function readPassword(): Promise<string> {
  if (!process.stdin.isTTY) return (await text(process.stdin)).split(/\r?\n/)[0] ?? ''
  const password = await ask('Password: ')
  if ((await ask('Repeat the password: ')) !== password) throw new PlainError('The passwords do not match.')
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
