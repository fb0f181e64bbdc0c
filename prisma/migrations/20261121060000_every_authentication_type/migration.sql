-- AlterEnum
ALTER TYPE "AuthenticationType" ADD VALUE 'oauth2_client_credentials' BEFORE 'oauth2_authorization_code';
ALTER TYPE "AuthenticationType" ADD VALUE 'oauth1' BEFORE 'none';
ALTER TYPE "AuthenticationType" ADD VALUE 'token_exchange' BEFORE 'none';
ALTER TYPE "AuthenticationType" ADD VALUE 'signed_jwt' BEFORE 'none';
ALTER TYPE "AuthenticationType" ADD VALUE 'request_signature' BEFORE 'none';
ALTER TYPE "AuthenticationType" ADD VALUE 'digest' BEFORE 'none';

-- AlterEnum
ALTER TYPE "PhaseKind" ADD VALUE 'request_token' BEFORE 'authorise';

-- AlterTable
ALTER TABLE "Certificate" ADD COLUMN "warned" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "InstanceToken" ADD COLUMN "obtainedFor" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "KeptValue" ADD COLUMN "expiresAt" TIMESTAMPTZ(3),
ADD COLUMN "secret" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "Parameter" ADD COLUMN "steps" INTEGER[] DEFAULT ARRAY[]::INTEGER[];

-- Written by hand: the words that Certificate.warned may hold, the steps that a phase may have, and the values kept before,
-- which now say whether each is secret.
ALTER TABLE "Certificate" ADD CONSTRAINT "Certificate_warned_words" CHECK ("warned" IN ('', 'expiring', 'expired'));
ALTER TABLE "AuthenticationPhase" ADD CONSTRAINT "AuthenticationPhase_step" CHECK ("step" BETWEEN 0 AND 4);
UPDATE "AuthenticationMethod" SET "options" = jsonb_set("options", '{kept}', (
  SELECT coalesce(jsonb_agg(row || '{"secret": false, "expiryPath": ""}'::jsonb ORDER BY position), '[]'::jsonb)
  FROM jsonb_array_elements("options"->'kept') WITH ORDINALITY AS kept(row, position)))
WHERE jsonb_typeof("options"->'kept') = 'array';
