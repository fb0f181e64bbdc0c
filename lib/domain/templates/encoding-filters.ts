import {
  bytesOfBase64,
  bytesOfBase64url,
  bytesOfHex,
  base64OfBytes,
  base64urlOfBytes,
  hexOfBytes,
  jsonEscape,
  percentEncode,
  xmlEscape,
} from '../encoding'
import { bytesOf, ofText, type Filter } from './filter'
import { bytesOfPem } from './pem'
import { refuse, succeed, type Result } from '../result'

/** Filters that encode and decode values. */

const encoding = (description: string, example: string, apply: Filter['apply']): Filter => ({
  group: 'Encoding',
  description,
  parameters: [],
  example,
  apply,
})

const decoding = (
  description: string,
  example: string,
  name: string,
  decode: (text: string) => Uint8Array | null,
): Filter =>
  encoding(
    description,
    example,
    ofText((text) => decode(text.trim()) ?? refuse('invalid_value', `the value is not ${name}.`)),
  )

export const encodingFilters = {
  base64_encode: encoding('Base64', '{{ client_id | append: ":" | append: client_secret | base64_encode }}', (value) =>
    succeed(base64OfBytes(bytesOf(value))),
  ),
  base64_decode: decoding('Decodes Base64', '{{ encoded | base64_decode }}', 'Base64', bytesOfBase64),
  base64url_encode: encoding('Base64url, without padding', '{{ shop | base64url_encode }}', (value) =>
    succeed(base64urlOfBytes(bytesOf(value))),
  ),
  base64url_decode: decoding('Decodes Base64url', '{{ encoded | base64url_decode }}', 'Base64url', bytesOfBase64url),
  hex_encode: encoding('Two hexadecimal digits for each byte', '{{ client_id | hex_encode }}', (value) =>
    succeed(hexOfBytes(bytesOf(value))),
  ),
  hex_decode: decoding(
    'Decodes hexadecimal digits into bytes',
    '{{ text | sha256 | hex_decode | base64_encode }}',
    'hexadecimal',
    bytesOfHex,
  ),
  pem_decode: encoding(
    'The bytes inside a PEM text: certificate or key',
    '{{ public_key | pem_decode | base64_encode }}',
    ofText(bytesOfPem),
  ),
  url_encode: encoding(
    'Percent-encoded; in a URL values are encoded anyway',
    '{{ text | url_encode }}',
    ofText(percentEncode),
  ),
  url_decode: encoding(
    'Decodes percent-encoding; + becomes a space',
    '{{ percent_encoded | url_decode }}',
    ofText(urlDecode),
  ),
  json: encoding(
    'As a JSON string, with quotes',
    '{{ quoted | json }}',
    ofText((text) => JSON.stringify(text)),
  ),
  json_escape: encoding(
    'Escaped for the inside of a JSON string, without quotes',
    '{{ quoted | json_escape }}',
    ofText(jsonEscape),
  ),
  xml_escape: encoding(
    'Escaped for XML; in an XML body values are escaped anyway',
    '{{ quoted | xml_escape }}',
    ofText(xmlEscape),
  ),
} satisfies Record<string, Filter>

function urlDecode(text: string): Result<string> {
  try {
    return succeed(decodeURIComponent(text.replaceAll('+', ' ')))
  } catch {
    return refuse('invalid_value', 'the value is not percent-encoded text.')
  }
}
