import { SendFailure } from './failure'

function inMebibytes(bytes: number): string {
  return bytes >= 1_048_576 ? `${Math.floor(bytes / 1_048_576)} MiB` : `${bytes} bytes`
}

export function responseTooLarge(limit: number): SendFailure {
  return new SendFailure(
    'answer_too_large',
    `The response is larger than ${inMebibytes(limit)}, the limit for this request.`,
  )
}
