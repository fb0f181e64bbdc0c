-- Who acted: a person, an API key, a run, or Patchbay itself. The audit log is append-only, so earlier lines read as a
-- person's.
CREATE TYPE "ActorKind" AS ENUM ('person', 'api_key', 'run', 'system');
ALTER TABLE "AuditLog" ADD COLUMN "actorKind" "ActorKind" NOT NULL DEFAULT 'person', ADD COLUMN "actorId" UUID;
ALTER TABLE "RequestLog"
  ADD COLUMN "actorKind" "ActorKind" NOT NULL DEFAULT 'person',
  ADD COLUMN "actorId" UUID,
  ADD COLUMN "actorLabel" TEXT NOT NULL DEFAULT '';
